internal import Engine

/// Reads the fields of a message in order. A field that is missing or too long makes the message malformed, and every
/// later field empty.
struct MessageReader {
  private let bytes: [UInt8]
  private var position = 0
  /// Whether all fields so far were there.
  private(set) var isWellFormed = true

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the message ended where its last field ended.
  var isComplete: Bool { isWellFormed && position == bytes.count }

  /// A byte.
  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: number(byteCount: 1)) }

  /// A number of 32 bits, the lowest byte first. It counts what follows, so it is never above the number of bytes left.
  mutating func count() -> Int {
    let count = number(byteCount: 4)
    guard count <= UInt64(bytes.count - position) else {
      refuse()
      return 0
    }
    return Int(count)
  }

  /// A number of 64 bits, the lowest byte first.
  mutating func number() -> UInt64 { number(byteCount: 8) }

  /// A text: its number of bytes, then the bytes.
  mutating func text() -> [UInt8] { take(count()) }

  /// So many bytes.
  mutating func take(_ count: Int) -> [UInt8] {
    guard count <= bytes.count - position else {
      refuse()
      return []
    }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  /// As many items as a number says.
  mutating func list<Item>(_ item: (inout MessageReader) -> Item) -> [Item] {
    var items: [Item] = []
    for _ in 0..<count() where isWellFormed { items.append(item(&self)) }
    return items
  }

  private mutating func number(byteCount: Int) -> UInt64 {
    var number: UInt64 = 0
    for (index, byte) in take(byteCount).enumerated() { number |= UInt64(byte) << UInt64(8 * index) }
    return number
  }

  /// Makes the message malformed: a field has no meaning.
  mutating func refuse() {
    isWellFormed = false
    position = bytes.count
  }
}

/// Writes the fields of a message in order.
struct MessageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(byte: UInt8) { bytes.append(byte) }

  mutating func put(count: Int) { put(UInt64(count), byteCount: 4) }

  mutating func put(number: UInt64) { put(number, byteCount: 8) }

  mutating func put(text: [UInt8]) {
    put(count: text.count)
    bytes += text
  }

  mutating func put(text: StaticString) {
    put(text: text.bytes)
  }

  private mutating func put(_ number: UInt64, byteCount: Int) {
    for index in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
  }
}
