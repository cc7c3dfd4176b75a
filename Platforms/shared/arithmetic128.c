// Arithmetic on 128 bits, for platforms without the library of a compiler.
#include <stdint.h>

typedef unsigned __int128 u128;

static u128 pair(uint64_t high, uint64_t low) { return (u128)high << 64 | low; }

u128 __multi3(u128 left, u128 right) {
  uint64_t a = (uint64_t)left, b = (uint64_t)right;
  uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
  uint64_t high = a1 * b1 + (middle >> 32) + (other >> 32);
  high += (uint64_t)(left >> 64) * b + a * (uint64_t)(right >> 64);
  return pair(high, other << 32 | (uint32_t)low);
}

u128 __lshrti3(u128 value, int count) {
  uint64_t high = (uint64_t)(value >> 64), low = (uint64_t)value;
  if (count == 0) return value;
  if (count >= 64) return pair(0, high >> (count - 64));
  return pair(high >> count, low >> count | high << (64 - count));
}

u128 __ashlti3(u128 value, int count) {
  uint64_t high = (uint64_t)(value >> 64), low = (uint64_t)value;
  if (count == 0) return value;
  if (count >= 64) return pair(low << (count - 64), 0);
  return pair(high << count | low >> (64 - count), low << count);
}

static u128 divide(u128 dividend, u128 divisor, u128 *rest) {
  u128 quotient = 0, remainder = 0;
  for (int bit = 127; bit >= 0; bit--) {
    remainder = remainder << 1 | (dividend >> bit & 1);
    quotient <<= 1;
    if (remainder >= divisor) {
      remainder -= divisor;
      quotient |= 1;
    }
  }
  *rest = remainder;
  return quotient;
}

u128 __udivti3(u128 dividend, u128 divisor) {
  u128 rest;
  return divide(dividend, divisor, &rest);
}

u128 __umodti3(u128 dividend, u128 divisor) {
  u128 rest;
  divide(dividend, divisor, &rest);
  return rest;
}
