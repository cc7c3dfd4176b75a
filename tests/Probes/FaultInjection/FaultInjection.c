#include "FaultInjection.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Thread_local int next_sync_error;
static _Thread_local int next_write_error;
static _Thread_local size_t bytes_before_write_error;
static _Thread_local int is_write_cut;

void fault_fail_next_sync(int error) { next_sync_error = error; }

void fault_cut_next_write(size_t byteCount, int error) {
  bytes_before_write_error = byteCount;
  next_write_error = error;
  is_write_cut = 0;
}

int fdatasync(int descriptor) {
  if (next_sync_error) {
    errno = next_sync_error;
    next_sync_error = 0;
    return -1;
  }
  return (int)syscall(SYS_fdatasync, descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t byteCount) {
  if (next_write_error && (is_write_cut || bytes_before_write_error == 0)) {
    errno = next_write_error;
    next_write_error = 0;
    return -1;
  }
  if (next_write_error) {
    is_write_cut = 1;
    if (byteCount > bytes_before_write_error) byteCount = bytes_before_write_error;
  }
  return syscall(SYS_write, descriptor, bytes, byteCount);
}
