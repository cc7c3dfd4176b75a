/// What the portable host needs from a platform, and what Swift offers to it.
#ifndef MQJS_PLATFORM_H
#define MQJS_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

/// Reads so many bytes of the input.
///
/// @return 0 at the end of the input.
int platform_read(void *bytes, size_t count);

/// Writes bytes to the output.
void platform_write(const void *bytes, size_t count);

/// Ends the run at once, because something is broken.
_Noreturn void platform_fail(void);

/// `Sources/Portable/CInterface.swift`.
void *mqjs_allocate(size_t count);
void mqjs_release(void *block);
void *mqjs_answer(const void *message, size_t count);

#endif
