extension AdversaryProgram {
  private static let pair =
    "const a = Decimal('1234567890123456.789012345678901234');\nconst b = Decimal('9876543.210987654321098765432109');"

  /// Decimals and functions on numbers.
  static let numbers = [
    AdversaryProgram("decimal sum", "a + b", setup: pair),
    AdversaryProgram("decimal difference", "a - b", setup: pair),
    AdversaryProgram("decimal product", "a * b", setup: pair),
    AdversaryProgram("decimal quotient", "a / b", setup: pair),
    AdversaryProgram(
      "decimal quotient, exact", "a / b",
      setup: "const a = Decimal('1000000000000000000000000000000000');\nconst b = Decimal('8');"),
    AdversaryProgram(
      "decimal quotient, tiny", "a / b",
      setup:
        "const a = Decimal('0.0000000000000000000000000007');\nconst b = Decimal('9999999999999999999999999999999999');"
    ),
    AdversaryProgram(
      "decimal quotient, overflow in a Result", "Decimal.div(a, b)",
      setup:
        "const a = Decimal('9999999999999999999999999999999999');\nconst b = Decimal('0.0000000000000000000000000007');"
    ),
    AdversaryProgram(
      "decimal product, rounded to scale 28", "a * b",
      setup:
        "const a = Decimal('0.9999999999999999999999999999');\nconst b = Decimal('0.7777777777777777777777777777');"),
    AdversaryProgram(
      "decimal product, zeros dropped", "a * b", setup: "const a = Decimal('0.0009765625');\nconst b = Decimal('1024');"
    ),
    AdversaryProgram(
      "decimal sum, zeros dropped", "a + b",
      setup:
        "const a = Decimal('1234.9999999999999999999999999999');\nconst b = "
        + "Decimal('0.0000000000000000000000000001');"),
    AdversaryProgram(
      "decimal sum, far apart", "a + b",
      setup:
        "const a = Decimal('9999999999999999999999999999999999');\nconst b = Decimal('0.0000000000000000000000000001');"
    ),
    AdversaryProgram("decimal sum, small", "a + b", setup: "const a = Decimal('1.5');\nconst b = Decimal('2.25');"),
    AdversaryProgram("Decimal.mul", "Decimal.mul(a, b)", setup: pair),
    AdversaryProgram("decimal negation", "-a", setup: pair),
    AdversaryProgram("decimal comparison", "a < b", setup: pair),
    AdversaryProgram("Decimal.round", "Decimal.round(a, 2)", setup: pair),
    AdversaryProgram("Decimal.round to 17", "Decimal.round(a, 17)", setup: pair),
    AdversaryProgram(
      "Decimal.round of 28 places", "Decimal.round(a, 1)",
      setup: "const a = Decimal('1234.9999999999999999999999999999');"),
    AdversaryProgram("Decimal of text", "Decimal('1234567890123456.789012345678901234')"),
    AdversaryProgram("Decimal of long text", "Decimal.parse(t)", setup: "const t = '1'.repeat(10000);"),
    AdversaryProgram("Decimal of long zeros", "Decimal.parse(t)", setup: "const t = '0.' + '0'.repeat(10000);"),
    AdversaryProgram("Decimal.from of an integer", "Decimal.from(x)", setup: "const x = 9223372036854775807;"),
    AdversaryProgram("Decimal.toString", "Decimal.toString(a)", setup: pair),
    AdversaryProgram("Decimal.toInt", "Decimal.toInt(a)", setup: "const a = Decimal('9223372036854775807');"),
    AdversaryProgram("Int.parse", "Int.parse('-9223372036854775807')"),
    AdversaryProgram(
      "Math.max of integers", "Math.max(...xs)", setup: "const xs = Array.from({length: 10000}, (x, i) => i);"),
    AdversaryProgram("Math.max of 8 decimals", "Math.max(a, b, a, b, a, b, a, b)", setup: pair),
    AdversaryProgram(
      "Math.max of decimals", "Math.max(...xs)",
      setup: "const xs = Array.from({length: 10000}, (x, i) => Decimal.from(i));"),
    AdversaryProgram("Math.abs of a decimal", "Math.abs(a)", setup: "const a = Decimal('-1.5');"),
    AdversaryProgram("Math.sign of a decimal", "Math.sign(a)", setup: pair),
  ]
}
