import TestSupport
import Testing

/// Functions on Records, Options, Results and Ints, compared with Node.js.
@Suite struct RecordTests {
  @Test func functionsOnFieldsAgreeWithNode() throws {
    var random = Expressions(seed: 21)
    try expectAgreement(
      random.many(250) { random in
        let record = random.record()
        let key = random.pick(["'a'", "'length'", "'ключ'", "'x' + '1'", "'none'", "'0'"])
        switch random.below(5) {
        case 0: return random.call("Object.\(random.pick(["hasOwn", "get"]))", [record, key])
        case 1: return random.call("Object.fromEntries", ["Object.entries(\(record))"])
        default: return random.call("Object.\(random.pick(["keys", "values", "entries"]))", [record])
        }
      })
  }

  /// Many keys, some of them twice. The order is canonical, and the last value wins.
  @Test func fromEntriesAgreesWithNode() throws {
    var random = Expressions(seed: 22)
    try expectAgreement(
      random.many(100) { random in
        let pairs = random.many(random.below(60)) { random in
          let key = random.chance(20) ? random.string() : "'k' + '\(random.below(40))'"
          return random.chance(1) ? random.element() : "[\(key), \(random.below(100))]"
        }
        return random.call("Object.fromEntries", ["[\(pairs.joined(separator: ", "))]"])
      })
  }

  @Test func optionsAndResultsAgreeWithNode() throws {
    var random = Expressions(seed: 23)
    let functions = ["(x) => [x]", "Ok", "Err", "Some", "(x) => { return; }", "1", "String", "(x, ...rest) => rest"]
    let names = [
      "Option.map", "Option.unwrapOr", "Option.isSome", "Result.map", "Result.mapErr", "Result.andThen",
      "Result.unwrapOr",
      "Result.isOk",
    ]
    try expectAgreement(
      random.many(300) { random in
        let value = random.element()
        let variants = [
          "Some(\(value))", "None", "Ok(\(value))", "Err(\(value))", "({Some: 1})", "({Ok: 1, Err: 2})", "{}",
        ]
        let name = random.pick(names)
        let subject = random.pick(variants)
        if name.hasSuffix("isSome") || name.hasSuffix("isOk") { return random.call(name, [subject]) }
        return random.call(name, [subject, random.pick(functions)])
      })
  }

  @Test func integerFunctionsAgreeWithNode() throws {
    var random = Expressions(seed: 24)
    try expectAgreement(
      random.many(250) { random in
        let numbers = random.many(1 + random.below(4)) { $0.index() }
        switch random.below(3) {
        case 0: return random.call("Math.\(random.pick(["max", "min"]))", numbers)
        case 1: return random.call("Math.\(random.pick(["abs", "sign"]))", [numbers[0]])
        default:
          let texts = [
            numbers[0], "", "-", "-0", "00", "01", "1 ", " 1", "+1", "1.0", "1e3", "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809", "92233720368547758070", "１", "0x10", "1n",
          ]
          return random.call("Int.parse", [Expressions.literal(random.pick(texts))])
        }
      })
  }
}

/// Fields named in code, in Records of any width: narrow ones are scanned, and wide ones are searched.
@Suite struct FieldTests {
  @Test func everyFieldIsFoundInRecordsOfEveryWidth() throws {
    for width in [0, 1, 15, 16, 17, 18, 40, 64] {
      let fields = (0..<width).map { "k\($0): \($0)" }.joined(separator: ", ")
      let reads = (0..<width).map { "r.k\($0) === \($0)" }.joined(separator: ", ")
      let taken = (0..<width).map { "k\($0): v\($0)" }.joined(separator: ", ")
      let source = """
        const r = {\(fields)};
        const {\(taken)\(width == 0 ? "" : ", ")absent = true} = r;
        [\(reads)\(width == 0 ? "" : ", ")absent].every((x) => x)
        """
      #expect(try Guest.body(source) == "true", "\(width)")
      #expect(
        try Guest.body("const r = {\(fields)}; r.other") == #"{"error":"NoSuchField","field":"other"}"#, "\(width)")
    }
  }
}
