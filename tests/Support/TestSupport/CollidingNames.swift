/// Names that share a slot in every hash table of at most 4,096 slots.
public enum CollidingNames {
  /// This many names, whose hashes end in these twelve bits.
  public static func names(_ count: Int, slot: UInt64) -> [String] {
    var names: [String] = []
    var number = 0
    while names.count < count {
      let name = "n\(number)"
      if hash(name) & 0xfff == slot { names.append(name) }
      number += 1
    }
    return names
  }

  /// FNV-1a, 64 bits, of the CBOR of a string of less than 24 bytes.
  private static func hash(_ text: String) -> UInt64 {
    ([0x60 + UInt8(text.utf8.count)] + Array(text.utf8)).reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
  }
}
