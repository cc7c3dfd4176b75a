/// The kind of an object in linear memory.
public enum ObjectKind: UInt8, Sendable {
  /// An integer that needs 64 bits. Words: header, the integer.
  case boxedInteger = 1
  /// Words: header, two words of decimal128, the lower one first.
  case decimal = 2
  /// UTF-8 text. Words: header (bytes, UTF-16 code units), key hash or 0, then the bytes, padded with zeros.
  case string = 3
  /// Words: header (count), the elements.
  case array = 4
  /// Words: header (count), the shape, the values in the shape's order.
  case record = 5
  /// Words: header (number of pairs), then two words that hold nothing, the only pair, or the root of a trie: see
  /// `MapView`.
  case map = 6
  /// A closure. Words: header (number of captures, function index), the captured values or cells.
  case function = 7
  /// A function of the library as a value. Words: header (unused, the built-in's number).
  case builtinFunction = 8
  /// A binding that closures share before it is initialised. Words: header, the value.
  case cell = 9
  /// The keys of a Record. Words: header (count), the keys in canonical order.
  case shape = 10
  /// How a record literal is built. Words: header (count), the shape, then for each field in the order of the literal
  /// its index in the shape.
  case recordLayout = 11
  /// A node of a Map's trie: see `MapNodeView`.
  case mapNode = 12
  /// A key of a Map with its CBOR: see `MapKey`.
  case mapKey = 13

  /// Whether guests can hold a reference to such an object as a value.
  public var isValue: Bool {
    switch self {
    case .cell, .shape, .recordLayout, .mapNode, .mapKey: false
    default: true
    }
  }
}

/// The first word of every object: its kind and two 30-bit numbers whose meaning depends on the kind.
///
/// ```
///  63            34 33             4 3    0
/// ┌────────────────┬────────────────┬──────┐
/// │     second     │     first      │ kind │
/// └────────────────┴────────────────┴──────┘
/// ```
/// Kind 0 never occurs in a header.
public struct ObjectHeader: BitwiseCopyable, Sendable {
  /// The word.
  public let bits: UInt64

  /// The largest number that either field holds, and so the largest length or count of any object.
  public static let maximum = (1 << 30) - 1

  /// A header with these bits.
  @inline(__always)
  public init(bits: UInt64) { self.bits = bits }

  /// - Precondition: both numbers are within `0...ObjectHeader.maximum`.
  @inline(__always)
  public init(_ kind: ObjectKind, first: Int = 0, second: Int = 0) {
    bits = UInt64(kind.rawValue) | UInt64(truncatingIfNeeded: first) << 4 | UInt64(truncatingIfNeeded: second) << 34
  }

  /// The kind; nil for a number that is not a kind, which only a damaged image can hold.
  @inline(__always)
  public var kind: ObjectKind? { ObjectKind(rawValue: UInt8(truncatingIfNeeded: bits & 0xf)) }

  /// Whether the kind is this one.
  @inline(__always)
  public func `is`(_ kind: ObjectKind) -> Bool { bits & 0xf == UInt64(kind.rawValue) }

  /// The first number.
  @inline(__always)
  public var first: Int { Int(truncatingIfNeeded: (bits >> 4) & 0x3fff_ffff) }

  /// The second number.
  @inline(__always)
  public var second: Int { Int(truncatingIfNeeded: bits >> 34) }
}
