/// The exit status of both tools. docs/exit-status.md lists the situations.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// The request succeeded.
  case done = 0
  /// The guest program ended in a run-time error; the error body was printed.
  case guestError = 1
  /// The command line or the program's source is wrong.
  case usage = 2
  /// Something was refused, for example a snapshot, its signature or its key; nothing ran.
  case refused = 3
  /// The tool or its system failed: `EX_SOFTWARE` of sysexits.h.
  case fault = 70

  /// The meaning, for help texts.
  public var meaning: String {
    switch self {
    case .done: "success"
    case .guestError: "the program ended in a run-time error, which was printed"
    case .usage: "the command line is wrong, or a program doesn't compile"
    case .refused: "refused; nothing ran"
    case .fault: "the tool or the system failed"
    }
  }

  /// All statuses, for help texts.
  public static var table: String {
    "Exit status: " + allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ") + "."
  }
}
