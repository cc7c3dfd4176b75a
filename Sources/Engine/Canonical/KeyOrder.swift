/// FNV-1a with 64 bits, as published by Fowler, Noll and Vo.
public struct FNV1a: Sendable {
  /// The hash of the bytes so far.
  public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash of no bytes: the offset basis.
  public init() {}

  /// Adds a byte.
  @inline(__always)
  public mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
}

/// The canonical order of Strings as keys of Records: by the FNV-1a hash of the key's CBOR as an unsigned number, then
/// by the CBOR bytes. (The kind's tag, which would come first, is the same for all of them.)
public enum KeyOrder {
  /// The hash of a String's deterministic CBOR (RFC 7049, section 3.9: shortest length, major type 3).
  static func hash(of string: StringView) -> UInt64 {
    var hash = FNV1a()
    hash.put(cbor: string)
    return hash.value
  }

  /// Whether `left` comes before `right`.
  ///
  /// - Precondition: the `keyHash` of both has been read before.
  public static func precedes(_ left: StringView, _ right: StringView) -> Bool {
    let (a, b) = (left.knownKeyHash, right.knownKeyHash)
    if a != b { return a < b }
    if left.offset == right.offset { return false }
    return precedes(left, sameHash: right)
  }

  /// Whether `left` comes before a String with the same hash. CBOR bytes decide: the length leads them, shorter first,
  /// then the text.
  static func precedes(_ left: StringView, sameHash right: StringView) -> Bool {
    if left.byteCount != right.byteCount { return left.byteCount < right.byteCount }
    return left.memory.compareBytes(left.bytes, right.bytes, byteCount: left.byteCount) < 0
  }
}
