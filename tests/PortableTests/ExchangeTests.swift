import Engine
import Portable
import TestSupport
import Testing

/// The portable host gives the same as the engine in this process, and answers every sequence of bytes.
@Suite struct ExchangeTests {
  private static let handler =
    "import { add } from \"./lib/add.js\";\nexport default function (request) { return add(request.a, request.b); }\n"
  private static let library = "export const add = (a, b) => a + b;\n"

  /// A message of the kind `buildAndRun`.
  private static func message(
    _ files: [(path: String, text: String)], request: String = "{}", heap: UInt64 = 1 << 20, stack: UInt64 = 4096,
    gasLimits: [UInt64] = [1_000_000], replies: [UInt8] = []
  ) -> [UInt8] {
    var bytes: [UInt8] = [4] + number(UInt64(files.count), 4)
    for file in files { bytes += text(file.path) + text(file.text) }
    bytes += number(0, 4) + [0] + text(request) + [UInt8](repeating: 0, count: 32)
    bytes += number(heap, 8) + number(stack, 8) + [0] + number(0, 8)
    bytes += number(UInt64(replies.count), 4) + replies.flatMap { text("Clock.now") + [$0] + text("") }
    return bytes + number(UInt64(gasLimits.count), 4) + gasLimits.flatMap { number($0, 8) }
  }

  private static func text(_ text: String) -> [UInt8] { number(UInt64(text.utf8.count), 4) + text.utf8 }

  private static func number(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  private static let program = [("main.js", handler), ("lib/add.js", library)]

  @Test func outcomesAreThoseOfTheEngine() throws {
    let answer = Portable.answer(
      Self.message(Self.program, request: "{\"a\": 2, \"b\": 40}", gasLimits: [1_000_000, 9]))
    let image = try Guest.image(
      Dictionary(uniqueKeysWithValues: Self.program), entry: "main.js", strips: false)
    var hash = SHA256()
    hash.add(image)
    var expected: [UInt8] = [0] + Self.number(32, 4) + hash.digest() + Self.number(2, 4)
    for limit in [1_000_000, 9] {
      let run = Guest.run(
        image: image, request: "{\"a\": 2, \"b\": 40}", gasLimit: limit,
        budgets: .init(stackWords: 4096, heapBytes: 1 << 20))
      var body = SHA256()
      body.add(Array(run.body.utf8))
      expected += Self.text(run.error ?? "") + Self.text(run.body) + Self.number(32, 4) + body.digest()
      expected += Self.number(UInt64(run.gas), 8) + Self.number(UInt64(run.heapPeakBytes), 8)
      expected += Self.number(UInt64(run.stackPeakWords), 8) + Self.number(0, 4)
    }
    #expect(answer == expected)
  }

  /// A message of the kind `profile`.
  private static func profile(
    _ files: [(path: String, text: String)], gasLimit: UInt64 = 1_000_000, stack: UInt64 = 4096
  ) -> [UInt8] {
    let sources = [6] + number(UInt64(files.count), 4) + files.flatMap { text($0.path) + text($0.text) }
    return sources + number(0, 4) + [0] + text("{\"a\": 2, \"b\": 40}") + number(gasLimit, 8) + number(stack, 8)
  }

  /// All of the run's gas is in frames, and what is not the host's is in lines.
  @Test func aProfileHasTheGasOfTheRun() throws {
    let image = try Guest.image(Dictionary(uniqueKeysWithValues: Self.program), entry: "main.js")
    let gas = Guest.run(image: image, request: "{\"a\": 2, \"b\": 40}", gasLimit: 1_000_000).gas
    var answer = Portable.answer(Self.profile(Self.program))[...]
    func take(_ count: Int) -> Int {
      defer { answer = answer.dropFirst(count) }
      return answer.prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    func takeText() -> String {
      let count = take(4)
      defer { answer = answer.dropFirst(count) }
      return String(decoding: answer.prefix(count), as: UTF8.self)
    }
    #expect(take(1) == 0 && take(8) == gas)
    let frames = (0..<take(4)).map { _ in (depth: take(4), kind: take(1), name: takeText(), own: take(8)) }
    #expect(
      frames.map { "\($0.depth) \($0.kind) \($0.name)" } == [
        "0 0 all", "1 0 (request and response)", "1 1 (top level)", "2 1 => (main.js:2)", "2 1 add (lib/add.js:1)",
      ])
    #expect(frames.reduce(0) { $0 + $1.own } == gas)
    let lines = (0..<take(4)).map { _ in (file: takeText(), number: take(4), units: take(8)) }
    #expect(lines.map { "\($0.file):\($0.number)" } == ["main.js:2", "lib/add.js:1"])
    #expect(lines.reduce(frames[1].own) { $0 + $1.units } == gas)
    #expect(answer.isEmpty)
  }

  @Test func aRejectedProgramIsAnsweredWithItsDiagnostics() throws {
    let answer = Portable.answer(Self.message([("main.js", "const x = ;\n")]))
    #expect(answer.first == 1)
    #expect(String(decoding: answer, as: UTF8.self).contains("main.js:1:11: error[MQ"))
  }

  @Test(arguments: [
    (message(program, heap: 1), "HeapLimitOutOfRange"), (message(program, heap: 1 << 31), "HeapLimitOutOfRange"),
    (message(program, stack: 0), "StackLimitOutOfRange"), (message(program, gasLimits: [0]), "GasLimitOutOfRange"),
    (message(program, gasLimits: [2_000_000_001]), "GasLimitOutOfRange"), (message([]), "NoFiles"),
    (profile(program, gasLimit: 0), "GasLimitOutOfRange"), (profile(program, stack: 0), "StackLimitOutOfRange"),
    (profile([]), "NoFiles"), (message(program, replies: [4]), "MalformedMessage"), ([], "UnknownMessage"),
    ([9], "UnknownMessage"),
    ([4], "MalformedMessage"),
    ([3, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8], "MalformedMessage"), ([5, 0, 0, 0, 0], "DefectiveSnapshot"),
  ])
  func refusalsHaveNames(message: [UInt8], name: String) {
    #expect(Portable.answer(message) == [2] + Self.text(name))
  }

  /// Each message that is cut short, and each with a byte changed to a large number, is refused or answered.
  @Test func damagedMessagesAreAnswered() {
    for message in [Self.message(Self.program, request: "{\"a\": 2, \"b\": 40}"), Self.profile(Self.program)] {
      for count in message.indices { #expect(Portable.answer(Array(message[..<count])).first == 2) }
      for index in message.indices {
        var damaged = message
        damaged[index] = 0xff
        #expect([0, 1, 2].contains(Portable.answer(damaged).first))
      }
    }
  }
}
