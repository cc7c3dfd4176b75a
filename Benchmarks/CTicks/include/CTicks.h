// Reads the processor's own clock after all earlier instructions have completed.

#ifndef CTICKS_H
#define CTICKS_H

static inline unsigned long long ticks(void) {
#if defined(__x86_64__)
  __builtin_ia32_lfence();
  unsigned long long now = __builtin_ia32_rdtsc();
  __builtin_ia32_lfence();
  return now;
#elif defined(__aarch64__)
  unsigned long long now;
  __asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tisb" : "=r"(now) : : "memory");
  return now;
#else
#error "no clock is known for this processor"
#endif
}

#endif
