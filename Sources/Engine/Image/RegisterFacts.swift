/// What is known of a function's registers at a place in its code: what holds there on every way from the function's
/// entry.
///
/// A row of bits for each fact, a bit for each register, so that meeting another way is an "and" of words.
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

    static let count = 7
    static let anyString: Fact = [.value, .text, .sequence, .string]
    static let anyArray: Fact = [.value, .sequence, .array]

    /// The row of a single fact.
    fileprivate var row: Int { rawValue.trailingZeroBitCount }
  }

  private var words: [UInt64]
  private let wordsPerRow: Int
  private let registerCount: Int

  /// Nothing is known.
  init(registerCount: Int) {
    self.registerCount = registerCount
    wordsPerRow = (registerCount + 63) / 64
    words = Array(repeating: 0, count: Fact.count * wordsPerRow)
  }

  /// Whether a single fact is known of a register.
  func holds(_ fact: Fact, _ register: Int) -> Bool {
    words[fact.row * wordsPerRow + register / 64] >> UInt64(register % 64) & 1 != 0
  }

  /// Whether a single fact is known of `count` registers from `first` on.
  func holds(_ fact: Fact, from first: Int, count: Int) -> Bool {
    for index in stride(from: 0, to: count, by: 64) {
      let wanted = UInt64.max >> UInt64(64 - min(64, count - index))
      if bits(of: fact, from: first + index) & wanted != wanted { return false }
    }
    return true
  }

  /// For each of `count` registers from `first` on whether a single fact is known of it, a bit each.
  func row(of fact: Fact, from first: Int, count: Int) -> [UInt64] {
    stride(from: 0, to: count, by: 64).map { index in
      bits(of: fact, from: first + index) & UInt64.max >> UInt64(64 - min(64, count - index))
    }
  }

  /// 64 bits of a row, from any register on; zeros past the last one.
  private func bits(of fact: Fact, from first: Int) -> UInt64 {
    let (index, shift) = (first / 64, UInt64(first % 64))
    let row = fact.row * wordsPerRow
    let low = index < wordsPerRow ? words[row + index] >> shift : 0
    let high = shift > 0 && index + 1 < wordsPerRow ? words[row + index + 1] << (64 - shift) : 0
    return low | high
  }

  /// What is known of a register.
  subscript(register: Int) -> Fact {
    var known: UInt8 = 0
    for row in 0..<Fact.count {
      known |= UInt8(words[row * wordsPerRow + register / 64] >> UInt64(register % 64) & 1) << UInt8(row)
    }
    return Fact(rawValue: known)
  }

  /// Notes that a register is written: what is known of it from now on. A method's callee is none any more when its
  /// receiver, two registers above, is written over.
  mutating func write(_ register: Int, _ facts: Fact) {
    for row in 0..<Fact.count { forget(Fact(rawValue: 1 << UInt8(row)), register) }
    learn(register, facts)
    if register >= 2 { forget(.method, register - 2) }
  }

  /// Notes what a check has shown of a register besides.
  mutating func learn(_ register: Int, _ facts: Fact) {
    for row in 0..<Fact.count where facts.rawValue >> UInt8(row) & 1 != 0 {
      words[row * wordsPerRow + register / 64] |= 1 << UInt64(register % 64)
    }
  }

  private mutating func forget(_ fact: Fact, _ register: Int) {
    words[fact.row * wordsPerRow + register / 64] &= ~(1 << UInt64(register % 64))
  }

  /// Forgets all registers from `first` on, and with them methods whose receivers lie there.
  mutating func forget(from first: Int) {
    for register in max(0, first - 2)..<first { forget(.method, register) }
    for row in 0..<Fact.count {
      for index in first / 64..<wordsPerRow {
        let kept: UInt64 = index == first / 64 ? (1 << UInt64(first % 64)) - 1 : 0
        words[row * wordsPerRow + index] &= kept
      }
    }
  }

  /// Keeps what is known on another way too.
  mutating func meet(_ other: RegisterFacts) {
    for index in words.indices { words[index] &= other.words[index] }
  }
}
