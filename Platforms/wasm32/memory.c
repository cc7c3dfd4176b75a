// wasm32: memory that grows by pages of 64 KiB.
#include "platform.h"

extern uint8_t __heap_base;

void *memory_grow(size_t count) {
  static uint8_t *end;
  if (!end) end = (uint8_t *)(((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15);
  uint8_t *start = end;
  size_t wanted = (size_t)(start + count), present = __builtin_wasm_memory_size(0) << 16;
  if (wanted > present && __builtin_wasm_memory_grow(0, (wanted - present + 0xffff) >> 16) == (size_t)-1) {
    platform_fail();
  }
  end = start + count;
  return start;
}

_Noreturn void platform_fail(void) { __builtin_trap(); }
