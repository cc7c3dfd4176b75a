import Engine

/// What the product says about each error that a run can end in, in one table.
struct RuntimeErrorGuide {
  /// One line: what happened.
  let title: String
  /// Fields of the body besides `error`, and what they say; nil if there are none.
  let fields: String?
  /// Why that ends the run.
  let meaning: String
  /// A short program that ends so; nil where no program does it alone.
  let example: String?
  /// What to do about it.
  let advice: String

  /// The codes, in the order of the table.
  static var codes: [String] { Trap.allCases.map(code(of:)) }

  /// The entry of a code, whatever the case of its letters, as Markdown; nil if no error has it.
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

  /// One line about an error.
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
        "a value of a kind that the operation does not take",
        meaning: """
          Nothing is converted silently: conditions are Bools, + joins two Strings or adds two numbers of one kind, and
          < compares two of the same kind.
          """,
        example: #""total: " + 42"#,
        advice: "Convert by name: `total: ${n}` or String(n) makes text, Int.parse(s) a number, n === 0 a Bool.")
    case .integerOverflow:
      self.init(
        "a result outside the signed 64-bit range",
        meaning: "An Int lies between -9223372036854775808 and 9223372036854775807, and never wraps or loses digits.",
        example: "9223372036854775807 + 1",
        advice: "Check the operands first, or reckon in Decimal, which holds 34 digits.")
    case .divisionByZero:
      self.init(
        "division or remainder by zero",
        meaning: "There is no NaN and no infinity that such a result could be.",
        example: "const mean = (sum, count) => sum / count;\nmean(10, 0)",
        advice: "Test the divisor: count === 0 ? 0 : sum / count.")
    case .decimalOverflow:
      self.init(
        "a decimal result whose integer part needs more than 34 digits",
        meaning: "A Decimal holds 34 digits. Digits after the point are rounded; those before it never are.",
        example: #"Decimal("9999999999999999999999999999999999") * Decimal("10")"#,
        advice: "Decimal.add, sub, mul and div give a Result instead: {Err: \"Overflow\"} can be handled.")
    case .decimalSyntax:
      self.init(
        "text that is no decimal",
        meaning:
          "Decimal(s) takes digits with an optional minus sign and fraction, at most 34 of them, 28 behind the point.",
        example: #"Decimal("1,50")"#,
        advice: "Text from outside goes through Decimal.parse(s), which gives a Result.")
    case .noSuchField:
      self.init(
        "a field or method that the value does not have", fields: "`field`, its name.",
        meaning: "Reading what is not there is an error, not undefined. Methods that change an Array do not exist.",
        example: "const order = {id: 7};\norder.total",
        advice: "Object.get(r, key) gives an Option; a destructuring default helps, too: const {total = 0} = order.")
    case .indexOutOfRange:
      self.init(
        "an index outside a String or an Array", fields: "`index` and `length`.",
        meaning: "Indices run from 0 to length - 1.",
        example: "[1, 2, 3][3]",
        advice: "Compare with length first; xs.at(-1) is the last element of an Array that has one.")
    case .notCallable:
      self.init(
        "a call of something that is no function", meaning: "What stands before the parentheses was another value.",
        example: "const rate = 19;\nrate(100)",
        advice: "See where the value comes from: often a field holds a result where a function was meant.")
    case .arityMismatch:
      self.init(
        "a call with too few or too many arguments",
        meaning: "A function takes its parameters: those without a default must be given, and no others may be.",
        example: "const add = (a, b) => a + b;\nadd(1)",
        advice: "Give the parameter a default, or collect what comes with ...rest.")
    case .uninitializedBinding:
      self.init(
        "a name that was read before it had its value",
        meaning: "A const has its value from its declaration on; functions that are called earlier can't read it.",
        example: "const f = () => rate;\nconst tax = f();\nconst rate = 19;\ntax",
        advice: "Move the declaration up, or the call down.")
    case .functionAsMapKey:
      self.init(
        "a function as a key of a Map", meaning: "Keys are ordered by their canonical bytes, and functions have none.",
        example: "Map.set(Map.empty, x => x, 1)", advice: "Use a name for the function, or an id, as the key.")
    case .notSerializable:
      self.init(
        "a value that has no canonical form",
        meaning: "Functions and undefined can't be printed, hashed or answered with, nor can what holds one.",
        example: "({total: 42, format: n => `${n} EUR`})",
        advice: "Answer with data alone. A function that returns nothing gives undefined: return a value.")
    case .stringSplitsCodePoint:
      self.init(
        "a cut through the middle of a character",
        meaning: """
          Indices count UTF-16 code units, so an emoji has two. JavaScript would make half a character here, which no
          UTF-8 text can hold.
          """,
        example: "\"\u{1f600}\"[0]",
        advice: "[...s] gives whole characters; codePointAt tells where one begins.")
    case .invalidArgument:
      self.init(
        "an argument of the right kind that the function does not take",
        meaning: "A count is negative, a code point does not exist, a scale lies outside 0 to 28.",
        example: #""ab".repeat(-1)"#, advice: "Check the argument before the call.")
    case .thrown:
      self.init(
        "the program threw a value", fields: "`value`, what was thrown.",
        meaning: "throw ends the run; there is no catch. It is for what must never happen.",
        example: #"throw {code: "NO_RATE", country: "XX"}"#,
        advice: "What a caller should handle is better returned: Err(e), or a response with its status.")
    case .invalidRequest:
      self.init(
        "a request that is not JSON as it is accepted",
        fields: "`code`, what is wrong, and `offset`, where, in bytes of UTF-8.",
        meaning:
          "Requests are RFC 8259 JSON in UTF-8; a key may stand only once in an object, and no number is rounded.",
        example: nil,
        advice: "Look at the request's bytes from `offset` on. Numbers need at most 34 digits and 28 after the point.")
    case .stackExhausted:
      self.init(
        "calls nested deeper than the stack's budget",
        meaning: "Each call that is not in tail position takes 4 words and one for each parameter and name.",
        example: "const count = n => n === 0 ? 0 : 1 + count(n - 1);\ncount(1000000)",
        advice: "Put the call last, with the result so far as a parameter: a call in tail position takes no stack.")
    case .memoryExhausted:
      self.init(
        "more memory than the heap's budget",
        meaning: """
          All values that a request makes, its text and its response among them, come out of one budget of bytes. The
          garbage collector takes back what the program can no longer reach; what it still needs did not fit.
          """,
        example: #""x".repeat(100000000)"#,
        advice: "Make less, or give the request more: --heap-limit.")
    case .gasExhausted:
      self.init(
        "the gas limit is reached", fields: "`gasLimit`, and `gasUsed`, the last charge included.",
        meaning: "Every operation has its price in gas; a run ends when it has used its limit.",
        example: "const f = () => f();\nf()",
        advice:
          "If the program is right, give it more: --gas-limit, or MTP_GAS_LIMIT. Its use is the same at every run.")
    case .gasLimitOutOfRange:
      self.init(
        "a gas limit that can't be set", fields: "`value`, the text that was given.",
        meaning: "The limit is 1 to 2000000000, in plain digits without a leading zero. Nothing was run.",
        example: nil, advice: "Correct MTP_GAS_LIMIT or --gas-limit. A variable set to nothing is set: unset it.")
    case .effectNotGranted:
      self.init(
        "a call of an effect that this run was not given", fields: "`effect`, its name.",
        meaning: """
          What a program can do to the world is what the host grants it, to the handler alone: while the program's top
          level runs, there is nothing yet. A program that calls what is not granted at all is refused before it runs.
          """,
        example: nil, advice: "Call it inside the handler.")
    case .continuationMismatch:
      self.init(
        "an await whose continuation belongs to another call",
        meaning: "The same contId was used before with another promiseHash, so its recorded result is not this call's.",
        example: nil, advice: "Give each await in a request a contId of its own.")
    case .transactionAborted:
      self.init(
        "the database did not take what the request had written",
        meaning: """
          All that a request writes is committed together at its end, or not at all. Either a constraint that the schema
          puts off until then (DEFERRABLE INITIALLY DEFERRED) was violated, or a statement had ended the transaction
          before: by OR ROLLBACK, or by reaching a limit while it wrote.
          """,
        example: nil,
        advice: """
          Look at what each DbWrite.execute gives: after {Err: …} with the code LimitExceeded or ConstraintViolation the
          request may have nothing left to commit. Write the rows that others refer to in the same request.
          """)
    }
  }
}
