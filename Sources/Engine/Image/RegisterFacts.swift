/// What is known of a function's registers at a place in its code: what holds there on every path from the function's
/// entry.
///
/// A bit for each fact and register, so that meeting another path is an "and" of words. Code mostly looks at one register or a
/// few neighbours, so their bits lie together.
struct RegisterFacts {
  /// What can be known of the word in a register. No fact at all: it may be anything.
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
    /// The callee that `prepareMethod` found, its receiver still two registers above.
    static let method = Fact(rawValue: 1 << 6)

    static let anyString: Fact = [.value, .text, .sequence, .string]
    static let anyArray: Fact = [.value, .sequence, .array]
  }

  /// Eight registers to a word, a byte for each.
  private var words: [UInt64]

  /// Nothing is known.
  init(registerCount: Int) { words = Array(repeating: 0, count: (registerCount + 7) / 8) }

  /// What is known of a register.
  subscript(register: Int) -> Fact {
    Fact(rawValue: UInt8(truncatingIfNeeded: words[register >> 3] >> RegisterFacts.shift(register)))
  }

  /// Where a register's byte lies in its word.
  @inline(__always)
  private static func shift(_ register: Int) -> UInt64 { UInt64(truncatingIfNeeded: register & 7) &* 8 }

  /// The bytes of the registers in a word that lie in a range, each 0xff.
  private static func mask(ofWord index: Int, _ registers: Range<Int>) -> UInt64 {
    var mask = UInt64.max
    if registers.lowerBound > 8 * index { mask <<= UInt64(8 * (registers.lowerBound - 8 * index)) }
    if registers.upperBound < 8 * index + 8 { mask &= UInt64.max >> UInt64(8 * (8 * index + 8 - registers.upperBound)) }
    return mask
  }

  /// Whether a fact is known of a register.
  func holds(_ fact: Fact, _ register: Int) -> Bool { self[register].isSuperset(of: fact) }

  /// Whether a fact is known of `count` registers from `first` on.
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

  /// For each of `count` registers from `first` on whether a fact is known of it, a bit each.
  func row(of fact: Fact, from first: Int, count: Int) -> [UInt64] {
    var row = [UInt64](repeating: 0, count: (count + 63) / 64)
    for index in 0..<count where holds(fact, first + index) { row[index / 64] |= 1 << UInt64(index % 64) }
    return row
  }

  /// Notes that a register is written: what is known of it from now on. A method's callee is none any more when its
  /// receiver, two registers above, is written over.
  mutating func write(_ register: Int, _ facts: Fact) {
    let shift = RegisterFacts.shift(register)
    words[register >> 3] = words[register >> 3] & ~(0xff &<< shift) | UInt64(facts.rawValue) &<< shift
    if register >= 2 { forgetMethod(register - 2) }
  }

  /// Notes what a check has shown of a register besides.
  mutating func learn(_ register: Int, _ facts: Fact) {
    words[register >> 3] |= UInt64(facts.rawValue) &<< RegisterFacts.shift(register)
  }

  private mutating func forgetMethod(_ register: Int) {
    words[register >> 3] &= ~(UInt64(Fact.method.rawValue) &<< RegisterFacts.shift(register))
  }

  /// Forgets all registers from `first` on, and with them methods whose receivers lie there.
  mutating func forget(from first: Int) {
    for register in max(0, first - 2)..<first { forgetMethod(register) }
    if first >> 3 < words.count { words[first >> 3] &= (1 &<< RegisterFacts.shift(first)) - 1 }
    for index in first >> 3 + 1..<max(first >> 3 + 1, words.count) { words[index] = 0 }
  }

  /// Keeps what is known on another path too.
  mutating func meet(_ other: RegisterFacts) {
    for index in words.indices { words[index] &= other.words[index] }
  }
}
