// aarch64 without an operating system, on QEMU's board `virt`: a stack, the floating-point registers, and an identity map
// in which memory is ordinary memory. Without the map, every access that is not aligned would be a fault.
    .section .text.start, "ax"
    .global _start
_start:
    ldr x0, =stack_end
    mov sp, x0

    // Swift and C use the registers of SIMD (CPACR_EL1.FPEN).
    mov x0, #(3 << 20)
    msr cpacr_el1, x0
    isb

    // Attribute 0: devices. Attribute 1: ordinary memory, with write-back caches.
    ldr x0, =0xff00
    msr mair_el1, x0
    // 39 bits of addresses from TTBR0_EL1, pages of 4 KiB, walks through inner shareable write-back memory, none from
    // TTBR1_EL1, 36 bits of physical addresses.
    ldr x0, =0x100803519
    msr tcr_el1, x0
    ldr x0, =map
    msr ttbr0_el1, x0
    isb
    mrs x0, sctlr_el1
    // The map, the data cache, the instruction cache.
    orr x0, x0, #1
    orr x0, x0, #4
    orr x0, x0, #0x1000
    msr sctlr_el1, x0
    isb

    bl main
    mov x1, x0
    b semihosting_exit

    // Blocks of 1 GiB: the first for devices, those after it for memory.
    .section .data.map, "aw"
    .balign 4096
map:
    .quad 0x0000000000000401
    .quad 0x0000000040000705
    .quad 0x0000000080000705
    .quad 0x00000000c0000705
    .fill 508, 8, 0
