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
        hint: "grant them if the program is to have them: \(CommandError.grants(error.effects))")
    case .classifiedData:
      self.init(
        "a request with classified data can't be recorded", status: .refused,
        reason: "a journal would hold its bytes, and an audit log a hash by which a card number is guessed in seconds",
        hint: "leave --journal and --audit out, or --classify")
    case .unsuitableDatabases(let error):
      self.init(
        error.databases.count > 1
          ? "the program may write to \(error.databases.count) databases: \(error.databases.joined(separator: ", "))"
          : "the journal \(error.journal ?? "") is not in the database that the program writes to",
        reason: "what a request writes, and the record of it, are committed together, which takes one file",
        hint: "name one file: --grant DbWrite=\(error.databases.first ?? "FILE") --journal "
          + (error.databases.first ?? "FILE"))
    case .seedReuse(let error):
      self.init(
        "SeedReuse: request \(error.requestID) has been \(error.isSameInput ? "run" : "used for another input")",
        status: .refused,
        reason: error.isSameInput
          ? "it has effects, and without a journal nobody knows its response any more"
          : "no seed is used for two requests; this one's is \(error.seed)",
        hint: error.isSameInput ? "give it a journal, or another id" : "give it another id")
    }
  }

  /// How the capabilities are granted on the command line.
  private static func grants(_ effects: [String]) -> String {
    effects.map { effect in
      switch effect {
      case "DbRead", "DbWrite": "--grant \(effect)=FILE"
      case "HttpOut": "--grant HttpOut=HOST"
      default: "--grant \(effect)"
      }
    }.joined(separator: " ")
  }

  /// Says it on standard error, in the form of the compiler's diagnostics.
  func report() {
    let word = status == .refused ? "refused" : "error"
    Console.say(line: "\(Console.styled("\(word):", .error)) \(message)")
    if let reason { Console.say(line: "\(Console.styled("reason:", .note)) \(reason)") }
    if let hint { Console.say(line: "\(Console.styled("hint:", .note)) \(hint)") }
  }
}
