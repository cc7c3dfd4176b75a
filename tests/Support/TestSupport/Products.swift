public import Foundation

/// Where the executables and object files are that tests run or look at.
public enum Products {
  /// Beside the test bundle.
  public static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// Those of what is deployed: beside the test bundle, unless `MQJS_DEPLOYED` names the folder of another build, as
  /// `make runtime` does.
  public static let deployed =
    ProcessInfo.processInfo.environment["MQJS_DEPLOYED"].map { URL(fileURLWithPath: $0) } ?? folder
}
