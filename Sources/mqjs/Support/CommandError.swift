import ArgumentParser
import Host
import SQLite
import Snapshot

/// What the command ends with.
enum ExitStatus: Int32 {
  case done = 0
  /// The guest program ended in a run-time error, and its body was printed.
  case guestError = 1
  /// The command line or the program's source is wrong.
  case usage = 2
  /// A snapshot, its signature or its key was refused, and nothing of it was run.
  case refused = 3
  /// The tool or its system failed: `EX_SOFTWARE` of sysexits.h.
  case fault = 70
}

/// An error that ends the command: what happened, why, what to do instead, and the exit status.
struct CommandError: Error {
  let status: ExitStatus
  let message: String
  var reason: String?
  var hint: String?

  /// An error of usage unless another status is given.
  init(_ message: String, status: ExitStatus = .usage, reason: String? = nil, hint: String? = nil) {
    self.status = status
    self.message = message
    self.reason = reason
    self.hint = hint
  }

  init(_ error: SnapshotError) {
    switch error.category {
    case .usage: status = .usage
    case .refused: status = .refused
    case .fault: status = .fault
    }
    message = error.message
    reason = error.reason
    hint = error.hint
  }

  init(_ error: SQLiteError) {
    self.init("\(error.path): \(error.message)", status: error.kind == .unusableFile ? .usage : .fault)
  }

  init(_ error: HostFault) {
    self.init(error.message, status: .fault)
  }

  init(_ error: HostError) {
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
    let own = effects.filter { EffectOptions.grant(of: $0) == nil }
    if !own.isEmpty {
      let names = own.joined(separator: ", ")
      return "\(names): not this command's to grant, but a host's of its own (docs/embedding.md)"
    }
    let grants = effects.compactMap(EffectOptions.grant).joined(separator: " ")
    return "grant them if the program is to have them: \(grants)"
  }

  /// Says it on standard error, in the form of the compiler's diagnostics.
  func report() {
    let word = status == .refused ? "refused" : "error"
    Console.say(line: "\(Console.styled("\(word):", .error)) \(message)")
    if let reason { Console.say(line: "\(Console.styled("reason:", .note)) \(reason)") }
    if let hint { Console.say(line: "\(Console.styled("hint:", .note)) \(hint)") }
  }
}
