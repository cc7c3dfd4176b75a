public import Host
public import SQLite
public import Snapshot

/// An error that ends the command: what happened, why, what to do instead, and the exit status.
public struct CommandError: Error {
  /// What the command ends with.
  public let status: ExitStatus
  /// What happened, in one line.
  public let message: String
  /// Why that is an error; nil where the message says it all.
  public var reason: String?
  /// What to do instead; nil if nothing can be advised.
  public var hint: String?

  /// An error of usage unless another status is given.
  public init(_ message: String, status: ExitStatus = .usage, reason: String? = nil, hint: String? = nil) {
    self.status = status
    self.message = message
    self.reason = reason
    self.hint = hint
  }

  /// A failure of a snapshot, a key or a file.
  public init(_ error: SnapshotError) {
    switch error.category {
    case .usage: status = .usage
    case .refused: status = .refused
    case .fault: status = .fault
    }
    message = error.message
    reason = error.reason
    hint = error.hint
  }

  /// A failure of a database.
  public init(_ error: SQLiteError) {
    self.init("\(error.path): \(error.message)", status: error.kind == .unusableFile ? .usage : .fault)
  }

  /// A failure of the host.
  public init(_ error: HostFault) {
    self.init(error.message, status: .fault)
  }

  /// A request or a program that a host refuses, or a failure of the host.
  public init(_ error: HostError) {
    switch error {
    case .snapshot(let error): self.init(error)
    case .fault(let fault): self.init(fault)
    case .grantMissing(let error):
      let names = error.effects.joined(separator: ", ")
      self.init(
        "GrantMissing: the program calls \(names), which is not granted", status: .refused,
        reason: "a program gets only the capabilities that its host grants",
        hint: CommandError.hint(toGrant: error.effects))
    case .sealedRecord(let error):
      self.init(
        "request \(error.requestID) has been answered, and its record is sealed", status: .refused,
        reason: "it held classified data, and the host key \(error.hostKey) opens it",
        hint: "give that key: --host-key FILE")
    case .unsuitableDatabases(let error):
      self.init(
        error.databases.count > 1
          ? "the program may write to \(error.databases.count) databases: \(error.databases.joined(separator: ", "))"
          : "the journal \(error.journal ?? "") is not in the database that the program writes to",
        reason: "what a request writes, and the record of it, are committed together, which takes one file",
        hint: "name one file: --grant DbWrite=\(error.databases.first ?? "FILE") --journal "
          + (error.databases.first ?? "FILE"))
    case .seedReuse(let error): self.init(error)
    }
  }

  private init(_ error: SeedReuse) {
    let request = "SeedReuse: request \(error.requestID) has been"
    switch error.isSameInput {
    case true?:
      self.init(
        "\(request) run", status: .refused,
        reason: "it has effects, and without a journal nobody knows its response any more",
        hint: "give it a journal, or another id")
    case false?:
      self.init(
        "\(request) used for another input", status: .refused,
        reason: "no seed is used for two requests; this one's is \(error.seed)", hint: "give it another id")
    case nil:
      self.init(
        "\(request) run", status: .refused,
        reason: "it held classified data, of which nothing was recorded for want of a host key",
        hint: "give it another id; with --host-key FILE such requests are sealed, and can come again")
    }
  }

  /// How the capabilities are granted on the command line, and which of them can't be.
  private static func hint(toGrant effects: [String]) -> String {
    let own = effects.filter { EffectSettings.grant(of: $0) == nil }
    if !own.isEmpty {
      let names = own.joined(separator: ", ")
      return "\(names): not this command's to grant, but a host's of its own (docs/embedding.md)"
    }
    let grants = effects.compactMap(EffectSettings.grant).joined(separator: " ")
    return "grant them if the program is to have them: \(grants)"
  }

  /// The same for any error of this package; nil for others.
  public init?(reporting error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as SnapshotError: self.init(error)
    case let error as HostError: self.init(error)
    case let error as HostFault: self.init(error)
    case let error as SQLiteError: self.init(error)
    default: return nil
    }
  }

  /// Says it on standard error, in the form of the compiler's diagnostics.
  public func report() {
    let word = status == .refused ? "refused" : "error"
    Console.say(line: "\(Console.styled("\(word):", .error)) \(message)")
    if let reason { Console.say(line: "\(Console.styled("reason:", .note)) \(reason)") }
    if let hint { Console.say(line: "\(Console.styled("hint:", .note)) \(hint)") }
  }
}
