public import Host
public import OperatingSystem
public import SQLite
public import Snapshot

/// An error that ends the command: what happened, why, what to do instead, and the exit status.
public struct CommandError: Error {
  /// The exit status.
  public let status: ExitStatus
  /// What happened, in one line.
  public let message: String
  /// Why that is an error, in one line; nil if the message says enough.
  public var reason: String?
  /// Values that belong to the reason, one per line.
  public var details: [String] = []
  /// What to do instead; nil if there is no advice.
  public var hint: String?

  /// Creates an error, by default a usage error.
  public init(
    _ message: String, status: ExitStatus = .usage, reason: String? = nil, details: [String] = [], hint: String? = nil
  ) {
    self.status = status
    self.message = message
    self.reason = reason
    self.details = details
    self.hint = hint
  }

  /// A file that can't be used, or memory that can't be allocated.
  public init(_ error: SystemError) {
    self.init(error.message, status: ExitStatus(error.category), reason: error.reason, hint: error.hint)
  }

  /// A snapshot, a signature or a key that is not accepted.
  public init(_ error: SnapshotError) {
    self.init(
      error.message, status: ExitStatus(error.category), reason: error.reason, details: error.details, hint: error.hint)
  }

  /// A failure of a database.
  public init(_ error: SQLiteError) {
    self.init("\(error.path): \(error.message)", status: CommandError.status(of: error))
  }

  /// A failure of a database that an option names.
  init(_ error: SQLiteError, of option: String) {
    self.init("\(option): \(error.message)", status: CommandError.status(of: error))
  }

  private static func status(of error: SQLiteError) -> ExitStatus {
    switch error.kind {
    case .unusableFile, .unusableName: .usage
    case .busy, .constraint, .notAllowed, .interrupted, .memory, .tooLarge, .moved, .statement, .other: .fault
    }
  }

  /// A failure of the host.
  public init(_ error: HostFault) {
    self.init(error.message, status: .fault)
  }

  /// A request or a program that a host refuses, or a failure of the host.
  public init(_ error: HostError) {
    switch error {
    case .memory(let error): self.init(error)
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
        reason: "it held classified data; the host key \(error.hostKey) opens it",
        hint: "give that key: --host-key FILE")
    case .unsuitableDatabases(let error):
      self.init(
        error.databases.count > 1
          ? "the program may write to \(error.databases.count) databases: \(error.databases.joined(separator: ", "))"
          : "the journal \(error.journal ?? "") is not in the database that the program writes to",
        reason: "a request's writes and its record are committed together, which takes one file",
        hint: "name one file: --grant DbWrite=\(error.databases.first ?? "FILE") --journal "
          + (error.databases.first ?? "FILE"))
    case .seedReuse(let error): self.init(error)
    case .requestInProgress(let error):
      self.init(
        "RequestInProgress: another delivery of request \(error.requestID) is still being answered", status: .refused,
        reason: "this delivery waited \(error.waited / 1000) seconds for it",
        hint: "deliver it again later: it then gets the recorded answer")
    case .unusableJournal(let defect): self.init(defect)
    case .unusableAuditLog(let defect):
      self.init(
        "the audit log \(defect.path) can't be continued: \(defect.summary)", status: .refused,
        reason: "continuing a log means vouching for its content",
        hint: "keep it as it is, and start a new log in another file")
    }
  }

  private init(_ error: SeedReuse) {
    let request = "SeedReuse: request \(error.requestID)"
    switch error.cause {
    case .unrecorded:
      self.init(
        "\(request) was run before", status: .refused,
        reason: "it has effects, and without a journal its response is not known any more",
        hint: "give it a journal, or another id")
    case .otherInput:
      self.init(
        "\(request) was used before for another input", status: .refused,
        reason: "a request's id stands for one input; the seed would be \(error.seed)", hint: "give it another id")
    case .otherRequest:
      self.init(
        "\(request) has the seed of another request", status: .refused,
        reason:
          "a seed joins id, account and version without separators, so that two requests can share one: \(error.seed)",
        hint: "give it another id; ids of equal length can't collide like this")
    case .unknownInput:
      self.init(
        "\(request) was run before", status: .refused,
        reason: "it held classified data, and nothing of that was recorded, since there was no host key",
        hint: "give it another id; with --host-key FILE such requests are sealed and can be delivered again")
    }
  }

  /// A journal that can't be relied on.
  public init(_ defect: JournalDefect) {
    let journal = "the journal \(defect.path)"
    let intents = "\(defect.path)-intents"
    let restoring = "docs/journal.md says how a journal is restored from a copy"
    switch defect.kind {
    case .foreignTables:
      self.init(
        "\(journal) has tables that this version did not make", status: .refused,
        reason: "an earlier version made them, or they were changed",
        hint: "start a new journal in another database")
    case .otherPaths(let path):
      self.init(
        "\(path) can be reached by another path: it has several hard links, or is mounted by itself", status: .refused,
        reason:
          "a journal is three files in one folder; through another path a host would miss the others and run requests twice",
        hint: "give it one name; mount its folder, not the file")
    case .changedRecord(let row):
      self.init(
        "\(journal): the record \(row) was changed", status: .refused,
        reason: "its content can't be used as an answer", hint: "restore the newest state; \(restoring)")
    case .unknownOutcome(let row, let code):
      self.init(
        "\(journal): the record \(row) says that its run ended in \(code)", status: .refused,
        reason: "this version knows no such error, so it can't tell what the answer means",
        hint: "use the version that wrote the journal, or a later one")
    case .missingJournal:
      self.init(
        "\(defect.path) has no journal in it, and \(intents) belongs to one", status: .refused,
        reason: "the journal knows which requests were answered; without it some could be run twice",
        hint: "restore the journal; \(restoring)")
    case .missingIntents:
      self.init(
        "\(journal) has lost its file \(intents)", status: .refused,
        reason: "it records which calls were made; without it some could be made twice",
        hint: "put it back beside the journal; \(restoring)")
    case .foreignIntents:
      self.init(
        "\(intents) belongs to another journal than \(defect.path)", status: .refused,
        reason: "it records which calls were made; with another journal's file some could be made twice",
        hint: "put the journal's own file there; \(restoring)")
    case .olderIntents:
      self.init(
        "\(intents) is older than the journal \(defect.path)", status: .refused,
        reason: "it does not record all calls that were made; some could be made twice",
        hint: "restore the newest state; \(restoring)")
    case .lostRecords(let row):
      self.init(
        "\(journal) has lost its end: record \(row), which it had, is not there or is another one", status: .refused,
        reason: "it was cut, or replaced by an older copy", hint: "restore the newest state; \(restoring)")
    case .lostRequest(let requestID):
      self.init(
        "\(journal) has lost the record of request \(requestID), which was answered", status: .refused,
        reason: "\(intents) says so", hint: "restore the newest state; \(restoring)")
    }
  }

  /// How to grant the capabilities on the command line, or which of them can't be granted there.
  private static func hint(toGrant effects: [String]) -> String {
    let own = effects.filter { EffectSettings.grant(of: $0) == nil }
    if !own.isEmpty {
      let names = own.joined(separator: ", ")
      return "\(names): only a host of your own can grant that (docs/embedding.md)"
    }
    let grants = effects.compactMap(EffectSettings.grant).joined(separator: " ")
    return "to grant them: \(grants)"
  }

  /// The command error for any error of this package; nil for other errors.
  public init?(reporting error: any Error) {
    switch error {
    case let error as CommandError: self = error
    case let error as SystemError: self.init(error)
    case let error as SnapshotError: self.init(error)
    case let error as HostError: self.init(error)
    case let error as HostFault: self.init(error)
    case let error as SQLiteError: self.init(error)
    default: return nil
    }
  }

  /// Prints the error on standard error, in the format of the compiler's diagnostics.
  public func report() {
    let word = status == .refused ? "refused" : "error"
    Console.say(line: "\(Console.styled("\(word):", .error)) \(message)")
    if let reason { Console.say(line: "\(Console.styled("reason:", .note)) \(reason)") }
    for detail in details { Console.say(line: "  \(detail)") }
    if let hint { Console.say(line: "\(Console.styled("hint:", .note)) \(hint)") }
  }
}

extension ExitStatus {
  /// The exit status for a failure of this category.
  fileprivate init(_ category: SystemError.Category) {
    switch category {
    case .usage: self = .usage
    case .refused: self = .refused
    case .fault: self = .fault
    }
  }
}
