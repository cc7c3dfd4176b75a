import TestSupport
import Testing

/// Prices of programs, added up by hand from the published rows.
@Suite("The price of programs")
struct GasPricingTests {
  struct Priced: CustomTestStringConvertible, Sendable {
    let source: String
    /// The charges in order, each with the units of its rows.
    let charges: [Int]
    var testDescription: String { source }

    /// - Parameters:
    ///   - single: units that are charged one by one at the end: those of equality and of printing the response.
    ///   - body: the last charge, for copying and hashing the response.
    init(_ source: String, _ charges: Int..., single: Int = 0, body: Int = 0) {
      self.source = source
      self.charges = charges + Array(repeating: 1, count: single) + (body > 0 ? [body] : [])
    }
  }

  static let programs = [
    Priced("1", 1),
    Priced("1 + 2", 1, 1, 2),
    Priced("6 - 4", 1, 1, 2),
    Priced("2 * 3", 1, 1, 3),
    Priced("6 / 2", 1, 1, 4),
    Priced("6 % 4", 1, 1, 4),
    Priced("-5", 1, 1),
    Priced("!true", 1, 1),
    Priced("1 < 2", 1, 1, 2),
    Priced("1 >= 2", 1, 1, 2),
    Priced("1 === 1", 1, 1, 2),
    Priced("1 !== 1", 1, 1, 2),
    Priced(#""a" + "b""#, 1, 1, 3),
    Priced("true && false", 1, 2, 1),
    Priced("false && true", 1, 2),
    Priced("true || false", 1, 2),
    Priced("true ? 1 : 2", 1, 4, 1),
    Priced("1 < 2 && 2 < 3 ? 1 : 2", 1, 1, 2, 2, 1, 1, 2, 4, 1),
    Priced("3 < 2 && 2 < 3 ? 1 : 2", 1, 1, 2, 2, 4, 1),
    Priced("!(1 < 2) ? 1 : 2", 1, 1, 2, 1, 4, 1),
    Priced("const x = 5; x", 1, 3, 1),
    Priced("const x = 5, y = x; y", 1, 3, 1, 3, 1),
    Priced("[]", 5),
    // Each value and each key in the response except the first costs three units.
    Priced("[1, 2, 3]", 1, 1, 1, 5, single: 3 * 3),
    Priced("const x = 1; [x, x]", 1, 3, 1, 1, 5, single: 2 * 3),
    Priced("({a: 1})", 1, 5, single: 2 * 3),
    Priced("({a: 1}).a", 1, 5, 3),
    Priced("[7][0]", 1, 5, 1, 2),
    Priced(#""abc"[1]"#, 1, 1, 2),
    Priced(#"({a: 1})["a"]"#, 1, 5, 1, 3),
    Priced("if (true) { 1; } 2", 1, 3, 1, 1),
    Priced("if (false) { 1; } 2", 1, 3, 1),
    Priced("if (false) { 1; } else { 2; } 3", 1, 4, 1, 1),
    Priced("switch (1) { case 1: break; default: break; } 0", 1, 10, 1, 5, 2, 1),
    Priced("switch (2) { case 1: break; default: break; } 0", 1, 10, 1, 5, 2, 1),
    Priced("const f = (n) => n; f(1)", 10, 3, 1, 1, 5, 1, 3),
    Priced("function f(n) { return n; } f(1)", 1, 1, 5, 1, 3),
    Priced("function f() {} f(); 0", 1, 5, 3, 1),
    Priced(
      "function f(n) { return n === 0 ? 7 : f(n - 1); } f(1)",
      1, 1, 5, 1, 1, 2, 4, 1, 1, 1, 2, 1, 1, 2, 4, 1, 3),
    Priced("function f(n) { const g = () => n; return g(); } f(4)", 1, 1, 5, 10, 3, 1, 1, 3),
    Priced("function f(...xs) { return xs; } f(1, 2)", 1, 1, 1, 5, 5, 1, 3, single: 2 * 3),
    Priced("function f(a, b = 2) { return b; } f(1)", 1, 1, 5, 1, 1, 3),
    Priced("function f({a}) { return a; } f({a: 1})", 1, 1, 5, 5, 3, 3, 1, 3),
    Priced("`a${1}b`", 1, 3),
    // The body of the error has four values and keys beyond the first, and 33 bytes.
    Priced("throw 1", 1, 10, single: 4 * 3 + 3, body: 3),
    Priced("const {a, b: c} = {a: 1, b: 2}; a", 1, 1, 5, 3, 3, 3, 3, 1),
    Priced("const [x, ...ys] = [1, 2]; x", 1, 1, 5, 2, 3, 5, 3, 1),
    Priced("const {a, ...r} = {a: 1}; a", 1, 5, 3, 3, 5, 3, 1),
    Priced("const {a = 5} = {}; a", 5, 3, 1, 3, 1),
    Priced("const {a = 5} = {a: 1}; a", 1, 5, 3, 3, 1),
    Priced("[...[1, 2], 3]", 1, 1, 5, 1, 5, single: 3 * 3),
    Priced("({...{a: 1}})", 1, 5, 5, single: 2 * 3),
    Priced(#"({["a"]: 1})"#, 1, 1, 5, single: 2 * 3),
    Priced("function f(a, b) { return b; } f(...[1, 2])", 1, 1, 1, 5, 5, 5, 1, 3),
    Priced("({f: (x) => x}).f(1)", 10, 5, 3, 1, 5, 1, 3),
    Priced("[1, 2].map((x) => x)", 1, 1, 5, 10, 5, 5, 1, 3, 5, 1, 3, single: 2 * 3),
    // Each pair except the first costs two units.
    Priced("[1, 2] === [1, 2]", 1, 1, 5, 1, 1, 5, 2, single: 2 * 2),
    Priced("[1, 2] === [3, 2]", 1, 1, 5, 1, 1, 5, 2, single: 2),
    Priced("Int.MAX > 0", 1, 1, 2),
    Priced("Math.max(1, 2)", 1, 1, 2),
    Priced("Some(1)", 1, 3, single: 2 * 3 + 1, body: 1),
    // Work beyond the first block: 65 bytes are three blocks of 32, and 67 bytes of response are nine blocks of 8.
    Priced(#""x".repeat(65)"#, 1, 1, 5, single: 8, body: 8),
    Priced("[1, 2, 3, 4, 5, 6, 7, 8, 9]", 1, 1, 1, 1, 1, 1, 1, 1, 1, 7, single: 9 * 3 + 2, body: 2),
    // A computed key of 9 bytes is two blocks of 8. The three given fields and their keys are two blocks of 4, and
    // sorting them takes 3 × 2 steps, which are three blocks of 2.
    Priced(#"({["abcdefghi"]: 1})["abcdefghi"]"#, 1, 1, 6, 1, 4),
    Priced(#"const {["abcdefghi"]: x} = {abcdefghi: 1}; x"#, 1, 5, 1, 4, 3, 1),
    Priced("({...{a: 1, b: 2}, c: 3}).c", 1, 1, 5, 1, 8, 3),
  ]

  @Test(arguments: programs)
  func aProgramCostsTheSumOfItsCharges(program: Priced) throws {
    #expect(try Guest.run(program.source).gas == program.charges.reduce(0, +))
  }

  @Test(arguments: programs)
  func aRunEndsAtTheFirstChargeThatReachesTheLimit(program: Priced) throws {
    let image = try Guest.image(program.source)
    let full = program.charges.reduce(0, +)
    let complete = Guest.run(image: image)
    var sums: [Int] = []
    for charge in program.charges { sums.append((sums.last ?? 0) + charge) }
    for limit in 1...full {
      let used = try #require(sums.first { $0 >= limit })
      let result = Guest.run(image: image, gasLimit: limit, budgets: MachineBudgets.small)
      #expect(result.error == "GasExhausted" && result.gas == used, "limit \(limit)")
      let body = #"{"error":"GasExhausted","gasUsed":\#(used),"gasLimit":\#(limit)}"#
      #expect(result.body == body, "limit \(limit)")
    }
    #expect(Guest.run(image: image, gasLimit: full + 1, budgets: MachineBudgets.small).body == complete.body)
  }

  /// Names that closures share before they have a value cost one unit for each four beyond the first four, whenever
  /// their block is entered: also if the function returns before anything else happens.
  @Test(arguments: [(4, 0), (5, 1), (8, 1), (9, 2), (400, 99)])
  func enteringABlockPaysForNamesThatClosuresShare(count: Int, units: Int) throws {
    func gas(_ count: Int) throws -> Int {
      // Each name is captured by the closure before it, the first one only when it has its value.
      let names = (0...count).map { "const a\($0) = () => a\($0 == count ? 0 : $0 + 1);" }.joined()
      return try Guest.run("const f = (stops) => { if (stops) { return 1; } \(names) return a0; }; f(true)").gas
    }
    #expect(try gas(count) - gas(2) == units)
  }

  /// The same for names that a closure captures, each time that it is made.
  @Test(arguments: [(4, 0), (5, 1), (8, 1), (9, 2), (150, 37)])
  func aClosurePaysForTheNamesThatItCaptures(count: Int, units: Int) throws {
    let names = (0..<count).map { "a\($0)" }
    func gas(capturing captured: ArraySlice<String>) throws -> Int {
      let source =
        "const f = (\(names.joined(separator: ", "))) => { const g = () => [\(captured.joined(separator: ", "))]; "
      return try Guest.run(source + "return 1; }; f(\(names.map { _ in "1" }.joined(separator: ", ")))").gas
    }
    #expect(try gas(capturing: names[...]) - gas(capturing: names[..<1]) == units)
  }

  /// 70 fields of 11 bytes: ⌈140/4⌉ - 1 = 34 for the fields and their keys, 70 × 7 = 490 steps of ordering, ⌈490/2⌉ - 1
  /// = 244, and ⌈760 × 7/256⌉ - 1 = 20 for comparing the keys: ten of them have 10 bytes.
  @Test func aLargeRecordLiteralPaysForTheOrderOfItsFields() throws {
    func gas(_ count: Int) throws -> Int {
      let fields = (0..<count).map { "longName_\($0): 1" }.joined(separator: ", ")
      return try Guest.run("({\(fields)})", gasLimit: 100_000).gas
    }
    let printed = { (count: Int) in
      // A value and a key for each field but the first value, and the text, which is also copied and hashed.
      let text = count * 2 + (0..<count).reduce(2) { $0 + "\"longName_\($1)\":1".utf8.count } - count - 1
      return 3 * 2 * count + 2 * ((text + 7) / 8 - 1)
    }
    let base = try gas(64) - 64 - 15 - printed(64)
    #expect(try gas(70) - 70 - 34 - printed(70) - base == 244 + 20)
  }

  @Test func tailCallsAreFreeAndRunInConstantStack() throws {
    let loop = "const f = (n, sum) => n === 0 ? sum > 0 : f(n - 1, sum + n);"
    let short = try Guest.run(loop + "f(10, 0)")
    let long = try Guest.run(loop + "f(1000000, 0)")
    #expect(long.body == "true")
    #expect(long.stackPeakWords == short.stackPeakWords && long.heapPeakBytes == short.heapPeakBytes)
    // Each iteration: n === 0 (4), the choice (4), f (1), n - 1 (4), sum + n (4).
    #expect(long.gas - short.gas == 17 * (1_000_000 - 10))

    let mutual = "function even(n) { return n === 0 || odd(n - 1); } function odd(n) { return n !== 0 && even(n - 1); }"
    let turns = try Guest.run(mutual + "even(1000000)")
    let few = try Guest.run(mutual + "even(10)")
    #expect(turns.body == "true" && turns.stackPeakWords == few.stackPeakWords)
  }
}
