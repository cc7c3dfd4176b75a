/// The single charges that merged charges consist of.
///
/// One instruction often pays for several operations of the program: `a + b` reads two names and adds, 1 + 1 + 2 units,
/// in one instruction that charges 4. If a run exhausts its gas, the single charges define the sum at which it ends.
/// They are stored apart from the code, and read only then.
///
/// ```
/// ┌───────┬──────────────────────────────────────────────┬───────────────────────────────────────┐
/// │ count │ count × (instruction << 32 | first unit)      │ units of 32 bits: length, charges …   │
/// └───────┴──────────────────────────────────────────────┴───────────────────────────────────────┘
/// ```
/// Entries are sorted by instruction. An instruction with only one charge has no entry.
struct ChargeTable {
  let memory: LinearMemory
  let offset: HeapOffset

  private var count: Int { Int(truncatingIfNeeded: memory[offset]) }

  private func unit(_ index: Int) -> Int {
    let word = memory[offset.advanced(words: 1 &+ count &+ index >> 1)]
    return Int(truncatingIfNeeded: index & 1 == 0 ? word & 0xffff_ffff : word >> 32)
  }

  /// The charges of an instruction, in order.
  func charges(ofInstruction index: Int, total: Int) -> Charges {
    var low = 0
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      let entry = memory[offset.advanced(words: 1 &+ middle)]
      if Int(truncatingIfNeeded: entry >> 32) < index { low = middle &+ 1 } else { high = middle }
    }
    if low < count {
      let entry = memory[offset.advanced(words: 1 &+ low)]
      if Int(truncatingIfNeeded: entry >> 32) == index {
        let first = Int(truncatingIfNeeded: entry & 0xffff_ffff)
        return Charges(table: self, first: first &+ 1, count: unit(first), single: 0)
      }
    }
    return Charges(table: self, first: 0, count: 1, single: total)
  }

  /// The charges of one instruction.
  struct Charges {
    fileprivate let table: ChargeTable
    fileprivate let first: Int
    let count: Int
    fileprivate let single: Int

    fileprivate init(table: ChargeTable, first: Int, count: Int, single: Int) {
      self.table = table
      self.first = first
      self.count = count
      self.single = single
    }

    subscript(index: Int) -> Int { first == 0 ? single : table.unit(first &+ index) }
  }
}
