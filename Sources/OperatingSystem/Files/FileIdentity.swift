internal import Glibc

/// The identity of the file that a path leads to. Two paths that lead to one file have the same identity, however they
/// are spelt, through links too, and even if the file does not exist yet.
public struct FileIdentity: Equatable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  /// If the file does not exist yet, its name in the folder that `device` and `inode` identify; otherwise nil.
  private let newName: String?

  private init(_ status: stat, newName: String? = nil) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    self.newName = newName
  }

  /// The identity of a file. Nil for devices and pipes, which may be used for several purposes at once, and for paths
  /// at which no file could be created.
  public init?(path: String) {
    var path = path
    // The kernel has the same limit.
    for _ in 0..<40 {
      var status = stat()
      if unsafe stat(path, &status) == 0 {
        guard FileIdentity.isLasting(status) else { return nil }
        self.init(status)
        return
      }
      let (folder, name) = FileIdentity.parts(of: path)
      guard let target = FileIdentity.target(ofLink: path) else {
        guard unsafe stat(folder, &status) == 0, !name.isEmpty else { return nil }
        self.init(status, newName: name)
        return
      }
      path = target.hasPrefix("/") ? target : "\(folder)/\(target)"
    }
    return nil
  }

  /// The identity of the file that a standard stream leads to; nil if that is not a regular file.
  public init?(descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }

  private static func isLasting(_ status: stat) -> Bool {
    status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFDIR
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  /// The target of a symbolic link; nil if there is no link at the path.
  private static func target(ofLink path: String) -> String? {
    unsafe withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let length = unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
      guard length > 0 else { return nil }
      return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
  }
}
