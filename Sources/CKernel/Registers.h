/// The registers of the processor, for this library alone.
#ifndef CKERNEL_REGISTERS_H
#define CKERNEL_REGISTERS_H

/// Sets to zero the registers that a call need not keep: general, vector, mask and x87 registers, all that the processor
/// has.
__attribute__((visibility("hidden"))) void forget_registers(void);

#endif
