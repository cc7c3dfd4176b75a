#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "CKernel.h"

static int argument_count;
static char **argument_list;

// glibc passes the arguments of main to the functions in .init_array, in static executables, too. Nothing is read from
// /proc, so this also works where /proc is not mounted.
static void take_arguments(int count, char **list, char **environment) {
  (void)environment;
  argument_count = count;
  argument_list = list;
  // Before main, Swift's runtime looks for the folder that it is installed in, and a static executable aborts if it
  // finds none. It reads this variable first. Where /proc is mounted, the variable stays as it is, so that crashes keep
  // their backtraces.
  if (access("/proc/self/exe", F_OK) != 0) setenv("SWIFT_ROOT", "/nonexistent", 0);
  errno = 0;
}

// The priority makes it run before the initialisers of the Swift runtime, which have no priority.
__attribute__((section(".init_array.00101"), used)) static void (*const take_arguments_first)(int, char **, char **) =
    take_arguments;

int kernel_argument_count(void) { return argument_list == NULL ? 0 : argument_count; }

const char *kernel_argument(int index) {
  return index >= 0 && index < kernel_argument_count() ? argument_list[index] : NULL;
}
