import ArgumentParser
import Host
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

  init(_ error: GrantMissing) {
    status = .refused
    message = "GrantMissing: the program calls \(error.effects.joined(separator: ", ")), which is not granted"
    reason = "a program gets only the capabilities that its host grants, and this command has none to grant"
    hint = "take the calls out, or pass what they would give in the request"
  }

  /// Says it on standard error, in the form of the compiler's diagnostics.
  func report() {
    let word = status == .refused ? "refused" : "error"
    Console.say(line: "\(Console.styled("\(word):", .error)) \(message)")
    if let reason { Console.say(line: "\(Console.styled("reason:", .note)) \(reason)") }
    if let hint { Console.say(line: "\(Console.styled("hint:", .note)) \(hint)") }
  }
}
