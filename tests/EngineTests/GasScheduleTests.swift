import Engine
import Testing

/// The gas schedule is part of what programs are held to: a change of it is deliberate.
@Suite struct GasScheduleTests {
  /// Whoever changes a price, a measure or a rule changes this line as well, raises `GasSchedule.rulesRevision` if no table
  /// shows the change, and makes the pages anew (`make docs`).
  @Test func identifier() {
    #expect(GasTable.identifier == "6de08f5ec5f458fc869fba6d9967fbfe0821a6a0e40497e69e316d7f284bf036")
  }

  /// The text that the hash is taken of has every price.
  @Test func textHoldsEveryPrice() {
    let lines = Set(String(decoding: GasSchedule.text, as: UTF8.self).split(separator: "\n").map(String.init))
    for row in GasRow.allCases {
      #expect(lines.contains("row,\(row.definition.name),\(row.cost),\(row.definition.standing.name)"))
    }
    for work in BulkWork.allCases { #expect(lines.contains("bulk,\(work.rawValue),\(work.blockSize)")) }
    for charge in Builtin.allCases.flatMap(\.bulk) + ConstructBulk.allCases.flatMap(\.bulk) {
      #expect(lines.contains("work,\(charge.work.rawValue),\(charge.measure)"))
    }
  }
}
