// riscv64 under Linux without a C library: the three system calls that the host needs, and memory from one mapping.
#include "platform.h"

enum { sys_read = 63, sys_write = 64, sys_exit = 93, sys_mmap = 222 };

static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a3 __asm__("a3") = d;
  register long a4 __asm__("a4") = e;
  register long a5 __asm__("a5") = f;
  register long a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7) : "memory");
  return a0;
}

static _Noreturn void leave(long status) {
  for (;;) call(sys_exit, status, 0, 0, 0, 0, 0);
}

_Noreturn void platform_fail(void) { leave(1); }

int platform_read(void *bytes, size_t count) {
  for (uint8_t *place = bytes; count > 0;) {
    long got = call(sys_read, 0, (long)place, (long)count, 0, 0, 0);
    if (got <= 0) return 0;
    place += got;
    count -= (size_t)got;
  }
  return 1;
}

void platform_write(const void *bytes, size_t count) {
  for (const uint8_t *place = bytes; count > 0;) {
    long written = call(sys_write, 1, (long)place, (long)count, 0, 0, 0);
    if (written <= 0) platform_fail();
    place += written;
    count -= (size_t)written;
  }
}

void *memory_grow(size_t count) {
  // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS
  long start = call(sys_mmap, 0, (long)count, 3, 0x22, -1, 0);
  if (start < 0 && start > -4096) platform_fail();
  return (void *)start;
}

// Swift's dictionaries compute their capacities with it. They are far below 2^63.
double ceil(double number) {
  double whole = (double)(int64_t)number;
  return whole < number ? whole + 1 : whole;
}

int main(void);

_Noreturn void begin(void) { leave(main()); }

// The kernel enters with the stack aligned; the global pointer is not used.
__asm__(".globl _start\n_start:\n  j begin\n");
