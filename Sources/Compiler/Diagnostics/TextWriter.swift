import Engine

/// Builds UTF-8 text piece by piece.
struct TextWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ text: StaticString) { bytes += text.bytes }

  mutating func write(_ text: [UInt8]) { bytes += text }

  /// The digits of a non-negative number.
  mutating func write(_ number: Int) {
    if number >= 10 { write(number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// A code point.
  mutating func write(_ scalar: UInt32) { UTF8Decoder.append(scalar, to: &bytes) }

  mutating func newline() { bytes.append(UInt8(ascii: "\n")) }
}

/// The bytes of a literal, for use as an argument of a diagnostic.
func utf8(_ text: StaticString) -> [UInt8] { text.bytes }
