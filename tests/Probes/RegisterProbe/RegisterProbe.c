#include "RegisterProbe.h"

#include <stddef.h>
#include <string.h>

#define MARK UINT64_C(0x5ec2e7a15ec2e7a1)

#if defined(__x86_64__)

struct registers {
  // rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11
  uint64_t general[9];
  uint64_t mask[8];
  // st0 to st7, 16 bytes each, in the layout of fxsave.
  uint8_t fxsave[512] __attribute__((aligned(64)));
  uint8_t xmm[16][16] __attribute__((aligned(64)));
  uint8_t ymm[16][32] __attribute__((aligned(64)));
  uint8_t zmm[32][64] __attribute__((aligned(64)));
};

int register_probe_kinds(void) {
  int kinds = register_probe_general | register_probe_x87 | register_probe_sse;
  if (__builtin_cpu_supports("avx2")) kinds |= register_probe_avx;
  if (__builtin_cpu_supports("avx512bw")) kinds |= register_probe_avx512 | register_probe_mask;
  return kinds;
}

// Between the first fill and the last store there are only these instructions and the call, so the compiler can't use
// registers in between. The code skips the red zone and aligns the stack for the call.
#define ALL_XMM ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t"
#define ALL_ZMM \
  ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"

#define FILL_X87 ".irp n,0,1,2,3,4,5,6,7\n\tmovq %%rax, %%mm\\n\n\t.endr\n\t"
#define FILL_SSE "movq %%rax, %%xmm0\n\tpunpcklqdq %%xmm0, %%xmm0\n\t" ALL_XMM "movdqa %%xmm0, %%xmm\\n\n\t.endr\n\t"
#define FILL_AVX ALL_XMM "vbroadcastsd %%xmm0, %%ymm\\n\n\t.endr\n\t"
#define FILL_AVX512 \
  ALL_ZMM "vpbroadcastq %%rax, %%zmm\\n\n\t.endr\n\t.irp n,0,1,2,3,4,5,6,7\n\tkmovq %%rax, %%k\\n\n\t.endr\n\t"

#define CALL \
  "mov %%rax, %%rcx\n\tmov %%rax, %%rdx\n\tmov %%rax, %%rsi\n\tmov %%rax, %%rdi\n\tmov %%rax, %%r8\n\t" \
  "mov %%rax, %%r9\n\tmov %%rax, %%r10\n\tmov %%rax, %%r11\n\t" \
  "call *%%r12\n\t"

#define STORE_GENERAL \
  "mov %%rax, 0(%%rbx)\n\tmov %%rcx, 8(%%rbx)\n\tmov %%rdx, 16(%%rbx)\n\tmov %%rsi, 24(%%rbx)\n\t" \
  "mov %%rdi, 32(%%rbx)\n\tmov %%r8, 40(%%rbx)\n\tmov %%r9, 48(%%rbx)\n\tmov %%r10, 56(%%rbx)\n\t" \
  "mov %%r11, 64(%%rbx)\n\t"
#define STORE_SSE "fxsave (%%r13)\n\t" ALL_XMM "movdqu %%xmm\\n, 16*\\n(%%r14)\n\t.endr\n\t"
#define STORE_AVX ALL_XMM "vmovdqu %%ymm\\n, 32*\\n(%%r15)\n\t.endr\n\t"
#define STORE_AVX512 \
  ALL_ZMM "vmovdqu64 %%zmm\\n, 64*\\n(%%rdx)\n\t.endr\n\t.irp n,0,1,2,3,4,5,6,7\n\tkmovq %%k\\n, 8*\\n(%%rcx)\n\t.endr\n\t"

// The addresses for the later stores are in registers that a call preserves, or are computed after the general
// registers have been stored.
#define PROBE(FILL, STORE) \
  register uint8_t *fxsave __asm__("r13") = out->fxsave; \
  register uint8_t *xmm __asm__("r14") = out->xmm[0]; \
  register uint8_t *ymm __asm__("r15") = out->ymm[0]; \
  register void (*function)(void) __asm__("r12") = clear; \
  __asm__ volatile( \
      "mov %%rsp, %%rax\n\tsub $256, %%rsp\n\tand $-64, %%rsp\n\tpush %%rax\n\tpush %%rbx\n\t" \
      "movabs %[mark], %%rax\n\t" FILL_X87 FILL CALL STORE_GENERAL "lea %c[zmm](%%rbx), %%rdx\n\tlea %c[mask](%%rbx), %%rcx\n\t" \
      STORE_SSE STORE "fninit\n\tpop %%rbx\n\tpop %%rsp\n\t" \
      : \
      : [mark] "i"(MARK), "b"(out), [zmm] "i"(offsetof(struct registers, zmm)), \
        [mask] "i"(offsetof(struct registers, mask)), "r"(fxsave), "r"(xmm), "r"(ymm), "r"(function) \
      : "memory", "cc", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3", \
        "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15")

static void probe_sse(void (*clear)(void), struct registers *out) { PROBE(FILL_SSE, ""); }

__attribute__((target("avx2"))) static void probe_avx(void (*clear)(void), struct registers *out) {
  PROBE(FILL_SSE FILL_AVX, STORE_AVX);
}

__attribute__((target("avx512bw"))) static void probe_avx512(void (*clear)(void), struct registers *out) {
  PROBE(FILL_SSE FILL_AVX512, STORE_AVX STORE_AVX512);
}

static void probe(void (*function)(void), struct registers *registers) {
  memset(registers, 0, sizeof *registers);
  int kinds = register_probe_kinds();
  if (kinds & register_probe_avx512) {
    probe_avx512(function, registers);
  } else if (kinds & register_probe_avx) {
    probe_avx(function, registers);
  } else {
    probe_sse(function, registers);
  }
}

// Whether the bytes contain any piece of the secret with `piece` bytes.
static int holds(const void *start, size_t byte_count, const uint8_t *secret, size_t secret_count, size_t piece) {
  const uint8_t *bytes = start;
  for (size_t i = 0; i + piece <= byte_count; i++) {
    for (size_t j = 0; j + piece <= secret_count; j++) {
      if (memcmp(bytes + i, secret + j, piece) == 0) return 1;
    }
  }
  return 0;
}

static int kinds_that_hold(const struct registers *registers, const uint8_t *secret, size_t count, size_t piece) {
  int kinds = 0;
#define LOOK(part, byte_count, kind) \
  if (holds(part, byte_count, secret, count, piece)) kinds |= kind
  LOOK(registers->general, sizeof registers->general, register_probe_general);
  // fxsave stores the eight registers from byte 32 on.
  LOOK(registers->fxsave + 32, 128, register_probe_x87);
  LOOK(registers->xmm, sizeof registers->xmm, register_probe_sse);
  LOOK(registers->ymm, sizeof registers->ymm, register_probe_avx);
  LOOK(registers->zmm, sizeof registers->zmm, register_probe_avx512);
  LOOK(registers->mask, sizeof registers->mask, register_probe_mask);
#undef LOOK
  return kinds;
}

int register_probe_marked_after(void (*clear)(void)) {
  struct registers registers;
  uint64_t mark = MARK;
  probe(clear, &registers);
  return kinds_that_hold(&registers, (const uint8_t *)&mark, sizeof mark, 4);
}

int register_probe_pieces_after(void (*work)(void), const uint8_t *secret, int byte_count) {
  struct registers registers;
  probe(work, &registers);
  return kinds_that_hold(&registers, secret, (size_t)byte_count, 8);
}

#else

int register_probe_kinds(void) { return 0; }

int register_probe_marked_after(void (*clear)(void)) {
  clear();
  return 0;
}

int register_probe_pieces_after(void (*work)(void), const uint8_t *secret, int byte_count) {
  work();
  return 0;
}

#endif

__attribute__((noinline)) static void fill_below(int byte_count) {
  volatile uint64_t words[byte_count / 8];
  for (int i = 0; i < byte_count / 8; i++) words[i] = MARK;
}

// Reads the same part of the stack before writing anything there.
__attribute__((noinline)) static int count_below(int byte_count) {
  volatile uint64_t words[byte_count / 8];
  int count = 0;
  for (int i = 0; i < byte_count / 8; i++) count += words[i] == MARK;
  return count;
}

int register_probe_stack_marks_after(void (*clear)(void), int byte_count) {
  fill_below(byte_count);
  clear();
  return count_below(byte_count);
}
