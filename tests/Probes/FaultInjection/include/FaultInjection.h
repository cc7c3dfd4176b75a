/// Disk failures for tests. Linking this replaces the C library's `write` and `fdatasync` in the test process. They
/// work as usual unless the calling thread has requested a failure.
#ifndef FAULT_INJECTION_H
#define FAULT_INJECTION_H

#include <stddef.h>

/// The calling thread's next `fdatasync` fails with this error number.
void fault_fail_next_sync(int error);

/// The calling thread's next `write` writes at most this many bytes, and the one after it fails with this error number.
void fault_cut_next_write(size_t byteCount, int error);

#endif
