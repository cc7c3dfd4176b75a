internal import CKernel
internal import Crypto
internal import Engine
internal import Glibc
internal import OperatingSystem

/// Bytes in a sealed memory file. Nobody can change them, not even this process. So the bytes that are hashed and
/// verified are the bytes that are mapped and run, whatever happens to the file that they were read from.
///
/// A value owns the file's descriptor and one read-only mapping of all its bytes.
@safe
struct SealedFile: ~Copyable, @unchecked Sendable {
  private let descriptor: Int32
  /// Nil if there are no bytes.
  private let mapping: UnsafeRawPointer?
  let byteCount: Int

  /// Reads a file, once.
  ///
  /// - Throws: `.unreadable`, `.special`, `.tooLarge`, `.noMemory`.
  init(copying path: String, limit: Int) throws(SystemError) {
    var total = 0
    let descriptor = try SealedFile.make(path: path) { (descriptor) throws(SystemError) in
      unsafe try SystemFile.forEachChunk(of: path, limit: limit) { (chunk) throws(SystemError) in
        total += chunk.count
        let number = unsafe SystemFile.writeAll(chunk, to: descriptor)
        if number != 0 { throw SystemError(.noMemory(number), path: path) }
      }
    }
    let mapping = unsafe try SealedFile.map(descriptor, byteCount: total, path: path)
    self.descriptor = descriptor
    unsafe self.mapping = unsafe mapping
    byteCount = total
  }

  /// Copies bytes that this process made.
  ///
  /// - Throws: `.noMemory`.
  init(_ bytes: [UInt8], path: String) throws(SystemError) {
    let descriptor = try SealedFile.make(path: path) { (descriptor) throws(SystemError) in
      let number = unsafe bytes.withUnsafeBytes { unsafe SystemFile.writeAll($0, to: descriptor) }
      if number != 0 { throw SystemError(.noMemory(number), path: path) }
    }
    let mapping = unsafe try SealedFile.map(descriptor, byteCount: bytes.count, path: path)
    self.descriptor = descriptor
    unsafe self.mapping = unsafe mapping
    byteCount = bytes.count
  }

  deinit {
    if let mapping = unsafe mapping { unsafe munmap(UnsafeMutableRawPointer(mutating: mapping), byteCount) }
    close(descriptor)
  }

  /// SHA-256 of the bytes.
  var digest: Crypto.SHA256.Digest {
    var hasher = Crypto.SHA256()
    unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer(start: mapping, count: byteCount))
    return hasher.finalize()
  }

  /// A copy of the bytes.
  var bytes: [UInt8] { unsafe [UInt8](UnsafeRawBufferPointer(start: mapping, count: byteCount)) }

  /// The bytes as the engine sees an image. They must only be read, and only while the file exists.
  var linearMemory: LinearMemory {
    guard let mapping = unsafe mapping else { preconditionFailure("an image has a header") }
    return unsafe LinearMemory(base: UnsafeMutableRawPointer(mutating: mapping), byteCount: byteCount)
  }

  /// The 8 bytes at `offset` as a little-endian number; nil if the file is too short.
  func word(at offset: Int) -> UInt64? {
    guard let mapping = unsafe mapping, offset >= 0, offset <= byteCount - 8 else { return nil }
    return unsafe UInt64(littleEndian: mapping.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The 32 bytes at `offset`; nil if the file is too short.
  func hash(at offset: Int) -> Hash256? {
    guard let mapping = unsafe mapping, offset >= 0, offset <= byteCount - 32 else { return nil }
    return unsafe Hash256(bytes: [UInt8](UnsafeRawBufferPointer(start: mapping + offset, count: 32)))
  }

  /// Maps the first bytes read-only over part of a reservation.
  ///
  /// - Parameter byteCount: a multiple of the system's page size.
  /// - Returns: 0, or the system's error number.
  func map(over target: UnsafeMutableRawPointer, byteCount: Int) -> Int32 {
    if byteCount == 0 { return 0 }
    // Shared, not private: no mapping is or will be writable, and shared pages are counted once for the whole process.
    let address = unsafe mmap(target, byteCount, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, 0)
    return unsafe address == MAP_FAILED ? errno : 0
  }

  /// Copies the bytes from `offset` to the end.
  func copy(from offset: Int, to target: UnsafeMutableRawPointer) {
    guard let mapping = unsafe mapping, offset < byteCount else { return }
    unsafe target.copyMemory(from: mapping + offset, byteCount: byteCount - offset)
  }
}

extension SealedFile {
  private static func make(
    path: String, filling fill: (Int32) throws(SystemError) -> Void
  ) throws(SystemError) -> Int32 {
    let descriptor = unsafe kernel_memfd_create("mqjs-snapshot")
    guard descriptor >= 0 else { throw SystemError(.noMemory(errno), path: path) }
    do throws(SystemError) {
      try fill(descriptor)
      guard kernel_seal(descriptor) == 0, kernel_is_sealed(descriptor) == 1 else {
        throw SystemError(.noMemory(errno), path: path)
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func map(_ descriptor: Int32, byteCount: Int, path: String) throws(SystemError) -> UnsafeRawPointer? {
    if byteCount == 0 { return nil }
    let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0)
    if unsafe address == MAP_FAILED {
      let number = errno
      close(descriptor)
      throw SystemError(.noMemory(number), path: path)
    }
    return UnsafeRawPointer(address)
  }
}
