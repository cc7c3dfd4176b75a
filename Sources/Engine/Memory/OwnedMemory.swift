/// A region of zeroed memory that is freed with its owner. It is for building images, for tools and for tests. Requests
/// run in regions that the snapshot library maps.
@safe
public final class OwnedMemory {
  /// The region.
  public let memory: LinearMemory
  private let buffer: UnsafeMutableRawBufferPointer

  /// Allocates `byteCount` bytes, rounded up to words.
  public init(byteCount: Int) {
    let size = (byteCount + 7) & ~7
    unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    unsafe buffer.initializeMemory(as: UInt64.self, repeating: 0)
    guard let base = unsafe buffer.baseAddress else { preconditionFailure("an allocation has an address") }
    memory = unsafe LinearMemory(base: base, byteCount: size)
  }

  deinit { unsafe buffer.deallocate() }
}
