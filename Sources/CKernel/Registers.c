#include "Registers.h"

#if defined(__x86_64__)

// Every x86-64 processor has these.
static void forget_sse(void) {
  __asm__ volatile(
      ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t"
      "xorps %%xmm\\n, %%xmm\\n\n\t"
      ".endr" ::: "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12",
      "xmm13", "xmm14", "xmm15");
}

// The registers of the x87 unit, which are also those of MMX. Emptying the stack leaves their bits in place, so zeros
// are loaded. The control word belongs to the caller.
static void forget_x87(void) {
  unsigned short control;
  __asm__ volatile("fnstcw %0" : "=m"(control));
  __asm__ volatile(
      "fninit\n\t"
      ".rept 8\n\t"
      "fldz\n\t"
      ".endr\n\t"
      "fninit");
  __asm__ volatile("fldcw %0" : : "m"(control));
}

// The upper halves, and the registers that only newer processors have. Code that copies memory uses all of them.
__attribute__((target("avx"), noinline)) static void forget_avx(void) { __asm__ volatile("vzeroall"); }

__attribute__((target("avx512f"), noinline)) static void forget_avx512(void) {
  __asm__ volatile(
      ".irp n,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"
      "vpxord %zmm\\n, %zmm\\n, %zmm\\n\n\t"
      ".endr\n\t"
      ".irp n,0,1,2,3,4,5,6,7\n\t"
      "kxorw %k\\n, %k\\n, %k\\n\n\t"
      ".endr");
}

__attribute__((zero_call_used_regs("all"))) void forget_registers(void) {
  forget_sse();
  forget_x87();
  // Both conditions include that the system saves these registers.
  if (__builtin_cpu_supports("avx")) forget_avx();
  if (__builtin_cpu_supports("avx512f")) forget_avx512();
}

#else

__attribute__((zero_call_used_regs("all"))) void forget_registers(void) {}

#endif
