import ArgumentParser
import EffectsHTTP
import EffectsSQLite
import Host
import SQLite
import Snapshot

/// What a program may do to the world, and where it is recorded.
struct EffectOptions: ParsableArguments {
  @Option(
    name: .customLong("grant"),
    help: ArgumentHelp(
      "Grants a capability; may be given several times.",
      discussion: """
        Log, or Log=FILE for its lines, which go to standard error otherwise; Random; Uuid; Clock; DbRead=FILE; \
        DbWrite=FILE; HttpOut=SERVER, once for each server: host, host:port, or http://host:port without TLS.
        """,
      valueName: "effect[=scope]"))
  var grants: [String] = []

  @Option(
    name: .customLong("secret-header"),
    help: ArgumentHelp(
      "Adds a header to every request to a granted server; may be given several times.",
      discussion: """
        Its value is the first line of a file. Neither program nor journal nor audit log see it.
        """,
      valueName: "server=name:file"))
  var secretHeaders: [String] = []

  @Option(
    help: ArgumentHelp(
      "Records the request with all its effects, for mqjs replay, and gives the same request the same answer.",
      discussion: "An SQLite file, made if it is not there; with DbWrite it must be the same one.", valueName: "file"),
    completion: .file())
  var journal: String?

  @Option(help: ArgumentHelp("Where the audit log is.", valueName: "file"), completion: .file())
  var audit: String?

  @Option(
    help: ArgumentHelp("The private key that signs the audit log's checkpoints.", valueName: "key.pem"),
    completion: .file(extensions: ["pem"]))
  var auditKey: String?

  @Option(
    help: ArgumentHelp(
      "The host key that journal and audit log seal classified data under.",
      discussion: "Without one they keep nothing of it. mqjs keygen --host-key makes one.", valueName: "file"),
    completion: .file())
  var hostKey: String?

  mutating func validate() throws {
    if auditKey != nil, audit == nil { throw ValidationError("--audit-key signs the log that --audit names.") }
  }

  /// The journal; nil if none is asked for.
  func openJournal() throws -> Journal? {
    try journal.map { try Journal(try DatabaseFile($0, .creating)) }
  }

  /// The host key; nil if none is given.
  func readHostKey() throws -> HostKey? {
    try hostKey.map { try HostKey(readingFrom: $0) }
  }

  /// The audit log; nil if none is asked for.
  func auditLog() throws -> AuditLog? {
    let key = try auditKey.map { try SigningKey(readingFrom: $0) }
    return try audit.map { try AuditLog($0, key: key) }
  }

  /// The option that grants a capability; nil if the command has no such one.
  static func grant(of effect: String) -> String? {
    switch effect {
    case "DbRead", "DbWrite": "--grant \(effect)=FILE"
    case "HttpOut": "--grant HttpOut=HOST"
    case "Log", "Random", "Uuid", "Clock": "--grant \(effect)"
    default: nil
    }
  }

  /// What is granted.
  func granted() throws -> Grants {
    var effects: [any Effect] = []
    let servers = grants.filter { $0.hasPrefix("HttpOut=") }.map { String($0.dropFirst("HttpOut=".count)) }
    let secrets = try secretHeaders.map { try SecretHeader($0, servers: servers) }
    if !servers.isEmpty { effects.append(try HttpOutEffect(try servers.map { try server($0, secrets) })) }
    for grant in grants where !grant.hasPrefix("HttpOut=") {
      let parts = grant.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let effect = try effect(named: parts[0], scope: parts.count > 1 ? parts[1] : nil)
      if effects.contains(where: { $0.name == effect.name }) {
        throw CommandError("--grant \(grant): \(effect.name) is granted twice")
      }
      effects.append(effect)
    }
    return Grants(effects)
  }

  private func effect(named name: String, scope: String?) throws -> any Effect {
    switch (name, scope) {
    case ("Log", let path): return try log(path)
    case ("Random", nil): return RandomEffect()
    case ("Uuid", nil): return UuidEffect()
    case ("Clock", nil): return ClockEffect()
    case ("DbRead", let path?): return DbReadEffect(try DatabaseFile(path, .reading))
    case ("DbWrite", let path?): return DbWriteEffect(try DatabaseFile(path, .writing))
    case ("Random", _), ("Uuid", _), ("Clock", _):
      throw CommandError("--grant \(name): this capability has no scope", hint: "--grant \(name)")
    case ("DbRead", nil), ("DbWrite", nil):
      throw CommandError("--grant \(name): which database?", hint: "--grant \(name)=FILE")
    case ("HttpOut", _): throw CommandError("--grant HttpOut: which server?", hint: "--grant HttpOut=HOST")
    default:
      throw CommandError(
        "--grant \(name): there is no such capability", hint: "there are Log Random Uuid Clock DbRead DbWrite HttpOut")
    }
  }

  private func server(_ name: String, _ secrets: [SecretHeader]) throws -> HTTPGrant {
    guard let grant = HTTPGrant(name, secrets: secrets.filter { $0.server == name }.map(\.header)) else {
      throw CommandError(
        "--grant HttpOut=\(name): this is no server",
        hint: "a server is host, host:port, or http://host:port; addresses are written in full: 127.0.0.1, [::1]")
    }
    return grant
  }

  private func log(_ path: String?) throws -> LogEffect {
    guard let path else { return LogEffect { Console.say($0) } }
    let file = LogFile(try AppendOnlyFile(path))
    return LogEffect { (line) throws(HostFault) in try file.append(line) }
  }
}

/// A header that the host adds: `SERVER=NAME:FILE`.
private struct SecretHeader {
  let server: String
  let header: HTTPGrant.Header

  /// Reads the value from its file, without the line end that editors leave there.
  init(_ option: String, servers: [String]) throws {
    guard let server = servers.first(where: { option.hasPrefix("\($0)=") }) else {
      throw CommandError(
        "--secret-header \(option): the server is not among those granted",
        hint: "--grant HttpOut=api.example.com --secret-header api.example.com=authorization:token.txt")
    }
    let parts = option.dropFirst(server.count + 1).split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw CommandError("--secret-header \(option): a name, a colon and a file belong behind the server")
    }
    let text = try SystemFile.read(parts[1], limit: 65_536).prefix { $0 != UInt8(ascii: "\n") }
    guard let header = HTTPGrant.Header(parts[0], String(decoding: text, as: UTF8.self)) else {
      throw CommandError("--secret-header: \(parts[0]) and the first line of \(parts[1]) make no header")
    }
    self.server = server
    self.header = header
  }
}

/// A file for log lines. The command has one thread.
private final class LogFile: Sendable {
  private let file: AppendOnlyFile

  init(_ file: consuming AppendOnlyFile) { self.file = file }

  func append(_ line: [UInt8]) throws(HostFault) {
    do throws(SnapshotError) {
      try file.append(line, isDurable: false)
    } catch {
      throw HostFault("log \(error.message)")
    }
  }
}
