import Engine

/// The explanations of all errors that a run can end in, in one table.
struct RuntimeErrorGuide {
  /// What happened, in one line.
  let title: String
  /// The fields of the body in addition to `error`, and their meaning; nil if there are none.
  let fields: String?
  /// Why this ends the run.
  let meaning: String
  /// A short program that ends in this error; nil if no program can cause it by itself.
  let example: String?
  /// What to do about it.
  let advice: String

  /// The codes, in the order of the table.
  static var codes: [String] { Trap.allCases.map(code(of:)) }

  /// The entry for a code as Markdown. Case does not matter. Nil if no error has the code.
  static func entry(for code: [UInt8]) -> [UInt8]? {
    let wanted = String(decoding: code, as: UTF8.self).lowercased()
    guard let trap = Trap.allCases.first(where: { self.code(of: $0).lowercased() == wanted }) else { return nil }
    let guide = RuntimeErrorGuide(trap)
    var text = "### \(self.code(of: trap)): \(guide.title)\n\nA run-time error.\n\n\(guide.meaning)\n"
    if let fields = guide.fields { text += "\nIn the body: \(fields)\n" }
    if let example = guide.example { text += "\n```js\n\(example)\n```\n" }
    text += "\n\(guide.advice)\n"
    return Array(text.utf8)
  }

  /// What happened, in one line.
  static func title(of trap: Trap) -> String { RuntimeErrorGuide(trap).title }

  private static func code(of trap: Trap) -> String { String(decoding: trap.code.bytes, as: UTF8.self) }

  private init(_ title: String, fields: String? = nil, meaning: String, example: String?, advice: String) {
    self.title = title
    self.fields = fields
    self.meaning = meaning
    self.example = example
    self.advice = advice
  }
}

extension RuntimeErrorGuide {
  /// The table.
  init(_ trap: Trap) {
    switch trap {
    case .typeMismatch:
      self.init(
        "a value of a kind that the operation does not accept",
        meaning: """
          Nothing is converted silently. Conditions are Bools, + joins two Strings or adds two numbers of the same kind,
          and < compares two values of the same kind.
          """,
        example: #""total: " + 42"#,
        advice: "Convert explicitly: `total: ${n}` or String(n) gives text, Int.parse(s) a number, n === 0 a Bool.")
    case .integerOverflow:
      self.init(
        "a result outside the signed 64-bit range",
        meaning: "An Int ranges from -9223372036854775808 to 9223372036854775807, and never wraps or loses digits.",
        example: "9223372036854775807 + 1",
        advice: "Check the operands first, or calculate with Decimals, which hold up to 34 digits.")
    case .divisionByZero:
      self.init(
        "division or remainder by zero",
        meaning: "There is no NaN and no infinity for such a result.",
        example: "const mean = (sum, count) => sum / count;\nmean(10, 0)",
        advice: "Test the divisor first: count === 0 ? 0 : sum / count.")
    case .decimalOverflow:
      self.init(
        "a decimal result whose integer part needs more than 34 digits",
        meaning: "A Decimal holds up to 34 digits. Digits after the point are rounded; digits before it never are.",
        example: #"Decimal("9999999999999999999999999999999999") * Decimal("10")"#,
        advice: "Decimal.add, sub, mul and div give a Result instead, so a program can handle {Err: \"Overflow\"}.")
    case .decimalSyntax:
      self.init(
        "text that is not a decimal",
        meaning:
          "Decimal(s) takes up to 34 digits, up to 28 of them after the point, with an optional minus sign.",
        example: #"Decimal("1,50")"#,
        advice: "For text from outside, use Decimal.parse(s), which gives a Result.")
    case .noSuchField:
      self.init(
        "a field or method that the value does not have", fields: "`field`, its name.",
        meaning:
          "Reading a missing field is an error; it does not give undefined. Methods that change an Array do not exist.",
        example: "const order = {id: 7};\norder.total",
        advice: "Use Object.get(r, key), which gives an Option, or a default in a pattern: const {total = 0} = order.")
    case .indexOutOfRange:
      self.init(
        "an index outside a String or an Array", fields: "`index` and `length`.",
        meaning: "Indices range from 0 to length - 1.",
        example: "[1, 2, 3][3]",
        advice: "Compare with length first. xs.at(-1) is the last element, if there is one.")
    case .notCallable:
      self.init(
        "a call of a value that is not a function", meaning: "The value before the parentheses is not a function.",
        example: "const rate = 19;\nrate(100)",
        advice: "Check where the value comes from: often a field holds a result instead of a function.")
    case .arityMismatch:
      self.init(
        "a call with too few or too many arguments",
        meaning: "A call must pass an argument for each parameter without a default, and none beyond the parameters.",
        example: "const add = (a, b) => a + b;\nadd(1)",
        advice: "Give the parameter a default, or collect any number of arguments with ...rest.")
    case .uninitializedBinding:
      self.init(
        "a name that was read before it had a value",
        meaning: "A const has its value only after its declaration. Functions that are called earlier can't read it.",
        example: "const f = () => rate;\nconst tax = f();\nconst rate = 19;\ntax",
        advice: "Move the declaration above the call.")
    case .functionAsMapKey:
      self.init(
        "a function as a key of a Map",
        meaning: "Keys are ordered by their canonical bytes, and functions have no such bytes.",
        example: "Map.set(Map.empty, x => x, 1)", advice: "Use a name or an id of the function as the key.")
    case .notSerializable:
      self.init(
        "a value that has no canonical form",
        meaning:
          "Functions and undefined can't be printed, hashed or returned, and neither can a value that contains one.",
        example: "({total: 42, format: n => `${n} EUR`})",
        advice: "Respond with data only. A function that returns nothing gives undefined, so return a value.")
    case .stringSplitsCodePoint:
      self.init(
        "a cut through the middle of a character",
        meaning: """
          Indices count UTF-16 code units, and an emoji has two of them. JavaScript would make half a character here,
          which UTF-8 text can't hold.
          """,
        example: "\"\u{1f600}\"[0]",
        advice: "[...s] gives whole characters, and s.codePointAt(i) gives a whole code point.")
    case .invalidArgument:
      self.init(
        "an argument of the right kind with an impossible value",
        meaning: "For example, a count is negative, a code point does not exist, or a scale is outside 0 to 28.",
        example: #""ab".repeat(-1)"#, advice: "Check the argument before the call.")
    case .thrown:
      self.init(
        "the program threw a value", fields: "`value`, the thrown value.",
        meaning: "throw ends the run, and there is no catch. It is for what must never happen.",
        example: #"throw {code: "NO_RATE", country: "XX"}"#,
        advice: "If a caller should handle the problem, return it: Err(e), or a response with a status.")
    case .invalidRequest:
      self.init(
        "a request that is not acceptable JSON",
        fields: "`code`, what is wrong, and `offset`, where it is wrong, in bytes of UTF-8.",
        meaning:
          "Requests are RFC 8259 JSON in UTF-8. An object can't have a key twice, and no number is rounded.",
        example: nil,
        advice: "Look at the request from `offset` on. A number has at most 34 digits, 28 of them after the point.")
    case .stackExhausted:
      self.init(
        "calls nested more deeply than the stack budget allows",
        meaning: "Each call that is not in tail position takes 4 words, and one for each name and temporary value.",
        example: "const count = n => n === 0 ? 0 : 1 + count(n - 1);\ncount(1000000)",
        advice: "Put the call last, and pass the result so far as a parameter. A call in tail position takes no stack.")
    case .memoryExhausted:
      self.init(
        "more memory than the heap budget allows",
        meaning: """
          All values that a request makes, including its text and its response, share one budget of bytes. The garbage
          collector frees the values that the program no longer needs, but the others did not fit.
          """,
        example: #""x".repeat(100000000)"#,
        advice: "Make fewer or smaller values, or raise the limit: --heap-limit.")
    case .gasExhausted:
      self.init(
        "the gas limit is reached", fields: "`gasLimit`, and `gasUsed`, which includes the last charge.",
        meaning: "Every operation has a price in gas. A run ends when it has used up its limit.",
        example: "const f = () => f();\nf()",
        advice:
          "If the program is correct, raise --gas-limit or MTP_GAS_LIMIT. The same run always uses the same gas.")
    case .gasLimitOutOfRange:
      self.init(
        "an invalid gas limit", fields: "`value`, the given text.",
        meaning: "The limit must be 1 to 2000000000, in plain digits without a leading zero. Nothing was run.",
        example: nil, advice: "Correct MTP_GAS_LIMIT or --gas-limit. An empty variable counts as set: unset it.")
    case .effectNotGranted:
      self.init(
        "a call of an effect that is not available here", fields: "`effect`, its name.",
        meaning: """
          The host grants effects, and only the handler has them: while the top level of the program runs, there are
          none yet. A program that calls an effect that is not granted at all is refused before it runs.
          """,
        example: nil, advice: "Call it inside the handler.")
    case .continuationMismatch:
      self.init(
        "an await whose continuation belongs to another call",
        meaning:
          "The same contId was used before with another promiseHash, so its recorded result is for another call.",
        example: nil, advice: "Use a different contId for each await in a request.")
    case .transactionAborted:
      self.init(
        "the database rejected the writes of the request",
        meaning: """
          All writes of a request are committed together at its end, or not at all. Either a constraint that the schema
          defers until then (DEFERRABLE INITIALLY DEFERRED) was violated, or a statement ended the transaction earlier,
          with OR ROLLBACK or by reaching a limit while it wrote.
          """,
        example: nil,
        advice: """
          Check the result of each DbWrite.execute: after {Err: …} with the code LimitExceeded or ConstraintViolation,
          the request may have nothing left to commit. Write the rows that other rows refer to in the same request.
          """)
    }
  }
}
