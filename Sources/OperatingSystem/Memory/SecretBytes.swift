internal import CKernel
internal import Glibc

/// Bytes that are wiped before their memory is freed: a request, a response until it is sent, the result of an effect.
/// The memory is freed when the last reference is gone.
///
/// Whoever copies bytes out (`unprotectedCopy`) is responsible for the copy.
@safe
public final class SecretBytes: @unchecked Sendable {
  private var start: UnsafeMutableRawPointer
  /// The number of bytes for which memory is allocated.
  private var capacity: Int
  /// The number of bytes.
  public private(set) var count = 0
  /// Whether the memory is locked, so that it is never written to a swap device.
  public let isLocked: Bool
  private let protection: MemoryProtection

  /// No bytes.
  public convenience init() { self.init(copying: []) }

  /// A copy of bytes, in ordinary memory. The caller remains responsible for the original.
  public convenience init(copying bytes: [UInt8]) { self.init(copying: bytes.span) }

  /// No bytes, with capacity for some.
  ///
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  public init(capacity: Int, protection: MemoryProtection) throws(SystemError) {
    let (start, room, isLocked) = unsafe try SecretBytes.allocate(capacity, protection)
    unsafe self.start = unsafe start
    self.capacity = room
    self.isLocked = isLocked
    self.protection = protection
  }

  /// A copy of bytes.
  ///
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  public convenience init(copying bytes: Span<UInt8>, protection: MemoryProtection) throws(SystemError) {
    try self.init(capacity: bytes.count, protection: protection)
    unsafe SecretBytes.copy(bytes, to: start)
    count = bytes.count
  }

  /// A copy of bytes that are not secret, followed by a copy of secret bytes.
  ///
  /// - Throws: `.noMemory`, `.notLocked`; never for `.standard`.
  public convenience init(
    joining head: [UInt8], _ tail: SecretBytes, protection: MemoryProtection
  ) throws(SystemError) {
    try self.init(capacity: head.count + tail.count, protection: protection)
    unsafe head.withUnsafeBytes { head in
      if let source = head.baseAddress { unsafe start.copyMemory(from: source, byteCount: head.count) }
    }
    tail.withBytes { tail in unsafe SecretBytes.copy(tail, to: start + head.count) }
    count = head.count + tail.count
  }

  /// A copy of bytes, in ordinary memory.
  public init(copying bytes: Span<UInt8>) {
    count = bytes.count
    capacity = max(1, bytes.count)
    unsafe start = .allocate(byteCount: capacity, alignment: 8)
    isLocked = false
    protection = .standard
    unsafe SecretBytes.copy(bytes, to: start)
  }

  /// All bytes of a file, or of standard input if the path is `-`. They are read directly into their final memory.
  ///
  /// - Parameter isPrivate: whether to refuse a file that users other than its owner may access.
  /// - Throws: `.unreadable`, `.special`, `.exposed`, `.tooLarge`, `.noMemory`, `.notLocked`.
  public static func read(
    _ path: String, limit: Int, protection: MemoryProtection = .standard, isPrivate: Bool = false
  ) throws(SystemError) -> SecretBytes {
    let descriptor = try SystemFile.openForReading(path)
    defer { SystemFile.closeAfterReading(descriptor) }
    if isPrivate, let mode = SystemFile.permissions(of: descriptor), mode & 0o077 != 0 {
      throw SystemError(.exposed(mode: mode), path: path)
    }
    // One byte more than the file's size, so that the end is found without growing.
    let size = SystemFile.byteCount(of: descriptor).map { min($0, limit) + 1 }
    let bytes = try SecretBytes(capacity: size ?? 1 << 16, protection: protection)
    while try bytes.append(from: descriptor, path: path) {
      if bytes.count > limit { throw SystemError(.tooLarge(limit: limit), path: path) }
    }
    return bytes
  }

  deinit {
    unsafe SecretBytes.free(start, capacity, written: count, protection)
  }

  /// Lends the bytes. Traces that the body leaves in registers and on the stack are wiped.
  ///
  /// - Parameter body: must not keep the span, which is invalid when this returns.
  public func withBytes<Result: ~Copyable, Failure>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
    return try NativeStack.withoutTraces(unsafe Span(_unsafeBytes: buffer), body)
  }

  /// Whether the bytes begin with some that are not secret. This leaves no traces of what follows them.
  public func starts(with head: [UInt8]) -> Bool {
    guard count >= head.count else { return false }
    for index in head.indices where unsafe start.load(fromByteOffset: index, as: UInt8.self) != head[index] {
      return false
    }
    return true
  }

  /// A copy that is not wiped.
  public var unprotectedCopy: [UInt8] {
    withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) } }
  }

  /// Appends the next bytes from a descriptor.
  ///
  /// - Returns: whether there were any.
  private func append(from descriptor: Int32, path: String) throws(SystemError) -> Bool {
    if count == capacity { try grow() }
    let room = unsafe UnsafeMutableRawBufferPointer(start: start + count, count: capacity - count)
    let read = unsafe try SystemFile.read(descriptor, into: room, path: path)
    count += read
    return read > 0
  }

  /// Appends bytes. The capacity must suffice.
  package func append(_ bytes: some Collection<UInt8>) {
    let room = unsafe UnsafeMutableRawBufferPointer(start: start + count, count: capacity - count)
    precondition(bytes.count <= room.count, "room was made before")
    NativeStack.withoutTraces { unsafe room.copyBytes(from: bytes) }
    count += bytes.count
  }

  /// Moves the bytes to memory of twice the capacity, and wipes the old memory.
  private func grow() throws(SystemError) {
    let (target, room, _) = unsafe try SecretBytes.allocate(2 * capacity, protection)
    withBytes { bytes in unsafe SecretBytes.copy(bytes, to: target) }
    unsafe SecretBytes.free(start, capacity, written: count, protection)
    unsafe start = unsafe target
    capacity = room
  }

  private static func copy(_ bytes: Span<UInt8>, to target: UnsafeMutableRawPointer) {
    NativeStack.withoutTraces(bytes) { bytes in
      unsafe bytes.withUnsafeBytes { bytes in
        if let source = bytes.baseAddress { unsafe target.copyMemory(from: source, byteCount: bytes.count) }
      }
    }
  }

  private static func allocate(
    _ capacity: Int, _ protection: MemoryProtection
  ) throws(SystemError) -> (UnsafeMutableRawPointer, capacity: Int, isLocked: Bool) {
    guard case .classified(let allowsUnlocked) = protection else {
      let room = max(1, capacity)
      return (.allocate(byteCount: room, alignment: 8), room, false)
    }
    let room = ProtectedPages.rounded(max(1, capacity))
    let start = unsafe mmap(nil, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else {
      throw SystemError(.noMemory(errno), path: SecretBytes.errorName)
    }
    do throws(SystemError) {
      let isLocked = unsafe try ProtectedPages.classify(
        start, byteCount: room, allowsUnlocked: allowsUnlocked, path: SecretBytes.errorName)
      return unsafe (start, room, isLocked)
    } catch {
      unsafe munmap(start, room)
      throw error
    }
  }

  /// The name of the memory in errors.
  private static let errorName = "buffer for classified data"

  private static func free(
    _ start: UnsafeMutableRawPointer, _ capacity: Int, written: Int, _ protection: MemoryProtection
  ) {
    unsafe kernel_wipe(start, written)
    if protection.isClassified { unsafe munmap(start, capacity) } else { unsafe start.deallocate() }
  }
}

extension SecretBytes: Equatable {
  /// Whether both have the same bytes.
  public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
    NativeStack.withoutTraces {
      unsafe left.count == right.count && memcmp(left.start, right.start, left.count) == 0
    }
  }
}
