import Engine

/// The text of a name or a string literal, interned: two symbols of one table are equal exactly if their bytes are
/// equal.
public struct Symbol: Hashable, Sendable {
  /// Its position in the table that made it.
  public let index: Int32
}

/// Interns byte strings. Symbols are numbered in the order of first appearance, so that nothing derived from them
/// depends on a hash seed.
///
/// The table hashes with FNV-1a instead of Swift's seeded `Hasher`, and compares bytes instead of `String`. So it is
/// free of Unicode normalisation and usable in Embedded Swift.
public struct SymbolTable: Sendable {
  private var texts: [[UInt8]] = []
  /// Open addressing; -1 marks a free slot. The size is a power of two.
  private var slots: [Int32] = Array(repeating: -1, count: 256)

  /// A table without symbols.
  public init() {}

  /// The number of distinct symbols so far.
  public var count: Int { texts.count }

  /// The bytes (UTF-8) of a symbol of this table.
  public subscript(symbol: Symbol) -> [UInt8] { texts[Int(symbol.index)] }

  /// The symbol for these bytes, which is added if it is new.
  public mutating func intern(_ text: [UInt8]) -> Symbol {
    if texts.count * 2 >= slots.count { grow() }
    let slot = slot(of: text)
    if slots[slot] < 0 {
      slots[slot] = Int32(texts.count)
      texts.append(text)
    }
    return Symbol(index: slots[slot])
  }

  /// The symbol for an ASCII literal in the compiler.
  public mutating func intern(_ text: StaticString) -> Symbol { intern(text.bytes) }

  /// The symbol for these bytes, if they have been interned.
  public func find(_ text: [UInt8]) -> Symbol? {
    let index = slots[slot(of: text)]
    return index < 0 ? nil : Symbol(index: index)
  }

  private func slot(of text: [UInt8]) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0, texts[Int(slots[slot])] != text { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, text) in texts.enumerated() { slots[slot(of: text)] = Int32(index) }
  }
}
