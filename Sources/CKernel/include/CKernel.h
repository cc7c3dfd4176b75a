/// What Linux and the C library offer that Swift's Glibc module does not show: sealed memory files, locked memory, a wipe
/// that no optimiser may remove, locks on bytes, and the process's arguments without /proc. Functions return what the system
/// call returns; after -1, `errno` says why.
#ifndef CKERNEL_H
#define CKERNEL_H

#include <stddef.h>
#include <stdint.h>

/// Makes an anonymous file in memory that can be sealed and is closed on `exec`.
///
/// @return a file descriptor that the caller owns, or -1.
int kernel_memfd_create(const char *name);

/// Forbids every later change of a memory file: growing, shrinking, writing, and the adding or removal of seals.
/// No writable shared mapping of it may be left.
///
/// @return 0, or -1.
int kernel_seal(int descriptor);

/// Whether a file carries all the seals that `kernel_seal` sets: 1 or 0, or -1 if it is no memory file.
int kernel_is_sealed(int descriptor);

/// Sets bytes to zero; the compiler may not leave it out, even if nobody reads the bytes again.
void kernel_wipe(void *start, size_t byteCount);

/// How deep the engine's calls reach on the thread's stack, in bytes. It does not recurse. Without optimisation the frames
/// are far larger.
#ifdef __OPTIMIZE__
#define CKERNEL_STACK_DEPTH (16 << 10)
#else
#define CKERNEL_STACK_DEPTH (128 << 10)
#endif

/// Sets to zero the `CKERNEL_STACK_DEPTH` bytes of the thread's stack that lie below the caller's frame, and the
/// registers that calls use.
void kernel_wipe_stack(void);

/// Keeps whole pages of private anonymous memory out of core dumps, and makes them zeros in a forked process.
///
/// @return 0, or -1.
int kernel_exclude(void *start, size_t byteCount);

/// Keeps whole pages in physical memory, those that exist now and those that will: they are never written to a swap
/// device. Unmapping ends it.
///
/// @return 0, or -1; the usual reason is the limit RLIMIT_MEMLOCK.
int kernel_lock(void *start, size_t byteCount);

/// Locks one byte of a file, which need not have that many, for this open file description: against everybody who has
/// opened the file anew, in this process or in another. The lock ends when the description is closed, at the latest with the
/// process.
///
/// @return 0, or -1: at once with `EAGAIN` if somebody else has the lock.
int kernel_lock_byte(int descriptor, int64_t offset);

/// Whether a path is where something is mounted: a single file can be.
///
/// @return 1 or 0, also if the kernel does not say; -1 if there is no such file.
int kernel_is_mount_point(const char *path);

/// Makes so many threads, lets them end, and says whether that went well.
///
/// @return 0, or the error number of the first that could not be made.
int kernel_thread_shortage(int count);

/// How many arguments the process was started with, its own name included; 0 if they can't be had.
int kernel_argument_count(void);

/// One of them, as it was passed: bytes that end with a zero, in no particular encoding. NULL if there is none.
const char *kernel_argument(int index);

/// Opens a folder to open files from it; it need not be readable.
///
/// @param folder what a relative path begins at: a descriptor, or AT_FDCWD.
/// @param followsLinks whether the last part of the path may be a symbolic link.
/// @return a file descriptor that the caller owns, or -1.
int kernel_open_folder(int folder, const char *path, int followsLinks);

#endif
