internal import Engine

/// The code of all functions, one after another, and the charges behind merged ones. The code begins with the two
/// instructions that every image begins with.
struct CodeSection {
  private(set) var words: [UInt64]
  /// The first instruction of each function.
  private(set) var starts: [Int] = []
  /// The charge section (see the engine's `ChargeTable`).
  private(set) var charges: [UInt64] = []

  init(_ functions: [GeneratedFunction]) {
    // The host's call returns to the first, and callbacks of built-ins return to the second.
    words = [Instruction(.halt).bits, Instruction(.resume).bits]
    var table = ChargeTableWriter()
    for function in functions {
      starts.append(words.count)
      for (instruction, units) in function.assembler.charges { table.add(words.count + instruction, units) }
      words += function.assembler.instructions.map { $0.bits }
    }
    charges = table.words
  }
}

/// Writes the charge section. Equal lists are stored once.
private struct ChargeTableWriter {
  private var entries: [UInt64] = []
  private var units: [UInt32] = []
  private var lists = SymbolTable()
  /// Where each list begins.
  private var firsts: [Int] = []

  mutating func add(_ instruction: Int, _ list: [Int]) {
    var bytes: [UInt8] = []
    for unit in list {
      for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: unit >> shift)) }
    }
    let symbol = lists.intern(bytes)
    if Int(symbol.index) == firsts.count {
      firsts.append(units.count)
      units.append(UInt32(list.count))
      units += list.map { UInt32($0) }
    }
    entries.append(UInt64(instruction) << 32 | UInt64(firsts[Int(symbol.index)]))
  }

  var words: [UInt64] {
    var words = [UInt64(entries.count)] + entries
    for index in stride(from: 0, to: units.count, by: 2) {
      let high = index + 1 < units.count ? units[index + 1] : 0
      words.append(UInt64(units[index]) | UInt64(high) << 32)
    }
    return words
  }
}
