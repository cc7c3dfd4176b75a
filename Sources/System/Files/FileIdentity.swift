internal import Glibc

/// Which file a path leads to, however it is spelt: two paths that lead to one file have the same identity, over links, and
/// also where the file is not there yet.
public struct FileIdentity: Equatable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  /// The name in the folder that `device` and `inode` stand for, if there is no such file yet; else nil.
  private let newName: String?

  private init(_ status: stat, newName: String? = nil) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    self.newName = newName
  }

  /// The identity of a file; nil for devices and pipes, which may be used in several ways at once, and where nothing could
  /// be made.
  public init?(path: String) {
    var path = path
    // As many links as the kernel follows.
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

  /// The identity of the file that a standard stream leads to; nil if that is none.
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

  /// What a symbolic link says; nil if the path leads to none.
  private static func target(ofLink path: String) -> String? {
    unsafe withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let length = unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
      guard length > 0 else { return nil }
      return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
  }
}
