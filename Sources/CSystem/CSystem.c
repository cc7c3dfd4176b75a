#include "CSystem.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

static const int every_seal = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

int csystem_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int csystem_seal(int descriptor) { return fcntl(descriptor, F_ADD_SEALS, every_seal); }

int csystem_is_sealed(int descriptor) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  return seals < 0 ? -1 : (seals & every_seal) == every_seal;
}

void csystem_wipe(void *start, size_t byteCount) { explicit_bzero(start, byteCount); }
