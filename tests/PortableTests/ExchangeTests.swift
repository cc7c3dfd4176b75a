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

  @Test func aRejectedProgramIsAnsweredWithItsDiagnostics() throws {
    let answer = Portable.answer(Self.message([("main.js", "const x = ;\n")]))
    #expect(answer.first == 1)
    #expect(String(decoding: answer, as: UTF8.self).contains("main.js:1:11: error[MQ"))
  }

  @Test(arguments: [
    (message(program, heap: 1), "HeapLimitOutOfRange"), (message(program, heap: 1 << 31), "HeapLimitOutOfRange"),
    (message(program, stack: 0), "StackLimitOutOfRange"), (message(program, gasLimits: [0]), "GasLimitOutOfRange"),
    (message(program, gasLimits: [2_000_000_001]), "GasLimitOutOfRange"), (message([]), "NoFiles"),
    (message(program, replies: [4]), "MalformedMessage"), ([], "UnknownMessage"), ([9], "UnknownMessage"),
    ([4], "MalformedMessage"),
    ([3, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8], "MalformedMessage"), ([5, 0, 0, 0, 0], "DefectiveSnapshot"),
  ])
  func refusalsHaveNames(message: [UInt8], name: String) {
    #expect(Portable.answer(message) == [2] + Self.text(name))
  }

  /// Each message that is cut short, and each with a byte changed to a large number, is refused or answered.
  @Test func damagedMessagesAreAnswered() {
    let message = Self.message(Self.program, request: "{\"a\": 2, \"b\": 40}")
    for count in message.indices { #expect(Portable.answer(Array(message[..<count])).first == 2) }
    for index in message.indices {
      var damaged = message
      damaged[index] = 0xff
      #expect([0, 1, 2].contains(Portable.answer(damaged).first))
    }
  }
}
