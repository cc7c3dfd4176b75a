// aarch64 without an operating system: input and output through semihosting, from the file `portable.in` to the file
// `portable.out` in the emulator's working directory.
#include "platform.h"

enum { sys_open = 0x01, sys_write = 0x05, sys_read = 0x06, sys_exit = 0x18 };
// Modes "rb" and "wb" of fopen.
enum { mode_read = 1, mode_write = 5 };

static long call(long operation, const void *arguments) {
  register long x0 __asm__("x0") = operation;
  register const void *x1 __asm__("x1") = arguments;
  __asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
  return x0;
}

_Noreturn void semihosting_exit(long unused, long status) {
  (void)unused;
  // ADP_Stopped_ApplicationExit
  const long arguments[] = {0x20026, status};
  for (;;) call(sys_exit, arguments);
}

_Noreturn void platform_fail(void) { semihosting_exit(0, 1); }

static long file(long handle, const char *name, long length, long mode) {
  if (handle > 0) return handle;
  const long arguments[] = {(long)name, mode, length};
  handle = call(sys_open, arguments);
  if (handle <= 0) platform_fail();
  return handle;
}

int platform_read(void *bytes, size_t count) {
  static long input;
  if (count == 0) return 1;
  input = file(input, "portable.in", 11, mode_read);
  const long arguments[] = {input, (long)bytes, (long)count};
  // It returns the number of bytes that were not read.
  return call(sys_read, arguments) == 0;
}

void platform_write(const void *bytes, size_t count) {
  static long output;
  output = file(output, "portable.out", 12, mode_write);
  const long arguments[] = {output, (long)bytes, (long)count};
  if (call(sys_write, arguments) != 0) platform_fail();
}

extern uint8_t heap_start;

void *memory_grow(size_t count) {
  static uint8_t *end = &heap_start;
  uint8_t *start = end;
  // The board is given 2 GiB.
  if (count > 0xc0000000 - (uintptr_t)start) platform_fail();
  end = start + count;
  return start;
}
