import Compiler
import EffectsSQLite
import Foundation
import Host
import OperatingSystem
import SQLite
import Snapshot
import Synchronization
import TestSupport

/// A database with a table, a journal in it, an audit log, and a courier.
struct Office {
  /// A host's own irrevocable effect. It counts its calls, and fails on demand.
  final class Courier: Effect {
    let name = "Courier"
    let isIrrevocable = true
    let sent = Mutex<[String]>([])
    let dies = Mutex(false)
    /// Called while the parcel is under way.
    let onTheWay = Mutex<@Sendable (String) -> Void>({ _ in })

    func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
      let parcel = call.arguments.first?.text ?? ""
      sent.withLock { $0.append(parcel) }
      onTheWay.withLock { $0 }(parcel)
      if dies.withLock({ $0 }) { throw HostFault("the courier died on the way") }
      return .success(["number": .integer(Int64(sent.withLock { $0.count }))])
    }
  }

  static let hostEffects = [HostEffect(name: Array("Courier".utf8), operations: [Array("send".utf8)])]
    .compactMap { $0 }

  let folder: Workspace
  let file: DatabaseFile
  let journal: Journal
  let audit: AuditLog
  let courier = Courier()

  init() throws {
    folder = try Workspace()
    file = try DatabaseFile(folder("office.db"), .creating)
    journal = try Journal(file)
    audit = try AuditLog(folder("audit.log"))
    try file.takeWriter().execute("CREATE TABLE notes (text TEXT NOT NULL)")
  }

  var grants: Grants {
    Grants([DbReadEffect(file), DbWriteEffect(file), courier, RandomEffect(), UuidEffect(), ClockEffect()])
  }

  func host(
    _ source: String, journal other: Journal? = nil, claimTimeout: Int64 = RequestHost.standardClaimTimeout
  ) throws -> RequestHost {
    try RequestHost(
      pool: try Office.pool(source), grants: grants, journal: other ?? journal, audit: audit,
      claimTimeout: claimTimeout)
  }

  func notes() throws -> [[SQLiteValue]] { try file.takeReader().rows("SELECT text FROM notes") }

  var auditText: String { get throws { String(decoding: try folder.read("audit.log"), as: UTF8.self) } }

  func auditKinds() throws -> [String] {
    try auditText.split(separator: "\n").compactMap { line in
      line.split(separator: "\"kind\":\"").dropFirst().first?.prefix { $0 != "\"" }
    }.map(String.init)
  }

  static func pool(_ source: String) throws -> SandboxPool {
    let image = try Guest.image(source, hostEffects: hostEffects)
    return try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"))
  }
}

/// Answers a request.
func answer(
  _ host: RequestHost, _ request: String, id: String = "r", account: String = "a", gasLimit: String? = nil,
  isNewAttempt: Bool = false
) throws -> Answer {
  try host.answer(
    SecretBytes(copying: Array(request.utf8)),
    identity: RequestIdentity(requestID: id, accountID: account, functionVersion: "1"),
    gasLimit: try gasLimit.map { try GasLimit($0) } ?? .standard, isNewAttempt: isNewAttempt)
}

/// The body of an answer as a string.
func body(_ answer: Answer) -> String { String(decoding: answer.body.unprotectedCopy, as: UTF8.self) }
