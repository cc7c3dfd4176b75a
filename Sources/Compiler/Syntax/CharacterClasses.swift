// The character classes of ECMAScript's lexical grammar.

/// `A-Z a-z $ _`: names are restricted to ASCII.
func isNameStart(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "$"), UInt8(ascii: "_"): true
  default: false
  }
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

/// The value of a hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
  default: nil
  }
}

/// LF, CR, LS, PS (ECMAScript 12.3).
func isLineTerminator(_ scalar: UInt32) -> Bool {
  scalar == 0x0A || scalar == 0x0D || scalar == 0x2028 || scalar == 0x2029
}

/// Tab, VT, FF, ZWNBSP and category Zs (ECMAScript 12.2).
func isWhiteSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09, 0x0B, 0x0C, 0x20, 0xA0, 0xFEFF: true
  case 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
  default: false
  }
}
