internal import Glibc

/// What a path can lead to other than a regular file.
public enum SpecialFile: Equatable, Sendable {
  case folder, pipe, device, socket, symbolicLink

  /// Nil for a regular file.
  init?(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFLNK: self = .symbolicLink
    default: self = .device
    }
  }

  /// A name with its article: `a pipe`.
  var words: String {
    switch self {
    case .folder: "a folder"
    case .pipe: "a pipe"
    case .device: "a device"
    case .socket: "a socket"
    case .symbolicLink: "a symbolic link"
    }
  }
}

extension SystemFile {
  /// Opens a regular file. Anything else is refused: opening a pipe may block forever, a device may never end, and
  /// merely opening a device may have effects. So the file is checked before it is opened, and checked again
  /// afterwards.
  ///
  /// - Parameters:
  ///   - name: a path; a relative one starts at `folder`.
  ///   - folder: a descriptor; by default, the working folder's.
  ///   - followsLinks: whether the last part of the path may be a symbolic link.
  /// - Returns: a descriptor that the caller owns.
  /// - Throws: `.unreadable`, `.special`, about `path`.
  static func openRegular(
    _ name: String, in folder: Int32 = AT_FDCWD, followsLinks: Bool, path: String
  ) throws(SystemError) -> Int32 {
    var status = stat()
    guard unsafe fstatat(folder, name, &status, followsLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
      throw SystemError(.unreadable(errno), path: path)
    }
    if let special = SpecialFile(mode: status.st_mode) { throw SystemError(.special(special), path: path) }
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (followsLinks ? 0 : O_NOFOLLOW)
    let descriptor = unsafe openat(folder, name, flags)
    guard descriptor >= 0 else { throw SystemError(.unreadable(errno), path: path) }
    guard unsafe fstat(descriptor, &status) == 0, SpecialFile(mode: status.st_mode) == nil else {
      close(descriptor)
      throw SystemError(.special(SpecialFile(mode: status.st_mode) ?? .device), path: path)
    }
    return descriptor
  }
}
