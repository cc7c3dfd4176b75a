internal import EffectsHTTP
internal import EffectsSQLite
public import Host
internal import SQLite
public import Snapshot
internal import System

/// What a program may do to the world, and where it is recorded, as a command line says it.
public struct EffectSettings {
  /// `EFFECT` or `EFFECT=SCOPE`, each.
  public var grants: [String] = []
  /// `SERVER=NAME:FILE`, each.
  public var secretHeaders: [String] = []
  /// The journal's file.
  public var journal: String?
  /// The audit log's file.
  public var audit: String?
  /// The file of the private key that signs the audit log's checkpoints.
  public var auditKey: String?
  /// The file of the host key.
  public var hostKey: String?

  /// Nothing is granted and nothing is recorded unless it is said.
  public init() {}

  /// The journal; nil if none is asked for.
  public func openJournal() throws -> Journal? {
    guard let path = journal else { return nil }
    let file: DatabaseFile
    do throws(SQLiteError) {
      file = try DatabaseFile(path, .creating)
    } catch {
      throw CommandError(error, of: "--journal \(path)")
    }
    return try Journal(file)
  }

  /// Adds the files that are named here.
  public func name(in files: inout NamedFiles) {
    for grant in grants {
      let parts = grant.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "Log": files.add("--grant Log", parts[1], .writing)
      case "DbRead", "DbWrite": files.add(database: "--grant \(parts[0])", parts[1])
      default: break
      }
    }
    if let journal {
      files.add(database: "--journal", journal)
      files.add(database: "the -intents file of --journal", journal + "-intents")
      files.add("the -claims file of --journal", journal + "-claims", .writing)
    }
    files.add("--audit", audit, .writing)
    files.add("--audit-key", auditKey, .reading)
    files.add("--host-key", hostKey, .reading)
    for option in secretHeaders {
      files.add("--secret-header", option.split(separator: ":").last.map(String.init), .reading)
    }
  }

  /// The host key; nil if none is given.
  public func readHostKey() throws -> HostKey? {
    try hostKey.map { try HostKey(readingFrom: $0) }
  }

  /// The audit log; nil if none is asked for.
  public func auditLog() throws -> AuditLog? {
    let key = try auditKey.map { try SigningKey(readingFrom: $0) }
    return try audit.map { path in
      try SystemFile.checkWritable(path)
      return try AuditLog(path, key: key)
    }
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
  public func granted() throws -> Grants {
    var effects: [any Effect] = []
    let servers = grants.filter { $0.hasPrefix("HttpOut=") }.map { String($0.dropFirst("HttpOut=".count)) }
    let secrets = try secretHeaders.map { try SecretHeader($0, servers: servers) }
    for (index, secret) in secrets.enumerated() where secrets[..<index].contains(where: secret.replaces) {
      throw CommandError(
        "--secret-header \(secretHeaders[index]): \(secret.server) has a secret \(secret.header.name) already",
        hint: "give each header once for each server")
    }
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
    case ("DbRead", let path?): return DbReadEffect(try database(path, .reading, for: name))
    case ("DbWrite", let path?): return DbWriteEffect(try database(path, .writing, for: name))
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

  /// A database that is there: for a wrong path none is made, which would be taken for an empty one.
  private func database(
    _ path: String, _ mode: SQLiteConnection.Mode, for effect: String
  ) throws -> DatabaseFile {
    do throws(SQLiteError) {
      return try DatabaseFile(path, mode)
    } catch {
      var failure = CommandError(error, of: "--grant \(effect)=\(path)")
      if error.kind == .unusableFile {
        failure.hint = "the database must be there already: make it with its tables first"
      }
      throw failure
    }
  }

  private func server(_ name: String, _ secrets: [SecretHeader]) throws -> HTTPGrant {
    guard let grant = HTTPGrant(name, secrets: secrets.filter { $0.server == name }.map(\.header)) else {
      throw CommandError(
        "--grant HttpOut=\(name): this is not a server",
        hint: "a server is host, host:port, or http://host:port; addresses are written in full: 127.0.0.1, [::1]")
    }
    return grant
  }

  private func log(_ path: String?) throws -> LogEffect {
    guard let path else { return LogEffect { (line) throws(HostFault) in try Console.log(json: line) } }
    let file = LogFile(try AppendOnlyFile(path))
    return LogEffect { (line) throws(HostFault) in try file.append(line) }
  }
}
