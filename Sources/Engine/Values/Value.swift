/// A guest value: one 64-bit tagged word.
///
/// ```
///  bit 63                                   3 2 1 0
/// ┌──────────────────────────────────────────────┬─┐
/// │ integer, signed 63 bits                      │1│   Int that fits 63 bits
/// ├────────────────────────────────────────┬─────┼─┤
/// │ which immediate                        │ 0 1 │0│   JsonNull, Bool, undefined
/// ├────────────────────────────────────────┼─────┼─┤
/// │ byte offset in linear memory, 8-aligned│ 0 0 │0│   reference to an object
/// └────────────────────────────────────────┴─────┴─┘
/// ```
///
/// There is no floating-point form. An Int that needs 64 bits is a boxed integer in the heap; no Int that fits 63
/// bits is ever boxed, so two equal inline integers are the same word.
public struct Value: Equatable, BitwiseCopyable, Sendable {
  /// The word.
  public let bits: UInt64

  /// A value with these bits.
  @inline(__always)
  public init(bits: UInt64) { self.bits = bits }

  /// The value that `JSON.parse` makes of `null`.
  public static let jsonNull = Value(bits: 0x02)
  /// The Bool `false`.
  public static let `false` = Value(bits: 0x0a)
  /// The Bool `true`.
  public static let `true` = Value(bits: 0x12)
  /// The value of a call of a function that returns nothing.
  public static let undefined = Value(bits: 0x1a)
  /// The mark of a global slot or cell that has not been initialised. No guest can hold it. It is all zeros, so all
  /// bindings of a wiped region are uninitialised.
  public static let uninitialized = Value(bits: 0)

  /// A Bool.
  @inline(__always)
  public init(_ flag: Bool) { bits = flag ? 0x12 : 0x0a }

  /// A reference to the object at `offset`.
  @inline(__always)
  public init(_ offset: HeapOffset) { bits = UInt64(truncatingIfNeeded: offset.bytes) }

  /// An integer that fits 63 bits; nil if it has to be boxed.
  @inline(__always)
  public init?(inline integer: Int64) {
    let shifted = integer &<< 1
    guard shifted >> 1 == integer else { return nil }
    bits = UInt64(bitPattern: shifted | 1)
  }

  /// An integer known to fit 63 bits: a length, an index, an immediate operand.
  ///
  /// - Precondition: it fits 63 bits.
  @inline(__always)
  public init(small integer: Int) {
    bits = UInt64(bitPattern: Int64(integer) &<< 1 | 1)
  }

  /// The same for 64-bit numbers.
  ///
  /// - Precondition: it fits 63 bits.
  @inline(__always)
  init(inlineUnchecked integer: Int64) { bits = UInt64(bitPattern: integer &<< 1 | 1) }

  /// Whether this is an Int that fits 63 bits.
  @inline(__always)
  public var isInlineInteger: Bool { bits & 1 != 0 }

  /// The integer.
  ///
  /// - Precondition: `isInlineInteger`.
  @inline(__always)
  public var inlineInteger: Int64 { Int64(bitPattern: bits) >> 1 }

  /// Whether this refers to an object.
  @inline(__always)
  public var isReference: Bool { bits & 7 == 0 }

  /// The object's offset.
  ///
  /// - Precondition: `isReference`.
  @inline(__always)
  public var offset: HeapOffset { HeapOffset(Int(truncatingIfNeeded: bits)) }

  /// Whether this is `true` or `false`.
  @inline(__always)
  public var isBool: Bool { bits == 0x0a || bits == 0x12 }
}

/// The kinds of values that a guest can distinguish. The raw value is the kind's tag, which comes first in the
/// canonical order.
public enum Kind: UInt8, Sendable, CaseIterable {
  case jsonNull = 0
  case bool = 1
  case int = 2
  case decimal = 3
  case string = 4
  case array = 5
  case record = 6
  case map = 7
  case function = 8
  case undefined = 9

  /// The kind's name, as guests and messages use it.
  public var name: StaticString {
    switch self {
    case .jsonNull: "JsonNull"
    case .bool: "Bool"
    case .int: "Int"
    case .decimal: "Decimal"
    case .string: "String"
    case .array: "Array"
    case .record: "Record"
    case .map: "Map"
    case .function: "Function"
    case .undefined: "undefined"
    }
  }
}

extension LinearMemory {
  /// The kind of a value.
  func kind(of value: Value) -> Kind {
    if value.isInlineInteger { return .int }
    if value.isReference {
      switch ObjectHeader(bits: self[value.offset]).kind {
      case .boxedInteger: return .int
      case .decimal: return .decimal
      case .string: return .string
      case .array: return .array
      case .record: return .record
      case .map: return .map
      default: return .function
      }
    }
    if value.isBool { return .bool }
    return value == .jsonNull ? .jsonNull : .undefined
  }
}
