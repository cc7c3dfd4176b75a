#include "CKernel.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "Registers.h"

static const int every_seal = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

int kernel_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int kernel_seal(int descriptor) { return fcntl(descriptor, F_ADD_SEALS, every_seal); }

int kernel_is_sealed(int descriptor) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  return seals < 0 ? -1 : (seals & every_seal) == every_seal;
}

void kernel_wipe(void *start, size_t byteCount) { explicit_bzero(start, byteCount); }

void kernel_wipe_stack(void) {
  unsigned char below[CKERNEL_STACK_DEPTH];
  // This comes first: the first call of a library function binds it, and binding saves the registers on the stack.
  forget_registers();
  explicit_bzero(below, sizeof below);
}

static _Thread_local int postpones_wipes;

int kernel_postpone_wipes(int postpones) {
  int previous = postpones_wipes;
  postpones_wipes = postpones;
  return previous;
}

int kernel_postpones_wipes(void) { return postpones_wipes; }

int kernel_exclude(void *start, size_t byteCount) {
  return madvise(start, byteCount, MADV_DONTDUMP) || madvise(start, byteCount, MADV_WIPEONFORK) ? -1 : 0;
}

int kernel_lock(void *start, size_t byteCount) { return mlock2(start, byteCount, MLOCK_ONFAULT); }

int kernel_lock_byte(int descriptor, int64_t offset) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = offset, .l_len = 1};
  return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int kernel_open_folder(int folder, const char *path, int followsLinks) {
  return openat(folder, path, O_PATH | O_DIRECTORY | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW));
}

int kernel_is_mount_point(const char *path) {
#ifdef STATX_ATTR_MOUNT_ROOT
  struct statx status;
  if (statx(AT_FDCWD, path, 0, 0, &status) != 0) return -1;
  return (status.stx_attributes_mask & status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
  (void)path;
  return 0;
#endif
}
