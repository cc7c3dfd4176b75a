/// A position in linear memory, in bytes from its start.
public struct HeapOffset: Equatable, Comparable, BitwiseCopyable, Sendable {
  /// Bytes from the start of the region.
  public var bytes: Int

  /// The position `bytes` bytes from the start.
  @inline(__always)
  public init(_ bytes: Int) { self.bytes = bytes }

  /// The position `words` 8-byte words further on.
  @inline(__always)
  public func advanced(words: Int) -> HeapOffset { HeapOffset(bytes &+ words &* 8) }

  /// Whether `left` comes before `right`.
  @inline(__always)
  public static func < (left: HeapOffset, right: HeapOffset) -> Bool { left.bytes < right.bytes }
}

/// The one contiguous region of memory in which a virtual machine lives.
///
/// Words are 64 bits, little-endian, at multiples of 8. The region is borrowed: its owner, which maps or allocates it,
/// keeps it while this handle is in use, and then unmaps or frees it.
///
/// Only this file and its neighbours in `Memory/` access the engine's raw memory. Debug builds check accesses. Release
/// builds rely on invariants: the load check of an image ensures that every offset in code, constants and image objects
/// is in bounds, and the engine ensures that every reference that it makes points at an object that it wrote.
@safe
public struct LinearMemory: BitwiseCopyable, @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  /// Size of the region in bytes.
  public let byteCount: Int

  /// Borrows a region.
  ///
  /// - Precondition: `base` is aligned to 8 bytes and stays valid for `byteCount` bytes while the handle is used.
  public init(base: UnsafeMutableRawPointer, byteCount: Int) {
    unsafe self.base = unsafe base
    self.byteCount = byteCount
  }

  /// The word at a position.
  @inline(__always)
  public subscript(offset: HeapOffset) -> UInt64 {
    get {
      assert(offset.bytes >= 0 && offset.bytes &+ 8 <= byteCount && offset.bytes & 7 == 0, "word out of bounds")
      return unsafe UInt64(littleEndian: base.load(fromByteOffset: offset.bytes, as: UInt64.self))
    }
    nonmutating set {
      assert(offset.bytes >= 0 && offset.bytes &+ 8 <= byteCount && offset.bytes & 7 == 0, "word out of bounds")
      unsafe base.storeBytes(of: newValue.littleEndian, toByteOffset: offset.bytes, as: UInt64.self)
    }
  }

  /// The byte at a position.
  @inline(__always)
  public subscript(byte offset: HeapOffset) -> UInt8 {
    get {
      assert(offset.bytes >= 0 && offset.bytes < byteCount, "byte out of bounds")
      return unsafe base.load(fromByteOffset: offset.bytes, as: UInt8.self)
    }
    nonmutating set {
      assert(offset.bytes >= 0 && offset.bytes < byteCount, "byte out of bounds")
      unsafe base.storeBytes(of: newValue, toByteOffset: offset.bytes, as: UInt8.self)
    }
  }

  /// Eight bytes from any position, the first one in the lowest bits.
  @inline(__always)
  subscript(unaligned offset: HeapOffset) -> UInt64 {
    get {
      assert(offset.bytes >= 0 && offset.bytes &+ 8 <= byteCount, "bytes out of bounds")
      return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset.bytes, as: UInt64.self))
    }
    nonmutating set {
      assert(offset.bytes >= 0 && offset.bytes &+ 8 <= byteCount, "bytes out of bounds")
      unsafe base.storeBytes(of: newValue.littleEndian, toByteOffset: offset.bytes, as: UInt64.self)
    }
  }

  /// Writes the upper `count` bytes of a word, at most eight, so that they end at `end`. The topmost byte comes last.
  @inline(__always)
  func write(word: UInt64, count: Int, before end: HeapOffset) {
    if count == 8 {
      self[unaligned: HeapOffset(end.bytes &- 8)] = word
      return
    }
    for index in 0..<count {
      self[byte: HeapOffset(end.bytes &- 1 &- index)] = UInt8(truncatingIfNeeded: word >> UInt64(56 &- 8 &* index))
    }
  }

  /// Copies bytes within the region; the ranges may overlap.
  @inline(__always)
  public func copy(from source: HeapOffset, to target: HeapOffset, byteCount count: Int) {
    assert(count >= 0 && source.bytes >= 0 && source.bytes &+ count <= byteCount, "source out of bounds")
    assert(target.bytes >= 0 && target.bytes &+ count <= byteCount, "target out of bounds")
    unsafe (base + target.bytes).copyMemory(from: base + source.bytes, byteCount: count)
  }

  /// Copies words to another place. For few words it is faster than `copy`.
  @inline(__always)
  func copyWords(from source: HeapOffset, to target: HeapOffset, count: Int) {
    if count > 8 { return copy(from: source, to: target, byteCount: count &* 8) }
    for index in 0..<count { self[target.advanced(words: index)] = self[source.advanced(words: index)] }
  }

  /// Sets bytes to zero.
  @inline(__always)
  public func clear(_ offset: HeapOffset, byteCount count: Int) {
    assert(count >= 0 && offset.bytes >= 0 && offset.bytes &+ count <= byteCount, "range out of bounds")
    unsafe (base + offset.bytes).initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  /// Whether two ranges of the region hold the same bytes.
  @inline(__always)
  public func equalBytes(_ left: HeapOffset, _ right: HeapOffset, byteCount count: Int) -> Bool {
    firstDifference(left, right, byteCount: count) == count
  }

  /// Bytewise order of two ranges: negative, 0 or positive.
  public func compareBytes(_ left: HeapOffset, _ right: HeapOffset, byteCount count: Int) -> Int {
    let index = firstDifference(left, right, byteCount: count)
    if index == count { return 0 }
    return self[byte: HeapOffset(left.bytes &+ index)] < self[byte: HeapOffset(right.bytes &+ index)] ? -1 : 1
  }

  /// The index of the first byte in which two ranges differ, or `count`.
  func firstDifference(_ left: HeapOffset, _ right: HeapOffset, byteCount count: Int) -> Int {
    assert(left.bytes >= 0 && left.bytes &+ count <= byteCount, "range out of bounds")
    assert(right.bytes >= 0 && right.bytes &+ count <= byteCount, "range out of bounds")
    var index = 0
    while index &+ 8 <= count {
      let a = unsafe base.loadUnaligned(fromByteOffset: left.bytes &+ index, as: UInt64.self)
      let b = unsafe base.loadUnaligned(fromByteOffset: right.bytes &+ index, as: UInt64.self)
      if a != b { return index &+ (UInt64(littleEndian: a) ^ UInt64(littleEndian: b)).trailingZeroBitCount >> 3 }
      index &+= 8
    }
    while index < count {
      let a = unsafe base.load(fromByteOffset: left.bytes &+ index, as: UInt8.self)
      let b = unsafe base.load(fromByteOffset: right.bytes &+ index, as: UInt8.self)
      if a != b { return index }
      index &+= 1
    }
    return count
  }

  /// The first position in `start..<end` that holds this byte, or `end`. It reads eight bytes at a time, but never
  /// outside the range.
  func firstByte(_ byte: UInt8, from start: HeapOffset, to end: HeapOffset) -> HeapOffset {
    assert(start.bytes >= 0 && start.bytes <= end.bytes && end.bytes <= byteCount, "range out of bounds")
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = ones &* UInt64(byte)
    var position = start.bytes
    while position &+ 8 <= end.bytes {
      let word = unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      // The lowest byte that is marked here is the first match. A borrow can mark only bytes above it.
      let different = word ^ pattern
      let found = (different &- ones) & ~different & (ones << 7)
      if found != 0 { return HeapOffset(position &+ found.trailingZeroBitCount >> 3) }
      position &+= 8
    }
    while position < end.bytes {
      if unsafe base.load(fromByteOffset: position, as: UInt8.self) == byte { break }
      position &+= 1
    }
    return HeapOffset(position)
  }

  /// Copies bytes from outside into the region.
  public func write(_ bytes: Span<UInt8>, at offset: HeapOffset) {
    precondition(offset.bytes >= 0 && offset.bytes <= byteCount - bytes.count, "range out of bounds")
    unsafe bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress {
        unsafe (base + offset.bytes).copyMemory(from: start, byteCount: source.count)
      }
    }
  }

  /// Copies the bytes of a literal into the region.
  func write(_ text: StaticString, at offset: HeapOffset) {
    precondition(offset.bytes >= 0 && offset.bytes <= byteCount - text.utf8CodeUnitCount, "range out of bounds")
    text.withUTF8Buffer { source in
      if let start = source.baseAddress {
        unsafe (base + offset.bytes).copyMemory(from: start, byteCount: source.count)
      }
    }
  }

  /// Lends a view of bytes of the region.
  ///
  /// - Returns: the result of `body`. The span must not outlive the region; the engine only passes it to callees.
  public func withBytes<Result: ~Copyable, Failure>(
    at offset: HeapOffset, count: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(count >= 0 && offset.bytes >= 0 && offset.bytes <= byteCount - count, "range out of bounds")
    let buffer = unsafe UnsafeRawBufferPointer(start: base + offset.bytes, count: count)
    return try body(unsafe Span(_unsafeBytes: buffer))
  }

  /// A copy of bytes of the region.
  public func bytes(at offset: HeapOffset, count: Int) -> [UInt8] {
    precondition(count >= 0 && offset.bytes >= 0 && offset.bytes <= byteCount - count, "range out of bounds")
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress {
        unsafe UnsafeMutableRawPointer(start).copyMemory(from: base + offset.bytes, byteCount: count)
      }
      initialized = count
    }
  }

  /// Where the interpreter's registers or code begin, as handles that it keeps in locals.
  @inline(__always)
  func registers(at offset: HeapOffset) -> Registers {
    unsafe Registers(pointer: (base + offset.bytes).assumingMemoryBound(to: UInt64.self))
  }

  @inline(__always)
  func offset(of registers: Registers) -> HeapOffset {
    unsafe HeapOffset(UnsafeRawPointer(registers.pointer) - UnsafeRawPointer(base))
  }

  @inline(__always)
  func code(at offset: HeapOffset) -> CodePointer {
    unsafe CodePointer(pointer: UnsafePointer((base + offset.bytes).assumingMemoryBound(to: UInt64.self)))
  }

  @inline(__always)
  func offset(of code: CodePointer) -> HeapOffset {
    unsafe HeapOffset(UnsafeRawPointer(code.pointer) - UnsafeRawPointer(base))
  }
}

/// The registers of the running frame. Register 0 is at the pointer; the frame's header is below it.
@safe
struct Registers: BitwiseCopyable {
  fileprivate let pointer: UnsafeMutablePointer<UInt64>

  fileprivate init(pointer: UnsafeMutablePointer<UInt64>) { unsafe self.pointer = unsafe pointer }

  @inline(__always)
  subscript(index: Int) -> Value {
    get { unsafe Value(bits: UInt64(littleEndian: pointer[index])) }
    nonmutating set { unsafe pointer[index] = newValue.bits.littleEndian }
  }

  /// Writes the header of this frame.
  @inline(__always)
  func link(callee: Value, distance: Int, return address: HeapOffset) {
    self[Frame.callee] = callee
    self[Frame.callerDistance] = Value(small: distance)
    self[Frame.returnAddress] = Value(small: address.bytes)
  }

  /// Where the caller continues.
  @inline(__always)
  var returnAddress: HeapOffset {
    HeapOffset(Int(truncatingIfNeeded: self[Frame.returnAddress].inlineInteger))
  }

  /// Registers between the caller's register 0 and this frame's.
  @inline(__always)
  var callerDistance: Int { Int(truncatingIfNeeded: self[Frame.callerDistance].inlineInteger) }

  /// Moves arguments down to register 0, for a tail call.
  @inline(__always)
  func moveArguments(from base: Int, count: Int) {
    var index = 0
    while index < count {
      self[index] = self[base &+ index]
      index &+= 1
    }
  }

  /// The distance in registers from another frame's register 0 to this one's.
  @inline(__always)
  func index(from other: Registers) -> Int { unsafe pointer - other.pointer }

  /// The frame whose register 0 is this frame's register `index`.
  @inline(__always)
  func advanced(by index: Int) -> Registers { unsafe Registers(pointer: pointer + index) }
}

extension Instruction {
  /// The opcode of an instruction of an image that has been checked. The cases of an enum without payloads are numbered
  /// from 0 in their order, as the raw values are, so the byte is the opcode.
  @inline(__always)
  var checkedOpcode: Opcode { unsafe unsafeBitCast(opcodeByte, to: Opcode.self) }
}

/// The next instruction to run.
@safe
struct CodePointer: BitwiseCopyable {
  fileprivate let pointer: UnsafePointer<UInt64>

  fileprivate init(pointer: UnsafePointer<UInt64>) { unsafe self.pointer = unsafe pointer }

  @inline(__always)
  var instruction: Instruction { unsafe Instruction(bits: UInt64(littleEndian: pointer.pointee)) }

  @inline(__always)
  func advanced(by count: Int) -> CodePointer { unsafe CodePointer(pointer: pointer + count) }
}
