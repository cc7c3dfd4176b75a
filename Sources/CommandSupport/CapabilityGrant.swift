internal import EffectsHTTP
internal import EffectsSQLite
public import Engine
internal import Host
internal import OperatingSystem
internal import SQLite

/// How a command line grants a standard capability. Help, hints, the check of named files, the host's grants and the
/// published table all derive from these rows.
public struct CapabilityGrant {
  /// The scope that may or must follow the name: `NAME=SCOPE`.
  enum Scope {
    /// No scope.
    case none
    /// A file that the effect writes. It may be omitted.
    case optionalFile
    /// An existing database.
    case database
    /// A server. Each grant adds one.
    case server
  }

  /// The capability.
  public let capability: StandardCapability
  let scope: Scope
  /// What the grant gives access to, for the published table.
  public let meaning: String
  /// Text that help adds after the syntax.
  let note: String
  /// Makes the effect for the given scopes.
  let make: (_ scopes: [String], _ secrets: [SecretHeader]) throws -> any Effect

  private init(
    _ capability: StandardCapability, _ scope: Scope, _ meaning: String, note: String = "",
    make: @escaping (_ scopes: [String], _ secrets: [SecretHeader]) throws -> any Effect
  ) {
    self.capability = capability
    self.scope = scope
    self.meaning = meaning
    self.note = note
    self.make = make
  }

  /// The grant of a capability; nil if no host needs to grant it.
  private init?(_ capability: StandardCapability) {
    switch capability {
    case .log:
      self.init(
        capability, .optionalFile, "one line of JSON per call, on standard error or in a file",
        note: " for a log file instead of standard error"
      ) { scopes, _ in try CapabilityGrant.log(scopes.first) }
    case .random: self.init(capability, .none, "randomness that follows from the seed") { _, _ in RandomEffect() }
    case .uuid: self.init(capability, .none, "UUIDs that follow from the seed") { _, _ in UuidEffect() }
    case .clock: self.init(capability, .none, "the host's clock") { _, _ in ClockEffect() }
    case .dbRead:
      self.init(capability, .database, "reading one SQLite database") { scopes, _ in
        DbReadEffect(try CapabilityGrant.database(scopes[0], .reading, for: capability))
      }
    case .dbWrite:
      self.init(capability, .database, "writing one SQLite database") { scopes, _ in
        DbWriteEffect(try CapabilityGrant.database(scopes[0], .writing, for: capability))
      }
    case .httpOut:
      let note = " for each server: host, host:port, or http://host:port without TLS"
      self.init(capability, .server, "requests to one server; repeat the grant for more", note: note) {
        scopes, secrets in
        try HttpOutEffect(try scopes.map { try CapabilityGrant.server($0, secrets) })
      }
    // Always granted. The awaited effect needs a grant of its own.
    case .async: return nil
    }
  }

  /// The grants of all capabilities that can be granted, in the order of the table.
  public static var all: [CapabilityGrant] { StandardCapability.allCases.compactMap { CapabilityGrant($0) } }

  /// The grant with that name; nil if there is none.
  static func named(_ name: String) -> CapabilityGrant? { all.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// The capability's name.
  var name: String { "\(capability.name)" }

  /// The value for `--grant`, with the scope if one is required.
  var syntax: String {
    switch scope {
    case .none, .optionalFile: name
    case .database: "\(name)=FILE"
    case .server: "\(name)=SERVER"
    }
  }

  /// The help text: the syntax, then the note.
  var help: String { synopses.joined(separator: ", or ") + note }

  /// The forms that a grant can have.
  public var synopses: [String] {
    switch scope {
    case .none, .database, .server: [syntax]
    case .optionalFile: [name, "\(name)=FILE"]
    }
  }

  /// Whether the scope is a server. Only such capabilities can be granted more than once: each grant adds a server.
  var takesServer: Bool {
    switch scope {
    case .none, .optionalFile, .database: false
    case .server: true
    }
  }

  /// Throws if a scope is given but not allowed, or required but missing.
  func check(_ given: String?) throws(CommandError) {
    switch (scope, given) {
    case (.none, nil), (.optionalFile, _), (.database, _?), (.server, _?): break
    case (.none, _?):
      throw CommandError("--grant \(name): this capability has no scope", hint: "--grant \(syntax)")
    case (.database, nil): throw CommandError("--grant \(name): which database?", hint: "--grant \(syntax)")
    case (.server, nil): throw CommandError("--grant \(name): which server?", hint: "--grant \(syntax)")
    }
  }

  /// Adds the file that a scope names.
  func addFile(_ path: String, to files: inout NamedFiles) {
    switch scope {
    case .none, .server: break
    case .optionalFile: files.add("--grant \(name)", path, .writing)
    case .database: files.add(database: "--grant \(name)", path)
    }
  }
}

// MARK: - Effects with a scope

extension CapabilityGrant {
  private static func log(_ path: String?) throws -> LogEffect {
    guard let path else { return LogEffect { (line) throws(HostFault) in try Console.log(json: line) } }
    let file = LogFile(try AppendOnlyFile(path))
    return LogEffect { (line) throws(HostFault) in try file.append(line) }
  }

  /// Opens an existing database. A wrong path creates none: a new database would be taken for an empty one.
  private static func database(
    _ path: String, _ mode: SQLiteConnection.Mode, for capability: StandardCapability
  ) throws -> DatabaseFile {
    do throws(SQLiteError) {
      return try DatabaseFile(path, mode)
    } catch {
      var failure = CommandError(error, of: "--grant \(capability.name)=\(path)")
      if error.kind == .unusableFile {
        failure.hint = "the database must exist: create it with its tables first"
      }
      throw failure
    }
  }

  private static func server(_ name: String, _ secrets: [SecretHeader]) throws -> HTTPGrant {
    guard let grant = HTTPGrant(name, secrets: secrets.filter { $0.server == name }.map(\.header)) else {
      throw CommandError(
        "--grant HttpOut=\(name): this is not a server",
        hint: "a server is host, host:port, or http://host:port; addresses are written in full: 127.0.0.1, [::1]")
    }
    return grant
  }
}
