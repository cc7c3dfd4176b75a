/// Fills registers and stack with a mark, calls a function that should clear them, and reports where the mark remains.
/// This does not depend on the instructions that a library uses.
#ifndef REGISTER_PROBE_H
#define REGISTER_PROBE_H

#include <stdint.h>

/// Kinds of registers, as bits.
enum {
  register_probe_general = 1,
  register_probe_x87 = 2,
  register_probe_sse = 4,
  register_probe_avx = 8,
  register_probe_avx512 = 16,
  register_probe_mask = 32,
};

/// The kinds that this processor has and the system saves, or 0 if the probe does not support the processor.
int register_probe_kinds(void);

/// Fills every register that a call need not preserve, calls a function, and stores the registers.
///
/// @return the kinds of registers that still contain the mark, or half of it.
int register_probe_marked_after(void (*clear)(void));

/// Calls a function that works on a secret, and stores the registers.
///
/// @return the kinds of registers that contain eight bytes of the secret.
int register_probe_pieces_after(void (*work)(void), const uint8_t *secret, int byte_count);

/// Fills this many bytes of the stack below the caller's frame, calls a function, and counts the marks that remain.
int register_probe_stack_marks_after(void (*clear)(void), int byte_count);

#endif
