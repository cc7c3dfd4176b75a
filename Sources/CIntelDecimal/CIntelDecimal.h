// The four functions of Intel's Decimal Floating-Point Math Library that the engine uses, as functions of plain numbers:
// words in, words and exception flags out, so that callers handle no pointers.
//
// The library is the one that Debian and Ubuntu package as `libintelrdfpmath-dev`, in the variant `000`: arguments by
// value, rounding mode and flags given with each call, no global state. Its own header would bring in configuration
// macros and several hundred functions, so the four are declared here.

#ifndef CINTELDECIMAL_H
#define CINTELDECIMAL_H

/// A decimal128 in the BID encoding (IEEE 754-2008, 3.5.2), the word with the lower bits first.
typedef struct __attribute__((aligned(16))) {
  unsigned long long w[2];
} mqjs_bid128;

mqjs_bid128 __bid128_add(mqjs_bid128 x, mqjs_bid128 y, unsigned int rounding, unsigned int *flags);
mqjs_bid128 __bid128_sub(mqjs_bid128 x, mqjs_bid128 y, unsigned int rounding, unsigned int *flags);
mqjs_bid128 __bid128_mul(mqjs_bid128 x, mqjs_bid128 y, unsigned int rounding, unsigned int *flags);
mqjs_bid128 __bid128_div(mqjs_bid128 x, mqjs_bid128 y, unsigned int rounding, unsigned int *flags);

/// A result and the exceptions that it raised.
typedef struct {
  unsigned long long low;
  unsigned long long high;
  unsigned int flags;
} mqjs_decimal_result;

enum {
  /// roundTiesToEven (IEEE 754-2008, 4.3.1).
  MQJS_DECIMAL_TO_NEAREST = 0,
  /// roundTowardZero (IEEE 754-2008, 4.3.2).
  MQJS_DECIMAL_TOWARD_ZERO = 3,
  /// The flag of the inexact exception (IEEE 754-2008, 7.6).
  MQJS_DECIMAL_INEXACT = 0x20,
};

#define MQJS_DECIMAL_FUNCTION(name)                                                                                   \
  static inline mqjs_decimal_result mqjs_decimal_##name(                                                              \
      unsigned long long x_low, unsigned long long x_high, unsigned long long y_low, unsigned long long y_high,      \
      unsigned int rounding) {                                                                                        \
    mqjs_bid128 x = {{x_low, x_high}}, y = {{y_low, y_high}};                                                         \
    unsigned int flags = 0;                                                                                           \
    mqjs_bid128 z = __bid128_##name(x, y, rounding, &flags);                                                          \
    mqjs_decimal_result result = {z.w[0], z.w[1], flags};                                                             \
    return result;                                                                                                    \
  }

MQJS_DECIMAL_FUNCTION(add)
MQJS_DECIMAL_FUNCTION(sub)
MQJS_DECIMAL_FUNCTION(mul)
MQJS_DECIMAL_FUNCTION(div)

#undef MQJS_DECIMAL_FUNCTION

#endif
