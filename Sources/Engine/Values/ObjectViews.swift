// Typed views of objects in linear memory. A view is an offset and the memory that it belongs to. It is valid until the
// next collection, so no view is kept across a call of `Machine.reserve`.

/// A String: UTF-8 bytes whose length in UTF-16 code units is known.
public struct StringView: Sendable {
  /// The region that the object is in.
  public let memory: LinearMemory
  /// Where the object is, in bytes from the start of the region.
  public let offset: HeapOffset
  private let header: ObjectHeader

  /// Words in front of the bytes.
  public static let headerWords = 2

  /// Words that a String of this many bytes takes.
  @inline(__always)
  public static func wordCount(byteCount: Int) -> Int { headerWords &+ (byteCount &+ 7) >> 3 }

  /// - Precondition: there is a String at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    header = ObjectHeader(bits: memory[offset])
    assert(header.is(.string), "not a String")
  }

  /// Length in bytes of UTF-8.
  @inline(__always)
  public var byteCount: Int { header.first }

  /// Length in UTF-16 code units, which is the `length` that a guest sees.
  @inline(__always)
  public var utf16Count: Int { header.second }

  /// Whether every character is ASCII, so that byte and code unit offsets are the same.
  @inline(__always)
  public var isASCII: Bool { header.first == header.second }

  /// Where the bytes begin.
  @inline(__always)
  public var bytes: HeapOffset { offset.advanced(words: StringView.headerWords) }

  /// A byte of the text.
  @inline(__always)
  public subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < byteCount, "byte out of bounds")
    return memory[byte: HeapOffset(bytes.bytes &+ index)]
  }

  /// The FNV-1a hash of this String's CBOR, which orders keys. It is cached in the object; 0 there means that it has
  /// not been computed yet. A String of a read-only image always has its hash, so it is never written to.
  public var keyHash: UInt64 {
    let known = memory[offset.advanced(words: 1)]
    if known != 0 { return known }
    let hash = KeyOrder.hash(of: self)
    if hash != 0 { memory[offset.advanced(words: 1)] = hash }
    return hash
  }

  /// The hash of a String whose `keyHash` has been read before: a key of a shape, or a String of an image. It is never
  /// computed, not even if it is 0.
  @inline(__always)
  var knownKeyHash: UInt64 {
    assert(memory[offset.advanced(words: 1)] == KeyOrder.hash(of: self), "the hash has not been computed")
    return memory[offset.advanced(words: 1)]
  }

  /// Whether the bytes are the same.
  @inline(__always)
  public func equals(_ other: StringView) -> Bool {
    if offset == other.offset { return true }
    return header.bits == other.header.bits && memory.equalBytes(bytes, other.bytes, byteCount: byteCount)
  }

  /// A copy of the bytes, for messages and other rare uses.
  public func copyBytes() -> [UInt8] { memory.bytes(at: bytes, count: byteCount) }
}

/// An Array: its elements in order.
public struct ArrayView: Sendable {
  /// The region that the object is in.
  public let memory: LinearMemory
  /// Where the object is, in bytes from the start of the region.
  public let offset: HeapOffset
  /// Number of elements.
  public let count: Int

  /// Words in front of the elements.
  public static let headerWords = 1

  /// - Precondition: there is an Array at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    let header = ObjectHeader(bits: memory[offset])
    assert(header.is(.array), "not an Array")
    count = header.first
  }

  /// Where the elements begin.
  @inline(__always)
  public var elements: HeapOffset { offset.advanced(words: ArrayView.headerWords) }

  /// Where the elements end.
  var end: HeapOffset { elements.advanced(words: count) }

  /// An element. It may be set only while the Array is being built, before a guest can see it.
  @inline(__always)
  public subscript(index: Int) -> Value {
    get {
      assert(index >= 0 && index < count, "element out of bounds")
      return Value(bits: memory[elements.advanced(words: index)])
    }
    nonmutating set {
      assert(index >= 0 && index < count, "element out of bounds")
      memory[elements.advanced(words: index)] = newValue.bits
    }
  }
}

/// The keys of a Record, in canonical order. A key that equals an interned String of the image *is* that String, so a
/// field that code names is found by comparing words.
public struct ShapeView: Sendable {
  /// The region that the object is in.
  public let memory: LinearMemory
  /// Where the object is, in bytes from the start of the region.
  public let offset: HeapOffset
  /// Number of keys.
  public let count: Int

  /// - Precondition: there is a shape at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    let header = ObjectHeader(bits: memory[offset])
    assert(header.is(.shape), "not a shape")
    count = header.first
  }

  /// A key, as a value.
  @inline(__always)
  public subscript(index: Int) -> Value {
    get {
      assert(index >= 0 && index < count, "key out of bounds")
      return Value(bits: memory[offset.advanced(words: 1 &+ index)])
    }
    nonmutating set {
      assert(index >= 0 && index < count, "key out of bounds")
      memory[offset.advanced(words: 1 &+ index)] = newValue.bits
    }
  }

  /// A key, as a String.
  @inline(__always)
  public func key(at index: Int) -> StringView { StringView(memory, self[index].offset) }

  /// The most fields of a Record in which reading a named field costs only its row.
  public static let largestSmallCount = 15

  /// Whether reading a named field costs more than its row. It is then found by a search.
  @inline(__always)
  public var isLarge: Bool { count > ShapeView.largestSmallCount }

  /// The index of a key that is interned in the image, or -1. The keys are compared one by one, so this is for small
  /// shapes.
  @inline(__always)
  public func index(ofInterned key: Value) -> Int {
    var index = 0
    while index < count {
      if self[index] == key { return index }
      index &+= 1
    }
    return -1
  }

  /// The index of a key with the same text, or -1.
  public func index(of key: StringView) -> Int { index(of: key, hash: key.keyHash) }

  /// The index of a key with the same text and this hash, or -1. This is a binary search in canonical order.
  func index(of key: StringView, hash: UInt64) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      let other = self.key(at: middle)
      let otherHash = other.knownKeyHash
      let isBefore = otherHash == hash ? KeyOrder.precedes(other, sameHash: key) : otherHash < hash
      if isBefore { low = middle &+ 1 } else { high = middle }
    }
    return low < count && self.key(at: low).equals(key) ? low : -1
  }
}

/// A Record: values in the order of its shape's keys.
public struct RecordView: Sendable {
  /// The region that the object is in.
  public let memory: LinearMemory
  /// Where the object is, in bytes from the start of the region.
  public let offset: HeapOffset
  /// Number of fields.
  public let count: Int

  /// Words in front of the values.
  public static let headerWords = 2

  /// - Precondition: there is a Record at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    let header = ObjectHeader(bits: memory[offset])
    assert(header.is(.record), "not a Record")
    count = header.first
  }

  /// The keys.
  @inline(__always)
  public var shape: ShapeView { ShapeView(memory, Value(bits: memory[offset.advanced(words: 1)]).offset) }

  /// The value of the field whose key has the index `index` in the shape.
  @inline(__always)
  public subscript(index: Int) -> Value {
    get {
      assert(index >= 0 && index < count, "field out of bounds")
      return Value(bits: memory[offset.advanced(words: RecordView.headerWords &+ index)])
    }
    nonmutating set {
      assert(index >= 0 && index < count, "field out of bounds")
      memory[offset.advanced(words: RecordView.headerWords &+ index)] = newValue.bits
    }
  }
}

/// A closure: a function of the image and the values (or cells) that it captured.
public struct FunctionView: Sendable {
  /// The region that the object is in.
  public let memory: LinearMemory
  /// Where the object is, in bytes from the start of the region.
  public let offset: HeapOffset
  private let header: ObjectHeader

  /// - Precondition: there is a function at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    header = ObjectHeader(bits: memory[offset])
    assert(header.is(.function), "not a function")
  }

  /// Number of captured values.
  @inline(__always)
  public var captureCount: Int { header.first }

  /// The function's index in the image's function section.
  @inline(__always)
  public var functionIndex: Int { header.second }

  /// A captured value, or the cell that holds it.
  @inline(__always)
  public subscript(index: Int) -> Value {
    get {
      assert(index >= 0 && index < captureCount, "capture out of bounds")
      return Value(bits: memory[offset.advanced(words: 1 &+ index)])
    }
    nonmutating set {
      assert(index >= 0 && index < captureCount, "capture out of bounds")
      memory[offset.advanced(words: 1 &+ index)] = newValue.bits
    }
  }
}

/// How a record literal is built: its shape, and for each field, in the order of the literal, its index in the shape.
public struct RecordLayoutView: Sendable {
  /// The region that the object is in.
  public let memory: LinearMemory
  /// Where the object is, in bytes from the start of the region.
  public let offset: HeapOffset
  /// Number of fields.
  public let count: Int

  /// - Precondition: there is a record layout at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    self.memory = memory
    self.offset = offset
    let header = ObjectHeader(bits: memory[offset])
    assert(header.is(.recordLayout), "not a record layout")
    count = header.first
  }

  /// The keys.
  @inline(__always)
  public var shape: ShapeView { ShapeView(memory, Value(bits: memory[offset.advanced(words: 1)]).offset) }

  /// The index in the shape of field `index` of the literal.
  @inline(__always)
  public subscript(index: Int) -> Int {
    get { Int(truncatingIfNeeded: memory[offset.advanced(words: 2 &+ index)]) }
    nonmutating set { memory[offset.advanced(words: 2 &+ index)] = UInt64(truncatingIfNeeded: newValue) }
  }
}
