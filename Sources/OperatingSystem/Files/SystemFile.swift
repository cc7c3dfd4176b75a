internal import CKernel
internal import Glibc

/// Reads and writes whole files with system calls. The caller sets the limits: no buffer grows because a file claims to
/// be large.
public enum SystemFile {
  /// What happens if the file exists already.
  public enum Placement: Sendable {
    /// The file is replaced atomically: readers see the old bytes or the new ones, and a mapping of the old file stays
    /// valid.
    case replacing
    /// The file must not exist yet.
    case exclusive
  }

  /// All bytes of a file, or of standard input if the path is `-`.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`.
  public static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let descriptor = try openForReading(path)
    defer { closeAfterReading(descriptor) }
    return try readAll(descriptor, limit: limit, path: path)
  }

  /// Writes a file with exactly these bytes and permissions. If anything fails, no half-written file is left.
  ///
  /// - Throws: `.unwritable`, `.alreadyExists`.
  public static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644, placement: Placement = .replacing
  ) throws(SystemError) {
    // Devices and pipes (`/dev/stdout`) are written to, not replaced.
    if placement == .replacing, isSpecial(path) {
      return try write(bytes, to: path, open: O_WRONLY | O_CLOEXEC, mode: nil, removing: nil)
    }
    let target = placement == .exclusive ? path : "\(path).\(getpid()).tmp"
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    try write(bytes, to: target, open: flags, mode: mode, removing: target, reportedAs: path)
    if target != path, unsafe rename(target, path) != 0 {
      let number = errno
      unsafe unlink(target)
      throw SystemError(.unwritable(number), path: path)
    }
  }

  /// Checks, as far as possible without writing, that a file can be written: it is not a folder; if it is to be written
  /// in place, it is writable; otherwise a file can be created in its folder.
  ///
  /// - Parameter placement: nil if an existing file is written in place.
  /// - Throws: `.unwritable`.
  public static func checkWritable(_ path: String, placement: Placement? = nil) throws(SystemError) {
    var status = stat()
    let isThere = unsafe stat(path, &status) == 0
    if isThere, status.st_mode & S_IFMT == S_IFDIR { throw SystemError(.unwritable(EISDIR), path: path) }
    if isThere, placement == nil || isSpecial(path) {
      if unsafe access(path, W_OK) != 0 { throw SystemError(.unwritable(errno), path: path) }
      return
    }
    let probe = "\(path).\(getpid()).tmp"
    let descriptor = unsafe open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
    guard descriptor >= 0 else { throw SystemError(.unwritable(errno), path: path) }
    close(descriptor)
    unsafe unlink(probe)
  }

  /// A standard stream for output.
  public enum Stream: Int32, Sendable {
    case output = 1
    case error = 2
  }

  /// Writes bytes to a standard stream.
  ///
  /// - Throws: `.unwritable`.
  public static func write(_ bytes: [UInt8], to stream: Stream) throws(SystemError) {
    try write(bytes.span, to: stream)
  }

  /// Writes bytes to a standard stream, without copying them.
  ///
  /// - Throws: `.unwritable`.
  public static func write(_ bytes: Span<UInt8>, to stream: Stream) throws(SystemError) {
    let number = unsafe bytes.withUnsafeBytes { bytes in unsafe writeAll(bytes, to: stream.rawValue) }
    if number != 0 {
      throw SystemError(.unwritable(number), path: stream == .output ? "standard output" : "standard error")
    }
  }

  /// Makes sure that the descriptors of the three standard streams are in use, before anything else is opened.
  /// Otherwise the next file, perhaps an image in memory, would get the number of a closed stream, and be read or
  /// written as that stream. A stream that was closed still fails when it is used.
  public static func reserveStandardStreams() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Makes a write beyond the process's file size limit (`ulimit -f`) fail with an error, instead of ending the
  /// process.
  public static func reportFilesThatGrowTooLarge() { signal(SIGXFSZ, SIG_IGN) }

  /// Whether a stream is connected to a terminal.
  public static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Removes a file, if it exists.
  public static func remove(_ path: String) {
    unsafe unlink(path)
  }

  /// Whether something of this name exists.
  public static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }
}

extension SystemFile {
  /// Passes all bytes of a file to `body`, in order, a chunk at a time.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`; what `body` throws.
  package static func forEachChunk(
    of path: String, limit: Int, _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void
  ) throws(SystemError) {
    let descriptor = try openForReading(path)
    defer { closeAfterReading(descriptor) }
    try unsafe forEachChunk(of: descriptor, limit: limit, path: path, body)
  }

  /// All bytes that can be read from a descriptor.
  ///
  /// - Throws: `.unreadable`, `.tooLarge`.
  static func readAll(_ descriptor: Int32, limit: Int, path: String) throws(SystemError) -> [UInt8] {
    // A file that is too large is refused before any of it is read.
    if let size = byteCount(of: descriptor), size > limit { throw SystemError(.tooLarge(limit: limit), path: path) }
    var bytes: [UInt8] = []
    unsafe try forEachChunk(of: descriptor, limit: limit, path: path) { chunk in unsafe bytes.append(contentsOf: chunk)
    }
    return bytes
  }

  private static func forEachChunk(
    of descriptor: Int32, limit: Int, path: String, _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void
  ) throws(SystemError) {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { unsafe chunk.deallocate() }
    var total = 0
    while true {
      let count = unsafe try read(descriptor, into: chunk, path: path)
      if count == 0 { return }
      total += count
      if total > limit { throw SystemError(.tooLarge(limit: limit), path: path) }
      try unsafe body(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
    }
  }

  /// Passes each line of a file to `body`, in order, without its line feed, and whether it had one.
  ///
  /// - Parameter lineLimit: the maximum length of a line, in bytes.
  /// - Throws: `.unreadable`, `.special`; `.tooLarge` if a line is longer.
  public static func forEachLine(
    of path: String, lineLimit: Int, _ body: (_ line: [UInt8], _ isComplete: Bool) -> Void
  ) throws(SystemError) {
    let descriptor = try openForReading(path)
    defer { closeAfterReading(descriptor) }
    var line: [UInt8] = []
    unsafe try forEachChunk(of: descriptor, limit: .max, path: path) { (chunk) throws(SystemError) in
      var rest = unsafe chunk[...]
      while let place = unsafe rest.firstIndex(of: UInt8(ascii: "\n")) {
        unsafe line.append(contentsOf: rest[..<place])
        body(line, true)
        line = []
        unsafe rest = unsafe rest[(place + 1)...]
      }
      unsafe line.append(contentsOf: rest)
      if line.count > lineLimit { throw SystemError(.tooLarge(limit: lineLimit), path: path) }
    }
    if !line.isEmpty { body(line, false) }
  }

  /// Opens a regular file, or uses standard input if the path is `-`. A path that names a descriptor of this process (a
  /// shell's `<(…)` is `/dev/fd/63`) may lead to a pipe or a terminal, as standard input may.
  ///
  /// - Returns: a descriptor for `closeAfterReading`.
  /// - Throws: `.unreadable`, `.special`.
  static func openForReading(_ path: String) throws(SystemError) -> Int32 {
    if path == "-" { return STDIN_FILENO }
    let isDescriptor = path == "/dev/stdin" || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/")
    guard isDescriptor else { return try openRegular(path, followsLinks: true, path: path) }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(.unreadable(errno), path: path) }
    return descriptor
  }

  /// Closes what `openForReading` opened. Standard input stays open.
  static func closeAfterReading(_ descriptor: Int32) {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// The size of a regular file; nil for anything else, whose size is only known when all of it has been read.
  static func byteCount(of descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Whether a path leads to the file that a descriptor has open.
  static func isSameFile(_ descriptor: Int32, _ path: String) -> Bool {
    var (opened, named) = (stat(), stat())
    guard unsafe fstat(descriptor, &opened) == 0, unsafe stat(path, &named) == 0 else { return false }
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  /// Whether a file may have another path: it has several hard links, or is a mount point. A file that is beside it at
  /// one path is not beside it at the other.
  public static func mayHaveOtherPaths(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    if status.st_nlink > 1 { return true }
    return unsafe kernel_is_mount_point(path) == 1
  }

  /// The permission bits of a file, a pipe or a device; nil if they can't be determined.
  static func permissions(of descriptor: Int32) -> UInt32? {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  /// Reads the next bytes, at most as many as fit into the buffer.
  ///
  /// - Returns: the number of bytes; 0 at the end.
  /// - Throws: `.unreadable`.
  static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, path: String
  ) throws(SystemError) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw SystemError(.unreadable(errno), path: path) }
    }
  }

  /// Writes all bytes of a buffer.
  ///
  /// - Returns: 0, or the system's error number.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = unsafe bytes[...]
    while unsafe !rest.isEmpty {
      let count = unsafe Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      unsafe rest = unsafe rest.dropFirst(count)
    }
    return 0
  }

  private static func write(
    _ bytes: [UInt8], to target: String, open flags: Int32, mode: UInt32?, removing: String?,
    reportedAs path: String? = nil
  ) throws(SystemError) {
    let path = path ?? target
    let descriptor = unsafe open(target, flags, mode ?? 0)
    guard descriptor >= 0 else {
      throw SystemError(errno == EEXIST ? .alreadyExists : .unwritable(errno), path: path)
    }
    // The process's umask removes bits from the mode given to `open`; a key's 0600 must hold whatever the umask is.
    var number = mode.map { fchmod(descriptor, $0) == 0 ? 0 : errno } ?? 0
    if number == 0 { number = unsafe bytes.withUnsafeBytes { bytes in unsafe writeAll(bytes, to: descriptor) } }
    if close(descriptor) != 0, number == 0 { number = errno }
    if number != 0 {
      if let removing { unsafe unlink(removing) }
      throw SystemError(.unwritable(number), path: path)
    }
  }

  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }
}
