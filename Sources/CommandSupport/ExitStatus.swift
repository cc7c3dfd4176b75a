/// What the command ends with.
public enum ExitStatus: Int32, Sendable {
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
}
