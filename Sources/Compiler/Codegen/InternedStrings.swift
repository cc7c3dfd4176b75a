internal import Engine

/// The hash table of an image's Strings, with open addressing and linear probing. A String far from its own slot
/// displaces one that is nearer to its own (P. Celis, "Robin Hood hashing", 1986). This keeps all distances, and so all
/// searches, short.
struct InternedStrings {
  private let memory: LinearMemory
  /// Offsets of the Strings; 0 in free slots.
  private(set) var slots: [UInt64]
  /// The greatest distance of any String from its own slot.
  private(set) var longestProbe = 0

  /// The number of slots for this many Strings. At most half of them are filled.
  static func slotCount(for stringCount: Int) -> Int {
    var slots = 512
    while slots < 2 * stringCount { slots *= 2 }
    return slots
  }

  /// An empty table for Strings in `memory`.
  init(_ memory: LinearMemory, slotCount: Int) {
    self.memory = memory
    slots = Array(repeating: 0, count: slotCount)
  }

  private func string(in slot: Int) -> StringView { StringView(memory, Value(bits: slots[slot]).offset) }

  private func ownSlot(_ string: StringView) -> Int { Int(truncatingIfNeeded: string.keyHash) & (slots.count - 1) }

  /// The equal String in the table, if there is one.
  func find(_ string: StringView) -> StringView? {
    var slot = ownSlot(string)
    while slots[slot] != 0 {
      let other = self.string(in: slot)
      if other.equals(string) { return other }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a String that is not in the table.
  mutating func insert(_ string: StringView) {
    var (string, slot, probe) = (string, ownSlot(string), 0)
    while slots[slot] != 0 {
      let other = self.string(in: slot)
      let otherProbe = (slot - ownSlot(other)) & (slots.count - 1)
      if otherProbe < probe {
        put(string, slot, probe)
        (string, probe) = (other, otherProbe)
      }
      slot = (slot + 1) & (slots.count - 1)
      probe += 1
    }
    put(string, slot, probe)
  }

  private mutating func put(_ string: StringView, _ slot: Int, _ probe: Int) {
    slots[slot] = Value(string.offset).bits
    longestProbe = max(longestProbe, probe)
  }
}
