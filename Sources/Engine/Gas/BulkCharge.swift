/// A kind of work that is charged for, and what is measured.
public struct BulkCharge: Sendable {
  /// The kind of work, which has the size of the blocks.
  public let work: BulkWork
  /// What of it is counted, in the words of the library's reference.
  public let measure: StaticString

  init(_ work: BulkWork, _ measure: StaticString) {
    self.work = work
    self.measure = measure
  }
}

/// What a built-in is charged for besides its row, in the order in which it is. With what happens in callbacks and in
/// comparisons, which is priced as if it stood in the program, and with the row this is the whole price of a call.
public struct BulkCharges: Sendable {
  private let first, second, third, fourth, fifth: BulkCharge?

  /// Up to five charges.
  init(
    _ first: BulkCharge?, _ second: BulkCharge? = nil, _ third: BulkCharge? = nil, _ fourth: BulkCharge? = nil,
    _ fifth: BulkCharge? = nil
  ) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
    self.fifth = fifth
  }

  /// The row is all that is charged.
  static var none: BulkCharges { BulkCharges(nil) }

  /// One kind of work.
  static func one(_ work: BulkWork, _ measure: StaticString) -> BulkCharges { BulkCharges(BulkCharge(work, measure)) }

  /// The charges, in order.
  public var all: [BulkCharge] { [first, second, third, fourth, fifth].compactMap { $0 } }

  /// Whether a kind of work is among them.
  func contains(_ work: BulkWork) -> Bool {
    first?.work == work || second?.work == work || third?.work == work || fourth?.work == work || fifth?.work == work
  }
}

extension Builtin {
  /// The work that is charged besides the row, in the order in which it is.
  public var bulk: [BulkCharge] { definition.bulk.all }
}
