"""The expected results of Decimal arithmetic, from Python's `decimal` and, independently, from `fractions`.

Reads lines `operation a b` from standard input and writes one line for each: the canonical text of the result, or
`Overflow` or `DivisionByZero`. The rule is that of docs/decimal.md: one rounding, half to even, to 34 digits or to 28
places after the point, whichever is coarser.

Each result is computed twice. If the two results differ, the program fails:

* with `decimal`: to 250 digits with ROUND_05UP, then to the place where the rule rounds. ROUND_05UP is safe before a
  second rounding: if anything was cut off, the last digit is neither 0 nor 5.
* with `Fraction`: exactly, then with `round`, which rounds half to even.

If a plain Context(prec=34, rounding=ROUND_HALF_EVEN) leaves at most 28 places, its result must also be the same.
`naive_mul` and `naive_div` give the result of that context followed by a second rounding.
"""

import sys
from decimal import ROUND_05UP, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

WIDE = {"Emin": -999999, "Emax": 999999, "traps": []}
EXACT = Context(prec=250, rounding=ROUND_05UP, **WIDE)
PLAIN = Context(prec=34, rounding=ROUND_HALF_EVEN, **WIDE)
FINAL = Context(prec=250, rounding=ROUND_HALF_EVEN, **WIDE)

METHODS = {"add": "add", "sub": "subtract", "mul": "multiply", "div": "divide"}
FRACTIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
}


def text(coefficient, exponent):
    """The canonical text of coefficient * 10**exponent."""
    if coefficient == 0:
        return "0"
    while coefficient % 10 == 0:
        coefficient //= 10
        exponent += 1
    sign = "-" if coefficient < 0 else ""
    digits = str(abs(coefficient))
    if exponent >= 0:
        return sign + digits + "0" * exponent
    digits = digits.rjust(1 - exponent, "0")
    return f"{sign}{digits[:exponent]}.{digits[exponent:]}"


def parts(number):
    """A Decimal as coefficient and exponent."""
    sign, digits, exponent = number.as_tuple()
    coefficient = int("".join(map(str, digits)))
    return (-coefficient if sign else coefficient), exponent


def finish(coefficient, exponent):
    """The canonical text, or Overflow if the integer part has more than 34 digits."""
    if abs(coefficient) * Fraction(10) ** exponent >= 10**34:
        return "Overflow"
    return text(coefficient, exponent)


def with_decimal(operation, a, b):
    exact = getattr(EXACT, METHODS[operation])(a, b)
    if not exact:
        return "0"
    place = max(-28, exact.adjusted() - 33)
    return finish(*parts(exact.quantize(Decimal((0, (1,), place)), context=FINAL)))


def with_fractions(operation, a, b):
    exact = FRACTIONS[operation](Fraction(a), Fraction(b))
    place = max(-28, len(str(int(abs(exact)))) - 34)
    return finish(round(exact / Fraction(10) ** place), place)


def arithmetic(operation, a, b):
    if operation == "div" and not b:
        return "DivisionByZero"
    result = with_decimal(operation, a, b)
    assert result == with_fractions(operation, a, b), (operation, a, b, result)
    plain = getattr(PLAIN, METHODS[operation])(a, b)
    if plain.as_tuple().exponent >= -28:
        assert result == finish(*parts(plain)), (operation, a, b, result)
    return result


def answer(operation, first, second):
    a = Decimal(first)
    if operation == "round":
        place = Decimal((0, (1,), -int(second)))
        return text(*parts(a if -a.as_tuple().exponent <= int(second) else a.quantize(place, context=FINAL)))
    b = Decimal(second)
    if operation in METHODS:
        return arithmetic(operation, a, b)
    if operation == "compare":
        return str(int(a.compare(b)))
    if operation == "neg":
        return text(*parts(a.copy_negate()))
    if operation == "abs":
        return text(*parts(a.copy_abs()))
    if operation in ("naive_mul", "naive_div"):
        rounded = getattr(PLAIN, METHODS[operation[6:]])(a, b)
        return text(*parts(rounded.quantize(Decimal((0, (1,), -28)), context=FINAL)))
    raise ValueError(operation)


def main():
    for line in sys.stdin:
        print(answer(*line.split()))


main()
