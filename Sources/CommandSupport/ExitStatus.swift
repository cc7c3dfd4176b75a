/// What the command ends with. docs/exit-status.md says which situation has which.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// What was asked for is done.
  case done = 0
  /// The guest program ended in a run-time error, and its body was printed.
  case guestError = 1
  /// The command line or the program's source is wrong.
  case usage = 2
  /// A snapshot, its signature or its key was refused, and nothing of it was run.
  case refused = 3
  /// The tool or its system failed: `EX_SOFTWARE` of sysexits.h.
  case fault = 70

  /// What it means, for help texts.
  public var meaning: String {
    switch self {
    case .done: "done"
    case .guestError: "the program ended in a run-time error, whose body was printed"
    case .usage: "the command line is wrong, or a program doesn't compile"
    case .refused: "refused, and nothing was run"
    case .fault: "the tool or the system failed"
    }
  }

  /// All of them, for help texts.
  public static var table: String {
    "Exit status: " + allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ") + "."
  }
}
