import Compiler
import Engine
import TestSupport
import Testing

/// Calls of effects: what reaches the host, what comes back, what must be paid first, and when effects are not
/// available.
@Suite struct EffectTests {
  /// Runs a handler. Returns how the run ended and what the host saw.
  private func run(
    _ handler: String, gasLimit: Int = 1_000_000, budgets: MachineLayout.Budgets = .standard,
    replies: [EffectReply] = []
  ) throws -> (result: Guest.Result, calls: [String]) {
    let ledger = try #require(HostEffect(name: Array("Ledger".utf8), operations: [Array("post".utf8)]))
    let image = try Guest.image(handler, hostEffects: [ledger])
    var calls: [String] = []
    let result = Guest.run(image: image, gasLimit: gasLimit, budgets: budgets) { name, arguments in
      calls.append("\(name) \(arguments.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())")
      return calls.count <= replies.count ? replies[calls.count - 1] : .notGranted
    }
    return (result, calls)
  }

  private func handler(_ expression: String) -> String { "export default function () { return \(expression) }" }

  /// `{"Ok": 7}` in canonical CBOR.
  private let seven = EffectReply.result([0xa1, 0x62, 0x4f, 0x6b, 0x07])

  @Test func argumentsGoOutAsCBORAndTheResultComesBack() throws {
    let (result, calls) = try run(handler("Ledger.post('a', [1, {b: true}])"), replies: [seven])
    #expect(calls == ["Ledger.post 8261618201a16162f5"])
    #expect(result.body == #"{"Ok":7}"#)
  }

  @Test func spreadArgumentsAndCallsInCallbacksWork() throws {
    let source = handler("[[1, 2], [3]].map(xs => Ledger.post(...xs).Ok)")
    let (result, calls) = try run(source, replies: [seven, seven])
    #expect(calls == ["Ledger.post 820102", "Ledger.post 8103"])
    #expect(result.body == "[7,7]")
  }

  @Test func callsAreMadeInOrderAndEachSeesTheResultBefore() throws {
    let source = handler("Ledger.post(Ledger.post(1).Ok + Ledger.post(2).Ok)")
    let (_, calls) = try run(source, replies: [seven, seven, seven])
    #expect(calls == ["Ledger.post 8101", "Ledger.post 8102", "Ledger.post 810e"])
  }

  @Test func effectsInTailPositionAndDeepCallsReturnWhereTheyWereCalled() throws {
    let source = """
      const down = n => n === 0 ? Ledger.post(n).Ok : 1 + down(n - 1)
      export default function () { return down(1000) }
      """
    #expect(try run(source, replies: [seven]).result.body == "1007")
  }

  @Test(arguments: [
    (EffectReply.notGranted, "EffectNotGranted"), (.invalidArgument, "InvalidArgument"),
    (.continuationMismatch, "ContinuationMismatch"),
  ])
  func refusalsOfTheHostEndTheRun(reply: EffectReply, error: String) throws {
    #expect(try run(handler("Log.info('x')"), replies: [reply]).result.error == error)
  }

  @Test func theErrorNamesTheEffect() throws {
    let body = try run(handler("Log.info('x')"), replies: [.notGranted]).result.body
    #expect(body.contains(#""error":"EffectNotGranted""#) && body.contains(#""effect":"Log.info""#))
  }

  @Test func staticInitialisersAndScriptsHaveNoEffects() throws {
    let initialiser = "const early = Log.info('x'); export default function () { return 1 }"
    for source in [initialiser, "Log.info('x')"] {
      let (result, calls) = try run(source, replies: [seven])
      #expect(calls.isEmpty)
      #expect(result.error == "EffectNotGranted")
    }
  }

  @Test(arguments: [
    ("Log.info()", "ArityMismatch"), ("Log.info('a', 1, 2)", "ArityMismatch"), ("Log.info(1)", "TypeMismatch"),
    ("DbRead.query('SELECT 1', {})", "TypeMismatch"), ("Random.int(1, 'a')", "TypeMismatch"),
    ("Log.info('a', () => 1)", "NotSerializable"), ("Ledger.post((() => {})())", "NotSerializable"),
    ("Async.await('a', 1, {args: []})", "NoSuchField"), ("Async.await('a', 1, {effect: 1, args: []})", "TypeMismatch"),
    ("Uuid.v4(1)", "ArityMismatch"), ("HttpOut.post('http://a')", "ArityMismatch"),
  ])
  func wrongArgumentsNeverReachTheHost(call: String, error: String) throws {
    let (result, calls) = try run(handler(call), replies: [seven])
    #expect(result.error == error)
    #expect(calls.isEmpty)
  }

  /// A call, the price of evaluating its arguments, the operation's own row (for `Async.await`, with three units for
  /// sorting two keys), the number of values and keys in its list of arguments, and the host's work: for the call, for a byte of arguments, and for a byte of the result.
  @Test(arguments: [
    ("Ledger.post(1)", 1, 0, 1, [1500, 1, 0]), ("Log.info('x')", 1, 5, 1, [2000, 1, 0]),
    ("DbRead.query('x', [])", 1 + 5, 100, 2, [3000, 3, 2]),
    ("DbWrite.execute('x', [])", 1 + 5, 150, 2, [5000, 3, 1]), ("HttpOut.get('x')", 1, 100, 1, [100_000, 2, 1]),
    ("HttpOut.delete('x')", 1, 100, 1, [100_000, 2, 1]), ("HttpOut.post('x', 'y')", 2, 120, 2, [100_000, 2, 1]),
    ("HttpOut.put('x', 'y')", 2, 120, 2, [100_000, 2, 1]), ("HttpOut.request({})", 5, 80, 1, [100_000, 2, 1]),
    ("Random.bytes(1)", 1, 10, 1, [1200, 0, 0]), ("Random.int(1, 2)", 2, 10, 2, [1200, 0, 0]),
    ("Uuid.v4()", 0, 10, 0, [1200, 0, 0]), ("Clock.now()", 0, 0, 0, [1200, 0, 0]),
    ("Async.await('x', 1, {effect: 'Log.warn', args: []})", 2 + 1 + 5 + 5, 5 + 3, 3 + 4, [600 + 2000, 1 + 1, 0]),
    ("Async.await('x', 1, {effect: 'Ledger.post', args: []})", 2 + 1 + 5 + 5, 3, 3 + 4, [600 + 1500, 1 + 1, 0]),
  ])
  func callsCostWhatTheirRowsSay(call: String, arguments: Int, own: Int, nodes: Int, work: [Int]) throws {
    let (result, calls) = try run(handler(call), replies: [seven])
    #expect(calls.count == 1)
    let bytes = calls[0].split(separator: " ")[1].count / 2
    // The result has 5 bytes.
    let host = work[0] + work[1] * bytes + work[2] * 5
    // A byte of the request, FUNC_CALL of the handler, EFFECT_PERFORM, the argument bytes in blocks of 8 beyond the
    // first, the bytes of the result beyond the first, RETURN, and a key and a value in the response.
    #expect(
      result.gas == 1 + 5 + arguments + 100 + own + 3 * nodes + max(0, (bytes + 7) / 8 - 1) + host + 4 + 3 + 3 * 2)
  }

  @Test func noEffectIsPerformedThatWasNotPaidFor() throws {
    let source = handler("Ledger.post('0123456789abcdef')")
    let full = try run(source, replies: [seven])
    for limit in 1...full.result.gas + 1 {
      let (result, calls) = try run(source, gasLimit: limit, replies: [seven])
      // A byte of the request, the call of the handler, the argument, the effect, a value in the list of arguments,
      // 18 bytes of CBOR, and the host's work.
      #expect(calls.count == (limit > 1 + 5 + 1 + 100 + 3 + 2 + 1500 + 18 ? 1 : 0), "limit \(limit)")
      #expect((result.error == "GasExhausted") == (limit <= full.result.gas), "limit \(limit)")
    }
  }

  @Test func theBytesOfAResultArePaidFor() throws {
    let source = handler("Ledger.post(1).length === 0")
    func gas(_ bytes: [UInt8]) throws -> Int { try run(source, replies: [.result(bytes)]).result.gas }
    // The price of a String's `length` does not depend on its size.
    #expect(try gas([0x78, 200] + [UInt8](repeating: 0x61, count: 200)) - gas([0x61, 0x61]) == 200)
  }

  @Test func aResultThatDoesNotFitEndsInMemoryExhausted() throws {
    let text = [UInt8](repeating: 0x61, count: 60_000)
    let reply = EffectReply.result([0x79, 0xea, 0x60] + text)
    let budgets = MachineLayout.Budgets(stackWords: 10_000, heapBytes: 65_536)
    #expect(try run(handler("Ledger.post(1)"), budgets: budgets, replies: [reply]).result.error == "MemoryExhausted")
  }
}

/// Reading CBOR is the inverse of writing it, and accepts nothing else.
@Suite struct CBORReadingTests {
  private func echo(_ bytes: [UInt8]) throws -> Guest.Result {
    let ledger = try #require(HostEffect(name: Array("Ledger".utf8), operations: [Array("post".utf8)]))
    let image = try Guest.image("export default function () { return Hash.cbor(Ledger.post()) }", hostEffects: [ledger])
    return Guest.run(image: image) { _, _ in .result(bytes) }
  }

  private func hex(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap { index in
      UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
    }
  }

  /// Values of every kind, in the form that `Hash.cbor` returns for them.
  @Test(arguments: [
    // Ints, Strings, Arrays, Records
    "00", "17", "1818", "190100", "1a00010000", "1b7fffffffffffffff", "20", "3863", "3b7fffffffffffffff", "60", "6161",
    "64f09f9880", "80", "83010203", "a0", "a16161f6", "a2616101626162f4", "f4", "f5", "f6", "82a1616101a1616102",
    // Decimals: 1.5, 0.0000000000000001, 0, a coefficient beyond 64 bits
    "c482200f", "c4822f01", "c4820000", "c48200c249010000000000000001",
    // Maps, with keys of all kinds
    "d90103a0", "d90103a1f601", "d90103a201022003", "d90103a182010200", "d90103a1c482000000",
    "d90103a20102810304", "d90103a1a1616101d90103a0",
  ])
  func canonicalFormsComeBackAsTheyAre(text: String) throws { #expect(try echo(hex(text)).body == "\"\(text)\"") }

  @Test(arguments: [
    // nothing; arguments that are not in their shortest form; reserved and indefinite heads; byte strings
    "", "1800", "1817", "190001", "1a00000001", "1b0000000000000001", "1c", "1f", "5f", "40", "9f01ff",
    // strings that are too long, cut off, or not UTF-8; Arrays that are cut off; a number beyond 64 bits
    "7800", "61ff", "62c3", "6261", "81", "8201", "1b8000000000000000", "3b8000000000000000",
    // Records that are cut off or have keys that are not strings, out of order, duplicate, or too many
    "a1", "a10101", "a161610100", "a2616201616101", "a2616101616102", "a262616101616202", "a2616101",
    // simple values and floating-point numbers, which the language does not have
    "f7", "f0", "f820", "f93c00", "fb3ff8000000000000",
    // Decimals: cut off, trailing zeros, a power of ten for zero, an unnecessary bignum, out of range
    "c0", "c4", "c48200", "c482200a", "c4820100", "c48220190064", "c48200c24101", "c48200c249000000000000000001",
    "c482182301", "c482381c01",
    // Maps: not a map, out of order, duplicate
    "d90103", "d9010380", "d90103a202010102", "d90103a201020103",
    // more than one value
    "0000",
  ])
  func everythingElseIsRefused(text: String) throws {
    #expect(try echo(hex(text)).error == "NotSerializable", "\(text)")
  }

  @Test func depthIsBoundedByTheStackBudgetAlone() throws {
    let deep = [UInt8](repeating: 0x81, count: 100_000) + [0x00]
    #expect(try echo(deep).error == nil)
    let deeper = [UInt8](repeating: 0x81, count: 200_000) + [0x00]
    #expect(try echo(deeper).error == "StackExhausted")
  }
}
