/// Services of Linux and the C library that Swift's Glibc module does not export: sealed memory files, locked memory, a
/// wipe that no optimiser may remove, locks on bytes, and the process's arguments without /proc. Functions return the
/// result of the system call; after -1, `errno` says why.
#ifndef CKERNEL_H
#define CKERNEL_H

#include <stddef.h>
#include <stdint.h>

/// Creates an anonymous file in memory that can be sealed and is closed on `exec`.
///
/// @return a file descriptor that the caller owns, or -1.
int kernel_memfd_create(const char *name);

/// Forbids every later change to a memory file: growing, shrinking, writing, and adding or removing seals. No writable
/// shared mapping of it may exist.
///
/// @return 0, or -1.
int kernel_seal(int descriptor);

/// Whether a file has all the seals that `kernel_seal` sets: 1 or 0, or -1 if it is not a memory file.
int kernel_is_sealed(int descriptor);

/// Zeroes bytes. The compiler must not remove this, even if nobody reads the bytes again.
void kernel_wipe(void *start, size_t byteCount);

/// How deep the engine's calls reach on the thread's stack, in bytes. The engine does not recurse. Without
/// optimisation, the frames are far larger.
#ifdef __OPTIMIZE__
#define CKERNEL_STACK_DEPTH (16 << 10)
#else
#define CKERNEL_STACK_DEPTH (128 << 10)
#endif

/// Zeroes the `CKERNEL_STACK_DEPTH` bytes of the thread's stack below the caller's frame, and the registers that calls
/// use.
void kernel_wipe_stack(void);

/// Sets whether the running thread postpones its wipes until a longer piece of work has ended.
///
/// @return the previous setting, 1 or 0.
int kernel_postpone_wipes(int postpones);

/// Whether the running thread postpones its wipes: 1 or 0.
int kernel_postpones_wipes(void);

/// Keeps whole pages of private anonymous memory out of core dumps, and zeroes them in a forked process.
///
/// @return 0, or -1.
int kernel_exclude(void *start, size_t byteCount);

/// Keeps whole pages in physical memory, both those that exist now and future ones, so that they are never written to a
/// swap device. Unmapping the pages unlocks them.
///
/// @return 0, or -1; the usual reason is the limit RLIMIT_MEMLOCK.
int kernel_lock(void *start, size_t byteCount);

/// Locks one byte of a file for this open file description. The file need not be that long. The lock excludes everybody
/// who has opened the file separately, in this process or another. It ends when the description is closed, at the
/// latest with the process.
///
/// @return 0, or -1: at once with `EAGAIN` if somebody else has the lock.
int kernel_lock_byte(int descriptor, int64_t offset);

/// Whether a path is a mount point; even a single file can be one.
///
/// @return 1 or 0; 0 also if the kernel does not say; -1 if the file does not exist.
int kernel_is_mount_point(const char *path);

/// Creates this many threads, lets them end, and reports whether that succeeded.
///
/// @return 0, or the error number of the first thread that could not be created.
int kernel_thread_shortage(int count);

/// The number of arguments that the process was started with, including its own name; 0 if they are not available.
int kernel_argument_count(void);

/// One argument, as it was passed: bytes that end with a zero, in no particular encoding. NULL if it does not exist.
const char *kernel_argument(int index);

/// Opens a folder in order to open files from it. The folder need not be readable.
///
/// @param folder the start of a relative path: a descriptor, or AT_FDCWD.
/// @param followsLinks whether the last part of the path may be a symbolic link.
/// @return a file descriptor that the caller owns, or -1.
int kernel_open_folder(int folder, const char *path, int followsLinks);

#endif
