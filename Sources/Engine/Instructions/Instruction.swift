/// One instruction: a 64-bit word.
///
/// ```
///  63        48 47        32 31        16 15      8 7       0
/// ┌────────────┬────────────┬────────────┬─────────┬─────────┐
/// │     c      │     b      │     a      │ charge  │ opcode  │
/// └────────────┴────────────┴────────────┴─────────┴─────────┘
/// ```
/// `wide` is b and c read as one 32-bit operand. `charge` is the gas for everything that the program does after the
/// previous instruction, up to and including this operation. If it is a sum of several charges, the charge table lists
/// them.
public struct Instruction: Equatable, BitwiseCopyable, Sendable {
  /// The word.
  public let bits: UInt64

  /// The largest value of the charge field. Larger charges need an `Opcode.charge` instruction.
  public static let maximumCharge = 255

  /// An instruction as it is encoded.
  @inline(__always)
  public init(bits: UInt64) { self.bits = bits }

  /// Encodes an instruction with three operands.
  public init(_ opcode: Opcode, charge: Int = 0, a: Int = 0, b: Int = 0, c: Int = 0) {
    bits =
      UInt64(opcode.rawValue) | UInt64(UInt8(charge)) << 8 | UInt64(UInt16(a)) << 16
      | UInt64(UInt16(truncatingIfNeeded: b)) << 32 | UInt64(UInt16(truncatingIfNeeded: c)) << 48
  }

  /// Encodes an instruction with a wide operand.
  public init(_ opcode: Opcode, charge: Int = 0, a: Int = 0, wide: Int) {
    bits =
      UInt64(opcode.rawValue) | UInt64(UInt8(charge)) << 8 | UInt64(UInt16(a)) << 16
      | UInt64(UInt32(truncatingIfNeeded: wide)) << 32
  }

  /// The opcode; nil for an unknown number, which only a damaged image can hold.
  @inline(__always)
  public var opcode: Opcode? { Opcode(rawValue: opcodeByte) }

  /// The encoded number of the opcode.
  @inline(__always)
  public var opcodeByte: UInt8 { UInt8(truncatingIfNeeded: bits) }

  /// Units of gas, 0...255.
  @inline(__always)
  public var charge: Int { Int(truncatingIfNeeded: (bits >> 8) & 0xff) }

  /// The first operand.
  @inline(__always)
  public var a: Int { Int(truncatingIfNeeded: (bits >> 16) & 0xffff) }

  /// The second operand.
  @inline(__always)
  public var b: Int { Int(truncatingIfNeeded: (bits >> 32) & 0xffff) }

  /// The third operand.
  @inline(__always)
  public var c: Int { Int(truncatingIfNeeded: bits >> 48) }

  /// b as a signed number.
  @inline(__always)
  public var signedB: Int { Int(Int16(truncatingIfNeeded: bits >> 32)) }

  /// c as a signed number.
  @inline(__always)
  public var signedC: Int { Int(Int16(truncatingIfNeeded: bits >> 48)) }

  /// b and c as one unsigned 32-bit number.
  @inline(__always)
  public var wide: Int { Int(truncatingIfNeeded: bits >> 32) }

  /// b and c as one signed 32-bit number.
  @inline(__always)
  public var signedWide: Int { Int(Int32(truncatingIfNeeded: bits >> 32)) }
}
