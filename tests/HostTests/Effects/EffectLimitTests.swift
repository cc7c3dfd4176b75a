import Compiler
import Engine
import Host
import OperatingSystem
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// Limits on the effects of a request: where each one is, and that the program can continue after reaching it.
@Suite struct EffectLimitTests {
  /// A host's own effect that counts its calls and returns a string of the requested length.
  private final class Echo: Effect {
    let name = "Echo"
    let takesEncodedArguments: Bool
    let callLimit: Int?
    let calls = Mutex(0)

    init(takesEncodedArguments: Bool = false, callLimit: Int? = nil) {
      self.takesEncodedArguments = takesEncodedArguments
      self.callLimit = callLimit
    }

    func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
      calls.withLock { $0 += 1 }
      if call.operation == "fail" { return .failure(EffectError("Failed", call.arguments.first?.text ?? "")) }
      return .success(.string(String(repeating: "x", count: Int(call.arguments.first?.number ?? 0))))
    }
  }

  private func answer(
    _ expression: String, _ effects: [any Effect], gasLimit: String = "100000000", heapBytes: Int = 256 << 20
  ) throws -> (body: String, report: RunReport) {
    let own = try #require(HostEffect(name: Array("Echo".utf8), operations: [Array("get".utf8), Array("fail".utf8)]))
    let image = try Guest.image("export default function () { \(expression) }", hostEffects: [own])
    let pool = try SandboxPool(
      VerifiedSnapshot(compiledHere: image, path: "test"), budgets: .init(stackWords: 524_288, heapBytes: heapBytes))
    let host = try RequestHost(pool: pool, grants: Grants(effects))
    let answer = try host.answer(
      SecretBytes(copying: Array("{}".utf8)),
      identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"),
      gasLimit: try GasLimit(gasLimit))
    return (String(decoding: answer.body.unprotectedCopy, as: UTF8.self), answer.report)
  }

  /// Awaited calls count like others, and other effects can still be called.
  @Test func anEffectCanLimitItsCalls() throws {
    let echo = Echo(callLimit: 2)
    let source = """
      const awaited = {effect: "Echo.get", args: [1]};
      const rs = [Echo.get(1), Async.await(Hash.sha256(awaited), 1, awaited), Echo.get(1),
        Async.await(Hash.sha256(awaited), 2, awaited), Uuid.v4()];
      return rs.map((r) => Result.isOk(r) ? "Ok" : r.Err.code).join(" ");
      """
    let body = try answer(source, [echo, UuidEffect()]).body
    #expect(body == "\"Ok Ok LimitExceeded LimitExceeded Ok\"")
    #expect(echo.calls.withLock { $0 } == 2)
  }

  @Test func argumentsHaveAsManyValuesAsTheHostReads() throws {
    // The list of arguments is a value, and so is the list in it.
    for (count, code) in [(65_533, "Ok"), (65_534, "LimitExceeded")] {
      let echo = Echo()
      let source = """
        const double = (xs, n) => n === 0 ? xs : double(xs.concat(xs), n - 1);
        const r = Echo.get(0, double([""], 16).slice(0, \(count))); return Result.isOk(r) ? "Ok" : r.Err.code;
        """
      #expect(try answer(source, [echo]).body == "\"\(code)\"", "\(count)")
      #expect(echo.calls.withLock { $0 } == (code == "Ok" ? 1 : 0))
    }
  }

  @Test func argumentsHaveAsManyBytesAsOneCallTakes() throws {
    // The head of the list takes one byte, and that of the string takes five.
    for (count, code) in [(4_194_304 - 6, "Ok"), (4_194_304 - 5, "LimitExceeded")] {
      for isEncoded in [false, true] {
        let echo = Echo(takesEncodedArguments: isEncoded)
        let source = "const r = Echo.get('x'.repeat(\(count))); return Result.isOk(r) ? 'Ok' : r.Err.code;"
        let (body, report) = try answer(source, [echo])
        #expect(body == "\"\(code)\"" && report.effects[0].outcome == code, "\(count): \(body)")
        #expect(echo.calls.withLock { $0 } == (code == "Ok" ? 1 : 0))
      }
    }
  }

  /// If an effect takes encoded arguments, they are not decoded into values.
  @Test func bytesHoldAnyNumberOfValues() throws {
    let source = """
      const double = (xs, n) => n === 0 ? xs : double(xs.concat(xs), n - 1);
      return Result.isOk(Echo.get(double([""], 17)));
      """
    #expect(try answer(source, [Echo(takesEncodedArguments: true)]).body == "true")
  }

  @Test func resultsHaveAsManyBytesAsAreKept() throws {
    // Four bytes for `{"Ok":`, and five for the head of the string.
    for (count, code) in [(8_388_608 - 9, "Ok"), (8_388_608 - 8, "LimitExceeded")] {
      let source = "const r = Echo.get(\(count)); return Result.isOk(r) ? 'Ok' : r.Err.code;"
      #expect(try answer(source, [Echo()]).body == "\"\(code)\"", "\(count)")
    }
  }

  /// After 64 MiB of results, no further call is made. The same result counts each time it is returned.
  @Test(arguments: [
    "n => Echo.get(8000000)",
    "n => Async.await(Hash.sha256({effect: 'Echo.get', args: [8000000]}), 1, {effect: 'Echo.get', args: [8000000]})",
  ])
  func noCallIsMadeAfterSixtyFourMebibytesOfResults(call: String) throws {
    let source = """
      const call = \(call);
      const code = r => Result.isOk(r) ? "Ok" : r.Err.code;
      return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(n => code(call(n)));
      """
    let (body, report) = try answer(source, [Echo()])
    let codes = report.effects.map(\.outcome)
    #expect(codes == Array(repeating: "Ok", count: 9) + ["LimitExceeded", "LimitExceeded"], "\(body)")
  }

  @Test func aRequestMakesAtMostTenThousandCalls() throws {
    let source = """
      const go = (n, good) => n === 0 ? good : go(n - 1, good + (Result.isOk(Echo.get(0)) ? 1 : 0));
      const good = go(10050, 0);
      return {good, last: Echo.get(0).Err.code, log: Log.info("x").Err.code};
      """
    let echo = Echo()
    let (body, report) = try answer(source, [echo, LogEffect { _ in Issue.record("a line was written") }])
    #expect(body.contains(#""good":10000"#) && body.contains(#""last":"LimitExceeded""#))
    #expect(body.contains(#""log":"LimitExceeded""#))
    #expect(echo.calls.withLock { $0 } == 10_000)
    // The first call beyond the limit is the last one that is recorded.
    #expect(report.effects.count == 10_001 && report.effects.last?.outcome == "LimitExceeded")
    #expect(report.effects.filter { $0.outcome == "Ok" }.count == 10_000)
  }

  /// Calls without a record give the same results in a replay.
  @Test func callsWithoutARecordAreReplayed() throws {
    let folder = try Workspace()
    let source = """
      const go = (n, good) => n === 0 ? good : go(n - 1, good + (Result.isOk(Uuid.v4()) ? 1 : 0));
      export default function (request) { return go(request.calls, 0); }
      """
    func pool(_ budgets: MachineLayout.Budgets = .standard) throws -> SandboxPool {
      try SandboxPool(VerifiedSnapshot(compiledHere: Guest.image(source), path: "test"), budgets: budgets)
    }
    let file = try DatabaseFile(folder("journal.db"), .creating)
    let host = try RequestHost(pool: try pool(), grants: Grants([UuidEffect()]), journal: try Journal(file))
    for calls in [9_999, 10_000, 10_001, 10_100] {
      let answer = try host.answer(
        SecretBytes(copying: Array(#"{"calls":\#(calls)}"#.utf8)),
        identity: RequestIdentity(requestID: "r\(calls)", accountID: "a", functionVersion: "1"),
        gasLimit: try GasLimit("100000000"))
      #expect(String(decoding: answer.body.unprotectedCopy, as: UTF8.self) == String(min(calls, 10_000)))
      #expect(answer.report.effects.count == min(calls, 10_001))
    }
    var replay = Replay { (budgets) throws(SnapshotError) in
      do { return try pool(budgets) } catch { throw SnapshotError(.notASnapshot, path: "\(error)") }
    }
    try JournalReader(file).forEachRequest { (row) throws(HostFault) in
      do throws(SnapshotError) { #expect(try replay.run(row).divergences == []) } catch {
        throw HostFault(error.message)
      }
    }
  }

  @Test func logLinesAreLimitedInSizeAndNumber() throws {
    let lines = Mutex(0)
    let log = LogEffect { line in
      lines.withLock { $0 += 1 }
      #expect(line.count < 7 * 65_536)
    }
    let source = """
      const code = r => Result.isOk(r) ? "Ok" : r.Err.code;
      const long = "\\u0001".repeat(65536 - 4);
      const go = n => n === 0 ? [] : [code(Log.info(long))].concat(go(n - 1));
      return [code(Log.warn(long + "x"))].concat(go(66));
      """
    let (_, report) = try answer(source, [log])
    let expected = ["LimitExceeded"] + Array(repeating: "Ok", count: 64) + ["LimitExceeded", "LimitExceeded"]
    #expect(report.effects.map(\.outcome) == expected)
    #expect(lines.withLock { $0 } == 64)
  }

  @Test func messagesOfErrorsAreCutAtTheirLimit() throws {
    let source = "return Echo.fail('\u{1f600}'.repeat(1000)).Err.message;"
    let body = try answer(source, [Echo()]).body
    #expect(body == "\"\(String(repeating: "\u{1f600}", count: 255))...\"")
    #expect(EffectError("Code", String(repeating: "x", count: 1024)).message.utf8.count == 1024)
  }
}
