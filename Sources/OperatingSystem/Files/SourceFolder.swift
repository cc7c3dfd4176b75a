internal import CKernel
internal import Glibc

/// The folder of a program. Only regular files in it or below it are read. No `..` and no symbolic link leads out of
/// it, even if the folder changes in the meantime: each part of a path is opened relative to the previous part.
public struct SourceFolder: ~Copyable {
  private let descriptor: Int32

  /// The folder that contains a file.
  ///
  /// - Throws: `.unreadable`.
  public init(of file: String) throws(SystemError) {
    let end = file.utf8.lastIndex(of: UInt8(ascii: "/")).map { file.utf8.index(after: $0) }
    let folder = end.map { String(file[..<$0]) } ?? "."
    descriptor = unsafe kernel_open_folder(AT_FDCWD, folder, 1)
    guard descriptor >= 0 else { throw SystemError(.unreadable(errno), path: folder) }
  }

  deinit { close(descriptor) }

  /// All bytes of a file.
  ///
  /// - Parameter path: relative to the folder, in UTF-8: names separated by slashes.
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`.
  public func read(_ path: [UInt8], limit: Int) throws(SystemError) -> [UInt8] {
    let shown = String(decoding: path, as: UTF8.self)
    var names = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    // The system would end a name at a zero byte, and open another file.
    guard !path.contains(0), let last = names.popLast(), !(names + [last]).contains(where: ["", ".", ".."].contains)
    else {
      throw SystemError(.unreadable(ENOENT), path: shown)
    }
    var folder = descriptor
    defer { if folder != descriptor { close(folder) } }
    for name in names {
      let next = try SourceFolder.open(name, in: folder, path: shown)
      if folder != descriptor { close(folder) }
      folder = next
    }
    let file = try SystemFile.openRegular(last, in: folder, followsLinks: false, path: shown)
    defer { close(file) }
    return try SystemFile.readAll(file, limit: limit, path: shown)
  }

  private static func open(_ name: String, in folder: Int32, path: String) throws(SystemError) -> Int32 {
    let next = unsafe kernel_open_folder(folder, name, 0)
    if next >= 0 { return next }
    let number = errno
    var status = stat()
    if unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFLNK {
      throw SystemError(.special(.symbolicLink), path: path)
    }
    throw SystemError(.unreadable(number), path: path)
  }
}
