/// Disk failures for tests. Linking this replaces the C library's `write`, `fsync` and `fdatasync` in the test process,
/// also for SQLite. They work as usual unless the calling thread has requested a failure.
#ifndef FAULT_INJECTION_H
#define FAULT_INJECTION_H

#include <stddef.h>

/// The calling thread's next `fdatasync` fails with this error number.
void fault_fail_next_sync(int error);

/// The calling thread's next `write` writes at most this many bytes, and the one after it fails with this error number.
void fault_cut_next_write(size_t byteCount, int error);

/// From now on, notes the files that the calling thread synchronises with the disk. It forgets earlier ones.
void fault_record_syncs(void);

/// The path of a file that was synchronised, by its number from 0; NULL after the last one.
const char *fault_synced(int index);

#endif
