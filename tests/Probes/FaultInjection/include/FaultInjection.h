/// Failures of the disk, for tests. Linking this replaces the C library's `write` and `fdatasync` in the test process; they
/// do what they always do unless the calling thread has asked for a failure.
#ifndef FAULT_INJECTION_H
#define FAULT_INJECTION_H

#include <stddef.h>

/// The calling thread's next `fdatasync` fails with this error number.
void fault_fail_next_sync(int error);

/// The calling thread's next `write` writes this many bytes at most, and the one after it fails with this error number.
void fault_cut_next_write(size_t byteCount, int error);

#endif
