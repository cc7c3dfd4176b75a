public import Foundation

/// The files of the checkout that the tests were built from.
public enum Repository {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The URL of a file or folder.
  ///
  /// - Parameter path: relative to the top folder, for example `docs/guide.md`.
  public static func url(_ path: String) -> URL { folder.appending(path: path) }

  /// The contents of a text file.
  public static func text(_ path: String) throws -> String { try String(contentsOf: url(path), encoding: .utf8) }
}
