#include "CKernel.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const int every_seal = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

int kernel_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int kernel_seal(int descriptor) { return fcntl(descriptor, F_ADD_SEALS, every_seal); }

int kernel_is_sealed(int descriptor) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  return seals < 0 ? -1 : (seals & every_seal) == every_seal;
}

void kernel_wipe(void *start, size_t byteCount) { explicit_bzero(start, byteCount); }

#if defined(__x86_64__)
// The upper halves and the registers that only newer processors have; what copies memory uses them all.
__attribute__((target("avx"), noinline)) static void forget_avx(void) { __asm__ volatile("vzeroall"); }

__attribute__((target("avx512f"), noinline)) static void forget_avx512(void) {
  __asm__ volatile(
      ".irp n,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"
      "vpxord %zmm\\n, %zmm\\n, %zmm\\n\n\t"
      ".endr");
}
#endif

// The registers that a call need not keep. Otherwise the next call of a library function that is not bound yet would save
// what they hold on the stack.
__attribute__((noinline, zero_call_used_regs("all"))) static void forget_registers(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx")) forget_avx();
  if (__builtin_cpu_supports("avx512f")) forget_avx512();
#endif
}

void kernel_wipe_stack(void) {
  unsigned char below[CKERNEL_STACK_DEPTH];
  forget_registers();
  explicit_bzero(below, sizeof below);
}

int kernel_exclude(void *start, size_t byteCount) {
  return madvise(start, byteCount, MADV_DONTDUMP) || madvise(start, byteCount, MADV_WIPEONFORK) ? -1 : 0;
}

int kernel_lock(void *start, size_t byteCount) { return mlock2(start, byteCount, MLOCK_ONFAULT); }

int kernel_lock_byte(int descriptor, int64_t offset) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = offset, .l_len = 1};
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}
