import EffectsHTTP
import EffectsSQLite
import Engine
import Host
import OperatingSystem
import SQLite
import Snapshot
import TestSupport
import Testing

/// Whatever a program passes to an effect, directly or through `Async.await`, it gets a value or a named error. The
/// host never fails.
@Suite struct EveryArgumentTests {
  /// Values of every kind, and strings and numbers at the ends of their ranges.
  private static let values = [
    "none", "(() => {})()", "true", "0", "-1", "9223372036854775807", "-9223372036854775807 - 1", "Decimal('1.5')",
    "Decimal('0.0000000000000000000000000001')", "Decimal('-9999999999999999999999999999999999')", "''", "'x'",
    "'a\\u0000b'",
    "'\\u{10ffff}\\ufffd'", "'x'.repeat(70000)", "'Log.info'", "'Async.await'", "'SELECT 1'", "[]", "[none]", "[[[]]]",
    "['x', 1, true]", "deep(300)", "many(66000)", "{}", "{args: []}", "{effect: 'Log.info'}", "{effect: 1, args: []}",
    "{effect: 'Log.info', args: {}}", "{effect: 'Log.info', args: none}", "{effect: 'Async.await', args: []}",
    "{effect: 'Log', args: ['x']}", "{effect: '.', args: []}", "{effect: '', args: []}",
    "{effect: 'Log.none', args: ['x']}", "{effect: 'None.none', args: []}", "{method: 'GET'}",
    "{url: 1, method: 'GET'}",
    "{method: 'GET', url: 'http://127.0.0.1:9/', headers: none}", "{'': ''}", "Map.of([[1, 2], [[1], {a: 1}]])",
    "() => 1", "Some(1)", "Err('x')",
  ]

  /// Arguments that each operation accepts, in order.
  static func arguments(of operation: EffectOperation) -> [String] {
    switch operation {
    case .async(.await): ["'x'", "1", "{effect: 'Log.info', args: ['x']}"]
    case .clock(.now), .uuid(.v4): []
    case .dbRead(.query): ["'SELECT 1 AS one'", "[]"]
    case .dbWrite(.execute): ["'DELETE FROM notes WHERE text = ?'", "['x']"]
    case .httpOut(.get), .httpOut(.delete): ["'http://127.0.0.1:9/'", "{}"]
    case .httpOut(.post), .httpOut(.put): ["'http://127.0.0.1:9/'", "'body'", "{}"]
    case .httpOut(.request): ["{method: 'GET', url: 'http://127.0.0.1:9/'}"]
    case .log: ["'x'", "1"]
    case .random(.bytes): ["1"]
    case .random(.int): ["1", "2"]
    }
  }

  /// Every effect that a host can grant, with one database and one server.
  static func effects(database: DatabaseFile, server: String) throws -> [any Effect] {
    [
      LogEffect { _ in }, RandomEffect(), UuidEffect(), ClockEffect(), DbReadEffect(database), DbWriteEffect(database),
      try HttpOutEffect([try #require(HTTPGrant(server))]),
    ]
  }

  private static let endings: Set<String> = [
    "value", "TypeMismatch", "ArityMismatch", "NotSerializable", "InvalidArgument", "EffectNotGranted", "NoSuchField",
  ]

  private static func handler(_ operation: EffectOperation) -> String {
    let name = "\(operation.capability.name).\(operation.definition.name)"
    return """
      const none = Result.unwrapOr(JSON.parse("null"), 0);
      const deep = n => n === 0 ? [] : [deep(n - 1)];
      const double = (xs, n) => n === 0 ? xs : double(xs.concat(xs), n - 1);
      const many = n => double([""], 17).slice(0, n);
      const values = [\(values.map { "() => (\($0))" }.joined(separator: ", "))];
      const good = [\(arguments(of: operation).joined(separator: ", "))];
      const code = r => Result.isOk(r) ? "Ok" : r.Err.code;
      export default function (request) {
        const value = values[request.value]();
        const args = request.adds ? good.concat([value]) : good.map((x, i) => i === request.place ? value : x);
        if (!request.awaits) { return code(\(name)(...args)); }
        const call = {effect: "\(name)", args};
        return code(Async.await(Hash.sha256(call), 1, call));
      }
      """
  }

  @Test(arguments: EffectOperation.allCases)
  func everyKindOfValueInEveryPlaceIsAnswered(operation: EffectOperation) throws {
    let folder = try Workspace()
    let file = try DatabaseFile(folder("app.db"), .creating)
    try file.takeWriter().execute("CREATE TABLE notes (text TEXT)")
    let pool = try SandboxPool(
      VerifiedSnapshot(compiledHere: Guest.image(Self.handler(operation)), path: "test"), idleLimit: 4)
    let host = try RequestHost(
      pool: pool, grants: Grants(try Self.effects(database: file, server: "http://127.0.0.1:9")))
    let count = Self.arguments(of: operation).count
    for value in Self.values.indices {
      for (place, adds) in (0..<count).map({ ($0, false) }) + [(0, true)] {
        for awaits in [false, true] {
          let request = #"{"value":\#(value),"place":\#(place),"adds":\#(adds),"awaits":\#(awaits)}"#
          let answer = try host.answer(
            SecretBytes(copying: Array(request.utf8)),
            identity: RequestIdentity(requestID: request, accountID: "a", functionVersion: "1"), gasLimit: .standard)
          let about = "\(operation) \(Self.values[value]) \(request)"
          #expect(Self.endings.contains(answer.report.run.outcome), "\(about): \(answer.report.run.outcome)")
          let body = String(decoding: answer.body.unprotectedCopy, as: UTF8.self)
          // An awaited call must have the same number and kinds of arguments as a direct call.
          if awaits, adds, operation != .async(.await), count == operation.definition.parameters.count {
            #expect(["NotSerializable", "value"].contains(answer.report.run.outcome), "\(about)")
            #expect(
              body == #""InvalidArgument""# || body == #""LimitExceeded""# || answer.trap != nil, "\(about): \(body)")
          }
        }
      }
    }
  }

  /// The call that `Async.await` makes is described by data, which may lack any part.
  @Test(arguments: [
    ("{effect: 'Log.info'}", "InvalidArgument"), ("{effect: 'Log.info', arg: ['x']}", "InvalidArgument"),
    ("{effect: 'Log.info', args: none}", "InvalidArgument"), ("{effect: 'Log.info', args: {}}", "InvalidArgument"),
    ("{args: ['x']}", "NoSuchField"), ("{effect: none, args: []}", "TypeMismatch"),
    ("{effect: 'Log.info', args: ['x']}", "value"), ("{effect: 'Clock.now', args: []}", "EffectNotGranted"),
  ])
  func awaitedCallsOfAnyFormAreAnswered(call: String, outcome: String) throws {
    let source = """
      const none = Result.unwrapOr(JSON.parse("null"), 0);
      export default function () { const c = \(call); return Async.await(Hash.sha256(c), 1, c); }
      """
    let pool = try SandboxPool(VerifiedSnapshot(compiledHere: Guest.image(source), path: "test"))
    let host = try RequestHost(pool: pool, grants: Grants([LogEffect { _ in }]))
    let answer = try host.answer(
      SecretBytes(copying: Array("{}".utf8)),
      identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), gasLimit: .standard)
    #expect(answer.report.run.outcome == outcome)
  }
}
