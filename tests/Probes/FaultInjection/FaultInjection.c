#include "FaultInjection.h"

#include <errno.h>
#include <stdio.h>
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

enum { MOST_SYNCS = 64, LONGEST_PATH = 512 };
static _Thread_local char synced[MOST_SYNCS][LONGEST_PATH];
static _Thread_local int sync_count = -1;

void fault_record_syncs(void) { sync_count = 0; }

const char *fault_synced(int index) { return index < sync_count ? synced[index] : NULL; }

static void record_sync(int descriptor) {
  if (sync_count < 0 || sync_count == MOST_SYNCS) return;
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, synced[sync_count], LONGEST_PATH - 1);
  synced[sync_count++][length < 0 ? 0 : length] = 0;
}

int fsync(int descriptor) {
  record_sync(descriptor);
  return (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
  record_sync(descriptor);
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
