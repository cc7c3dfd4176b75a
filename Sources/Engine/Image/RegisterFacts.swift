/// What is known about a function's registers at a place in its code: what is true there on every path from the
/// function's entry.
///
/// There is a bit for each fact and register, so merging with another path is an "and" of words. Code mostly examines
/// one register or a few neighbours, so their bits are together.
struct RegisterFacts {
  /// What can be known about the word in a register. Without any fact, it may be anything.
  struct Fact: OptionSet {
    let rawValue: UInt8

    /// A value that a guest can hold.
    static let value = Fact(rawValue: 1 << 0)
    /// A reference to a cell.
    static let cell = Fact(rawValue: 1 << 1)
    /// A value that has a canonical text.
    static let text = Fact(rawValue: 1 << 2)
    /// A value that can be spread into an Array: an Array or a String.
    static let sequence = Fact(rawValue: 1 << 3)
    static let string = Fact(rawValue: 1 << 4)
    static let array = Fact(rawValue: 1 << 5)
    /// The callee that `prepareMethod` found. Its receiver is still two registers above.
    static let method = Fact(rawValue: 1 << 6)

    static let anyString: Fact = [.value, .text, .sequence, .string]
    static let anyArray: Fact = [.value, .sequence, .array]
  }

  /// A byte for each register, so eight registers in a word.
  private var words: [UInt64]

  /// A state in which nothing is known.
  init(registerCount: Int) { words = Array(repeating: 0, count: (registerCount + 7) / 8) }

  /// What is known about a register.
  subscript(register: Int) -> Fact {
    Fact(rawValue: UInt8(truncatingIfNeeded: words[register >> 3] >> RegisterFacts.shift(register)))
  }

  /// The position of a register's byte in its word, in bits.
  @inline(__always)
  private static func shift(_ register: Int) -> UInt64 { UInt64(truncatingIfNeeded: register & 7) &* 8 }

  /// A mask of the bytes of a word whose registers are in a range.
  private static func mask(ofWord index: Int, _ registers: Range<Int>) -> UInt64 {
    var mask = UInt64.max
    if registers.lowerBound > 8 * index { mask <<= UInt64(8 * (registers.lowerBound - 8 * index)) }
    if registers.upperBound < 8 * index + 8 { mask &= UInt64.max >> UInt64(8 * (8 * index + 8 - registers.upperBound)) }
    return mask
  }

  /// Whether a fact is known about a register.
  func holds(_ fact: Fact, _ register: Int) -> Bool { self[register].isSuperset(of: fact) }

  /// Whether a fact is known about each of `count` registers from `first` on.
  func holds(_ fact: Fact, from first: Int, count: Int) -> Bool {
    if count == 0 { return true }
    let registers = first..<first + count
    let wanted = UInt64(fact.rawValue) &* 0x0101_0101_0101_0101
    for index in first >> 3...(first + count - 1) >> 3 {
      let missing = wanted & ~words[index]
      if missing & RegisterFacts.mask(ofWord: index, registers) != 0 { return false }
    }
    return true
  }

  /// For each of `count` registers from `first` on, 64 at most, a bit that says whether a fact is known about it. A fact
  /// here is a single one.
  func mask(of fact: Fact, from first: Int, count: Int) -> UInt64 {
    assert(fact.rawValue.nonzeroBitCount == 1 && count <= 64, "one bit for each register")
    let bit = UInt64(fact.rawValue.trailingZeroBitCount)
    let shift = RegisterFacts.shift(first)
    var mask: UInt64 = 0
    for group in 0..<(count + 7) >> 3 {
      let index = first >> 3 + group
      var registers = words[index] >> shift
      if shift > 0, index + 1 < words.count { registers |= words[index + 1] << (64 - shift) }
      // The lowest bits of the eight bytes, side by side.
      let bits = (((registers >> bit) & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
      mask |= bits << UInt64(8 * group)
    }
    return count == 64 ? mask : mask & (1 << UInt64(count) - 1)
  }

  /// Notes that a register is written, and what is known about it from now on. If it held the receiver of a method, the
  /// method's callee, two registers below, is no longer known.
  mutating func write(_ register: Int, _ facts: Fact) {
    let shift = RegisterFacts.shift(register)
    words[register >> 3] = words[register >> 3] & ~(0xff &<< shift) | UInt64(facts.rawValue) &<< shift
    if register >= 2 { forgetMethod(register - 2) }
  }

  /// Notes what a check has additionally shown about a register.
  mutating func learn(_ register: Int, _ facts: Fact) {
    words[register >> 3] |= UInt64(facts.rawValue) &<< RegisterFacts.shift(register)
  }

  private mutating func forgetMethod(_ register: Int) {
    words[register >> 3] &= ~(UInt64(Fact.method.rawValue) &<< RegisterFacts.shift(register))
  }

  /// Forgets all registers from `first` on, and the methods whose receivers are there.
  mutating func forget(from first: Int) {
    for register in max(0, first - 2)..<first { forgetMethod(register) }
    if first >> 3 < words.count { words[first >> 3] &= (1 &<< RegisterFacts.shift(first)) - 1 }
    for index in first >> 3 + 1..<max(first >> 3 + 1, words.count) { words[index] = 0 }
  }

  /// Keeps only what is also known on another path.
  mutating func meet(_ other: RegisterFacts) {
    for index in words.indices { words[index] &= other.words[index] }
  }
}
