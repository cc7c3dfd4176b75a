/// The registers of the processor; used only inside this library.
#ifndef CKERNEL_REGISTERS_H
#define CKERNEL_REGISTERS_H

/// Zeroes the registers that a call need not preserve: general, vector, mask and x87 registers, as far as the processor
/// has them.
__attribute__((visibility("hidden"))) void forget_registers(void);

#endif
