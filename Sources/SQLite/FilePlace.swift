internal import Glibc

/// The identity of the file at a path. If the file is deleted, renamed or replaced, the path has another file, or none.
struct FilePlace: Equatable {
  private let device: UInt64
  private let number: UInt64
  /// Whether it is an ordinary file, not a folder, device or pipe.
  let isRegular: Bool

  /// The file that is there now, following links; nil if there is none, or if that can't be determined.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }

  /// A path that stays valid when the process changes its working folder.
  static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(folder) }
    return unsafe "\(String(cString: folder))/\(path)"
  }

  /// Why a database can't be at a path, whatever is there; nil if it can. SQLite takes some names for databases that
  /// disappear with their connection, and others for addresses with options.
  static func defect(of path: String) -> String? {
    if path.isEmpty { return "the file name is empty" }
    if path.utf8.contains(0) { return "the file name contains a NUL" }
    if path == ":memory:" { return "an in-memory database ends with its connection; name a file (./:memory:)" }
    if path.hasPrefix("file:") { return "a URI is not a file name; give the file itself (./\(path))" }
    if let place = FilePlace(path), !place.isRegular { return "this is not an ordinary file" }
    return nil
  }
}
