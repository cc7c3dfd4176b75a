// Linux with a C library: standard input and output.
#include <stdio.h>
#include <stdlib.h>

#include "platform.h"

int platform_read(void *bytes, size_t count) { return fread(bytes, 1, count, stdin) == count; }

void platform_write(const void *bytes, size_t count) {
  if (fwrite(bytes, 1, count, stdout) != count || fflush(stdout) != 0) platform_fail();
}

_Noreturn void platform_fail(void) { abort(); }
