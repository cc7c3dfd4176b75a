import Compiler
import EffectsSQLite
import Engine
import Foundation
import Host
import OperatingSystem
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// A database with a journal in it, an audit log, and possibly a host key.
final class ClassifiedOffice: Sendable {
  /// The data that must not be found anywhere.
  static let card = "4000123412341234"

  // MARK: Programs and their data

  /// A request with the card number.
  static let request = #"{"card":"\#(card)"}"#
  /// Writes, sends, and returns the card number of the request.
  static let payment = """
    DbWrite.execute("INSERT INTO notes VALUES (?)", [Text.sha256(request.card + "pepper")]);
    Courier.send(request.card);
    return {card: request.card, id: Uuid.v4().Ok};
    """

  /// The arguments and results of the `payment` program.
  static let values: [CBORValue] = [
    [.string(card)], .string(card), ["Ok": .string(card)], .record([.init("Ok", .string("sent"))]),
  ]

  /// Gets the card number from an effect, after a call without it.
  static let fetching = """
    Courier.send("before");
    const card = Vault.read().Ok;
    Courier.send(card);
    return {card};
    """

  /// Fails after two irrevocable calls.
  static let trapped = """
    const card = Courier.fetch().Ok;
    const sent = Courier.send(card);
    Trap.pass();
    return [sent, card];
    """

  // MARK: The office

  static let hostEffects = [("Vault", ["read"]), ("Courier", ["send", "fetch"]), ("Trap", ["pass"])].compactMap {
    HostEffect(name: Array($0.0.utf8), operations: $0.1.map { Array($0.utf8) })
  }

  let folder: Workspace
  let file: DatabaseFile
  let journal: Journal
  let audit: AuditLog
  let courier = CourierEffect()
  let trap = TrapEffect()
  let key: HostKey?
  /// The protection that reports show for a request whose record is sealed under the host's key.
  var sealed: RecordProtection<Hash256>? { key.map { .sealed($0.identifier) } }
  let source: String

  init(_ source: String, key: HostKey? = HostKey()) throws {
    folder = try Workspace()
    file = try DatabaseFile(folder("office.db"), .creating)
    journal = try Journal(file)
    audit = try AuditLog(folder("audit.log"))
    self.key = key
    self.source = "export default function (request) { \(source) }"
    try file.takeWriter().execute("CREATE TABLE notes (text TEXT NOT NULL)")
  }

  func host(_ key: HostKey?) throws -> RequestHost {
    let grants = Grants([DbReadEffect(file), DbWriteEffect(file), courier, trap, VaultEffect(), UuidEffect()])
    return try RequestHost(
      pool: try pool(.standard), grants: grants, journal: journal, audit: audit, hostKey: key, allowsUnlocked: true)
  }

  func pool(_ budgets: MachineLayout.Budgets) throws -> SandboxPool {
    let image = try Guest.image(source, hostEffects: Self.hostEffects)
    return try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"), budgets: budgets)
  }

  /// Answers a request, which is classified by default.
  func answer(_ request: String, id: String = "r", isClassified: Bool = true, key other: HostKey?? = nil) throws
    -> Answer
  {
    let protection: MemoryProtection = isClassified ? .classified(allowsUnlocked: true) : .standard
    let bytes = Array(request.utf8)
    return try host(other ?? key).answer(
      try SecretBytes(copying: bytes.span, protection: protection),
      identity: RequestIdentity(requestID: id, accountID: "a", functionVersion: "1"), gasLimit: .standard,
      protection: protection)
  }

  func sql(_ statement: String) throws { try file.takeWriter().execute(statement) }

  func replay(_ key: HostKey?) throws -> [Replay.Result] {
    var replay = Replay(hostKey: key, allowsUnlocked: true) { (budgets) throws(SnapshotError) in
      do { return try self.pool(budgets) } catch { throw SnapshotError(.notASnapshot, path: "test") }
    }
    var results: [Replay.Result] = []
    try JournalReader(file).forEachRequest { (row) throws(HostFault) in
      guard let result = try? replay.run(row) else { throw HostFault("no pool") }
      results.append(result)
    }
    return results
  }

  var auditText: String { get throws { String(decoding: try folder.read("audit.log"), as: UTF8.self) } }

  /// Which of these byte sequences occur in which files of the office: databases, write-ahead logs and the audit log.
  func files(with needles: [String: [UInt8]]) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.folder.path).flatMap { name in
      let content = Data(try folder.read(name))
      return needles.filter { content.range(of: Data($0.value)) != nil }.map { "\($0.key) in \(name)" }
    }
  }

  /// The card number, and SHA-256 of everything recorded about it, as bytes and as hexadecimal digits.
  func needles(_ request: String, _ answer: Answer, _ values: CBORValue...) -> [String: [UInt8]] {
    var needles = ["card number": Array(ClassifiedOffice.card.utf8)]
    let hashed =
      [
        "input": Array(request.utf8), "response": answer.body.unprotectedCopy,
        "card number": Array(ClassifiedOffice.card.utf8),
      ]
      .merging(values.enumerated().map { ("value \($0)", $1.encoded) }) { $1 }
    for (name, bytes) in hashed {
      needles["SHA-256 of \(name)"] = Hash256(of: bytes).bytes
      needles["SHA-256 of \(name), hexadecimal"] = Array(Hash256(of: bytes).hex.utf8)
    }
    return needles
  }
}

/// Returns the card number as classified data.
struct VaultEffect: Effect {
  let name = "Vault"
  func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
    .success(.string(ClassifiedOffice.card), isClassified: true)
  }
}

/// Sends its argument, which is irrevocable. `fetch` returns the card number as classified data. It can be told to die
/// while sending.
final class CourierEffect: Effect {
  let name = "Courier"
  let isIrrevocable = true
  let sent = Mutex(0)
  let dies = Mutex(false)

  func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    sent.withLock { $0 += 1 }
    if dies.withLock({ $0 }) { throw HostFault("the courier died on the way") }
    return call.operation == "fetch"
      ? .success(.string(ClassifiedOffice.card), isClassified: true) : .success("sent")
  }
}

/// Fails while it is set, after the calls before it have been made.
final class TrapEffect: Effect {
  let name = "Trap"
  let isSet = Mutex(true)
  func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    if isSet.withLock({ $0 }) { throw HostFault("the host fell into the trap") }
    return .success(.null)
  }
}
