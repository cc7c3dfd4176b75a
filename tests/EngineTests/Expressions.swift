import Engine
import ProgramGeneration
import TestSupport
import Testing

enum MachineBudgets {
  /// Small budgets, with which a machine is quick to make.
  static let small = MachineLayout.Budgets(stackWords: 4096, heapBytes: 1 << 18)
  /// Space for a program that makes many values.
  static let medium = MachineLayout.Budgets(stackWords: 4096, heapBytes: 8 << 20)
  /// Even smaller budgets, for many runs of small programs.
  static let tiny = MachineLayout.Budgets(stackWords: 256, heapBytes: 1 << 16)
}

/// Makes random expressions of the guest language. A seed always gives the same expressions.
struct Expressions {
  private var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }

  mutating func pick<T>(_ choices: [T]) -> T { random.pick(choices) }

  /// The results of `count` calls of `make`.
  mutating func many(_ count: Int, _ make: (inout Expressions) -> String) -> [String] {
    (0..<count).map { _ in make(&self) }
  }

  // MARK: Values

  /// A string literal. It has few different letters, so that searches find something. Some are long, or contain
  /// characters beyond ASCII or the BMP.
  mutating func string() -> String {
    let alphabets = ["ab", "ab", "aab$&", "aé", "a日b", "a💩", "💩💫", "Σσaß.", " \t\u{feff}x\u{2003}", "a,b", "0123"]
    let alphabet = Array(pick(alphabets).unicodeScalars)
    let length = chance(15) ? below(120) : below(9)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<length { scalars.append(pick(alphabet)) }
    return Expressions.literal(String(scalars))
  }

  /// A string that is likely to occur in others, or any string.
  mutating func needle() -> String {
    pick(["''", "'a'", "'b'", "'ab'", "'aa'", "'aba'", "'abab'", "'é'", "'💩'", "'a💩'", "'$'", "','", string()])
  }

  static func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
      return (0x20..<0x7f).contains(scalar.value) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    return "'\(escaped.joined())'"
  }

  /// An index, usually small. Some are negative or far outside.
  mutating func index() -> String {
    if chance(5) { return pick(["9223372036854775807", "-9223372036854775808", "4294967296", "-4294967295"]) }
    let number = below(chance(20) ? 70 : 8)
    return chance(25) ? "-\(number)" : "\(number)"
  }

  /// An argument of any kind, which is rarely the right one.
  mutating func anything() -> String {
    pick(["1", "'a'", "true", "[1]", "({a: 1})", "((x) => x)", "undefinedValue()", "String", index(), string()])
  }

  /// An element of an Array.
  mutating func element() -> String {
    pick(["0", "1", "2", "-1", "'a'", "'b'", "true", "[1]", "['a']", "({a: 1})", "9223372036854775807", "'é'"])
  }

  /// An Array literal of small Ints, of Strings, or of anything.
  mutating func array(depth: Int = 2) -> String {
    let count = chance(10) ? below(40) : below(7)
    let kind = below(3)
    let elements = many(count) { random in
      if depth > 0, random.chance(12) { return random.array(depth: depth - 1) }
      return kind == 0 ? "\(random.below(5))" : kind == 1 ? random.needle() : random.element()
    }
    return "[\(elements.joined(separator: ", "))]"
  }

  /// A Record literal.
  mutating func record() -> String {
    let keys = ["a", "b", "c", "length", "Some", "Ok", "Err", "ключ", "x1", "0"]
    var used: [String] = []
    for _ in 0..<below(6) {
      let key = pick(keys)
      if !used.contains(key) { used.append(key) }
    }
    let fields = used.map { key in "'\(key)': \(element())" }
    return "({\(fields.joined(separator: ", "))})"
  }

  // MARK: Calls

  /// `receiver.name(arguments)`, for a program that can name `undefined`. Occasionally an argument has the wrong kind,
  /// or the number of arguments is wrong.
  mutating func call(_ callee: String, _ arguments: [String], optional: [String] = []) -> String {
    var given = arguments
    for argument in optional {
      if !chance(60) { break }
      given.append(chance(8) ? "undefinedValue()" : argument)
    }
    if chance(4), !given.isEmpty { given[below(given.count)] = anything() }
    if chance(2) { given.append(anything()) }
    if chance(2), !given.isEmpty { given.removeLast() }
    let text = given.joined(separator: ", ")
    return chance(10) ? "\(callee)(...[\(text)])" : "\(callee)(\(text))"
  }

  /// A program that consists of one expression, in which `undefinedValue()` returns `undefined`.
  static func program(_ expression: String) -> String {
    "const undefinedValue = () => { return; };\n(\(expression));"
  }
}

/// Runs expressions in the engine and in Node.js and records every difference.
func expectAgreement(_ expressions: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
  let budgets = MachineBudgets.small
  for answer in try ProgramOracle.answers(expressions.map(Expressions.program)) {
    let result = try Guest.run(answer.source, budgets: budgets)
    #expect(result.body == answer.body, "\(answer.source)", sourceLocation: sourceLocation)
  }
}
