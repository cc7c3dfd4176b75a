/// A kind of work that is charged for, and the quantity that is measured.
public struct BulkCharge: Sendable {
  /// The kind of work. It determines the block size.
  public let work: BulkWork
  /// The quantity that is counted, in the words of the library's reference.
  public let measure: StaticString

  init(_ work: BulkWork, _ measure: StaticString) {
    self.work = work
    self.measure = measure
  }
}

/// The charges of a built-in in addition to its row, in the order in which they are made. The price of a call consists
/// of the row, these charges, and the work in callbacks and comparisons, which costs the same as if it were written in
/// the program.
public struct BulkCharges: Sendable {
  private let first, second, third, fourth, fifth, sixth, seventh: BulkCharge?

  /// Up to seven charges.
  init(
    _ first: BulkCharge?, _ second: BulkCharge? = nil, _ third: BulkCharge? = nil, _ fourth: BulkCharge? = nil,
    _ fifth: BulkCharge? = nil, _ sixth: BulkCharge? = nil, _ seventh: BulkCharge? = nil
  ) {
    self.first = first
    self.second = second
    self.third = third
    self.fourth = fourth
    self.fifth = fifth
    self.sixth = sixth
    self.seventh = seventh
  }

  /// Only the row is charged.
  static var none: BulkCharges { BulkCharges(nil) }

  /// One charge.
  static func one(_ work: BulkWork, _ measure: StaticString) -> BulkCharges { BulkCharges(BulkCharge(work, measure)) }

  /// The charges, in order.
  public var all: [BulkCharge] { [first, second, third, fourth, fifth, sixth, seventh].compactMap { $0 } }

  /// Whether a kind of work is among them.
  func contains(_ work: BulkWork) -> Bool {
    first?.work == work || second?.work == work || third?.work == work || fourth?.work == work || fifth?.work == work
      || sixth?.work == work || seventh?.work == work
  }
}

extension Builtin {
  /// The charges in addition to the row, in the order in which they are made.
  public var bulk: [BulkCharge] { definition.bulk.all }
}
