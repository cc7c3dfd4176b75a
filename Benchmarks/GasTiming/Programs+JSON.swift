extension AdversaryProgram {
  /// A program that parses a JSON text repeatedly.
  private static func parsing(_ name: String, _ expression: String) -> AdversaryProgram {
    AdversaryProgram("JSON.parse, \(name)", "JSON.parse(t)", setup: "const t = \(expression);")
  }

  /// A program that prints a value repeatedly.
  private static func printing(_ name: String, _ expression: String) -> AdversaryProgram {
    AdversaryProgram("JSON.stringify, \(name)", "JSON.stringify(v)", setup: "const v = \(expression);")
  }

  /// A program that ignores its request.
  private static func request(_ name: String, _ request: String) -> AdversaryProgram {
    AdversaryProgram("request, \(name)", source: "export default function (q) { return 1; }", request: request)
  }

  /// JSON: parsing and printing, requests and responses.
  static let json = [
    parsing("digits", "'[' + '1,'.repeat(10000) + '1]'"),
    parsing("integers", "'[' + '1234567890,'.repeat(3000) + '1]'"),
    parsing("decimals", "'[' + '1.5,'.repeat(5000) + '1]'"),
    parsing("decimals with exponents", "'[' + '1e9,'.repeat(5000) + '1]'"),
    parsing("decimals with large exponents", "'[' + '1e30,'.repeat(5000) + '1]'"),
    parsing("decimals with negative exponents", "'[' + '10e-9,'.repeat(5000) + '1]'"),
    parsing("long decimals", "'[' + '1234567890123456.789012345678901234,'.repeat(1000) + '1]'"),
    parsing("empty arrays", "'[' + '[],'.repeat(5000) + '1]'"),
    parsing("empty records", "'[' + '{},'.repeat(5000) + '1]'"),
    parsing("deep arrays", "'['.repeat(20000) + ']'.repeat(20000)"),
    parsing("deep records", "'{\"\":'.repeat(10000) + '1' + '}'.repeat(10000)"),
    parsing("empty strings", "'[' + '\"\",'.repeat(5000) + '1]'"),
    parsing("short strings", "'[' + '\"ab\",'.repeat(5000) + '1]'"),
    parsing("long string", "'\"' + 'abcdefgh'.repeat(10000) + '\"'"),
    parsing("wide string", "'\"' + 'ä'.repeat(10000) + '\"'"),
    parsing("escapes", "'\"' + '\\\\n'.repeat(10000) + '\"'"),
    parsing("hexadecimal escapes", "'\"' + '\\\\u00e4'.repeat(10000) + '\"'"),
    parsing("literals", "'[' + 'true,'.repeat(5000) + 'null]'"),
    parsing("white space", "'[' + ' '.repeat(50000) + ']'"),
    parsing("records of one field", "'[' + '{\"a\":1},'.repeat(3000) + '1]'"),
    parsing("records of changing shapes", "'[' + '{\"a\":1},{\"b\":1},'.repeat(2000) + '1]'"),
    parsing(
      "records of changing long shapes",
      "'[' + '{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1},{\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1},'.repeat(500) + "
        + "'1]'"),
    parsing("record of many fields", "'{' + Array.from({length: 3000}, (x, i) => `\"k${i}\":1`).join(',') + '}'"),
    parsing("record of many short fields", "'{' + Array.from({length: 3000}, (x, i) => `\"${i}\":1`).join(',') + '}'"),
    parsing("record of a long key", "'{\"' + 'x'.repeat(50000) + '\":1}'"),
    parsing("error at the end", "'['.repeat(20000)"),
    parsing("short text", "'1'"),
    printing("digits", "Array.from({length: 10000}, () => 1)"),
    printing("integers", "Array.from({length: 10000}, () => 4611686018427387903)"),
    printing("decimals", "Array.from({length: 10000}, () => Decimal('1.5'))"),
    printing("long decimals", "Array.from({length: 1000}, () => Decimal('-1234567890123456.789012345678901234'))"),
    printing("empty arrays", "Array.from({length: 10000}, () => [])"),
    printing("empty strings", "Array.from({length: 10000}, () => '')"),
    printing("empty records", "Array.from({length: 10000}, () => ({}))"),
    printing("deep arrays", "JSON.parse('['.repeat(20000) + ']'.repeat(20000)).Ok"),
    printing("records", "Array.from({length: 3000}, () => ({a: 1, b: 2}))"),
    printing("maps", "Array.from({length: 3000}, () => Map.of([['a', 1]]))"),
    printing("large map", "Map.of(Array.from({length: 10000}, (x, i) => [`${i}`, 1]))"),
    printing("literals", "Array.from({length: 10000}, () => true)"),
    printing("long string", "'abcdefgh'.repeat(10000)"),
    printing("escapes", "'\\\\'.repeat(10000)"),
    printing("control characters", "'\\u0001'.repeat(10000)"),
    printing("small value", "1"),
    request("digits", "[" + String(repeating: "1,", count: 500_000) + "1]"),
    request("empty records", "[" + String(repeating: "{},", count: 200_000) + "1]"),
    request("long string", "\"" + String(repeating: "abcdefgh", count: 200_000) + "\""),
    request("wide string", "\"" + String(repeating: "äöüß", count: 200_000) + "\""),
    request("white space", String(repeating: " ", count: 2_000_000) + "1"),
    AdversaryProgram(
      "response, digits",
      source:
        "const v = Array.from({length: 1000}, () => 1);\nconst w = [v, v, v, v, v, v, v, v];\n[w, w, w, w, w, w, "
        + "w, w, w, w, w, w, w, w, w, w]"
    ),
  ]
}
