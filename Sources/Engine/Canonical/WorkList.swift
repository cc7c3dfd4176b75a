/// A stack of the pending levels of a walk over values, used instead of native recursion. It is above the running
/// frame. Each level takes four words of the abstract stack budget.
struct WorkList {
  static let wordsPerLevel = 4

  private let memory: LinearMemory
  private let base: HeapOffset
  private(set) var depth = 0

  init(_ machine: borrowing Machine) {
    memory = machine.memory
    // No frame has more registers than this, so everything above is free.
    base = machine.frame.advanced(words: Frame.maximumRegisters)
  }

  var isEmpty: Bool { depth == 0 }

  private func level(_ index: Int) -> HeapOffset { base.advanced(words: index &* WorkList.wordsPerLevel) }

  /// A word of a level: 0..<4 of level 0..<depth.
  subscript(level index: Int, word word: Int) -> UInt64 {
    get { memory[level(index).advanced(words: word)] }
    nonmutating set { memory[level(index).advanced(words: word)] = newValue }
  }

  /// A word of the topmost level.
  func top(_ word: Int) -> UInt64 { memory[level(depth &- 1).advanced(words: word)] }

  /// Changes a word of the topmost level.
  func setTop(_ word: Int, _ bits: UInt64) { memory[level(depth &- 1).advanced(words: word)] = bits }

  /// Adds a level, or traps with `StackExhausted`.
  mutating func push(
    _ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ machine: inout Machine
  ) throws(Trap) {
    try take(&machine)
    let offset = level(depth)
    memory[offset] = a
    memory[offset.advanced(words: 1)] = b
    memory[offset.advanced(words: 2)] = c
    memory[offset.advanced(words: 3)] = d
    depth &+= 1
  }

  /// Takes and returns a level's words, for an empty Array, Record or Map, which counts as a level like any other.
  @inline(__always)
  func visit(_ machine: inout Machine) throws(Trap) {
    try take(&machine)
    machine.stackWords &+= WorkList.wordsPerLevel
  }

  @inline(__always)
  private func take(_ machine: inout Machine) throws(Trap) {
    machine.stackWords &-= WorkList.wordsPerLevel
    if machine.stackWords < machine.leastStackWords {
      if machine.stackWords < 0 { throw .stackExhausted }
      machine.leastStackWords = machine.stackWords
    }
  }

  /// Drops the topmost level.
  mutating func pop(_ machine: inout Machine) {
    machine.stackWords &+= WorkList.wordsPerLevel
    depth &-= 1
  }

  /// Drops all levels.
  mutating func clear(_ machine: inout Machine) {
    machine.stackWords &+= depth &* WorkList.wordsPerLevel
    depth = 0
  }
}
