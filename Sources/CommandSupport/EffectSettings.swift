internal import EffectsHTTP
public import Host
internal import OperatingSystem
internal import SQLite
public import Snapshot

/// The granted effects and the files of the records, as given on a command line.
public struct EffectSettings {
  /// Each is `EFFECT` or `EFFECT=SCOPE`.
  public var grants: [String] = []
  /// Each is `SERVER=NAME:FILE`.
  public var secretHeaders: [String] = []
  /// The journal's file.
  public var journal: String?
  /// The audit log's file.
  public var audit: String?
  /// The file of the private key that signs the audit log's checkpoints.
  public var auditKey: String?
  /// The file of the host key.
  public var hostKey: String?

  /// Creates settings that grant and record nothing.
  public init() {}

  /// The journal; nil if none was given.
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

  /// Adds the files that the settings name.
  public func name(in files: inout NamedFiles) {
    for (name, scope) in grants.map(EffectSettings.parts) {
      if let scope { CapabilityGrant.named(name)?.addFile(scope, to: &files) }
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

  /// The host key; nil if none was given.
  public func readHostKey() throws -> HostKey? {
    try hostKey.map { try HostKey(readingFrom: $0) }
  }

  /// The audit log; nil if none was given.
  public func auditLog() throws -> AuditLog? {
    let key = try auditKey.map { try SigningKey(readingFrom: $0) }
    return try audit.map { path in
      try SystemFile.checkWritable(path)
      return try AuditLog(path, key: key)
    }
  }

  /// The help text of `--grant`: how to grant each capability.
  public static var grantHelp: String { CapabilityGrant.all.map(\.help).joined(separator: "; ") + "." }

  /// The option that grants a capability; nil if the command line can't grant it.
  static func grant(of effect: String) -> String? { CapabilityGrant.named(effect).map { "--grant \($0.syntax)" } }

  /// The grants.
  public func granted() throws -> Grants {
    let secrets = try secretsOfServers()
    var requested: [(grant: CapabilityGrant, scopes: [String])] = []
    for option in grants {
      let (name, scope) = EffectSettings.parts(of: option)
      guard let grant = CapabilityGrant.named(name) else {
        let names = CapabilityGrant.all.map(\.name).joined(separator: " ")
        throw CommandError("--grant \(name): there is no such capability", hint: "there are \(names)")
      }
      try grant.check(scope)
      let scopes = scope.map { [$0] } ?? []
      if let index = requested.firstIndex(where: { $0.grant.capability == grant.capability }) {
        guard grant.takesServer else { throw CommandError("--grant \(option): \(name) is granted twice") }
        requested[index].scopes += scopes
      } else {
        requested.append((grant, scopes))
      }
    }
    return Grants(try requested.map { try $0.grant.make($0.scopes, secrets) })
  }

  /// The headers of `--secret-header`. Each must be for a granted server.
  private func secretsOfServers() throws -> [SecretHeader] {
    let servers = grants.map(EffectSettings.parts).compactMap {
      CapabilityGrant.named($0.name)?.takesServer == true ? $0.scope : nil
    }
    let secrets = try secretHeaders.map { try SecretHeader($0, servers: servers) }
    for (index, secret) in secrets.enumerated() where secrets[..<index].contains(where: secret.replaces) {
      throw CommandError(
        "--secret-header \(secretHeaders[index]): \(secret.server) has a secret \(secret.header.name) already",
        hint: "give each header once for each server")
    }
    return secrets
  }

  /// The parts of `EFFECT` or `EFFECT=SCOPE`.
  private static func parts(of grant: String) -> (name: String, scope: String?) {
    let parts = grant.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : nil)
  }
}
