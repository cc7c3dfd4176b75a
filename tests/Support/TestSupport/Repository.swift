public import Foundation

/// The files of the checkout that the tests were built from.
public enum Repository {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Where a file or folder is.
  ///
  /// - Parameter path: seen from the top folder, as in `docs/guide.md`.
  public static func url(_ path: String) -> URL { folder.appending(path: path) }

  /// The text of a file.
  public static func text(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }
}
