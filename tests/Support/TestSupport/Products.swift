public import Foundation

/// The folders of the executables and object files that tests run or inspect.
public enum Products {
  /// The folder of the test bundle.
  public static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// The folder of the deployed products. It is that of the test bundle, unless `MQJS_DEPLOYED` names another one, as
  /// in `make runtime`.
  public static let deployed =
    ProcessInfo.processInfo.environment["MQJS_DEPLOYED"].map { URL(fileURLWithPath: $0) } ?? folder
}
