import TestSupport
import Testing

@Suite("Published pages: gas, instructions") struct PublishedPagesTests {
  @Test("docs/gas-table.md is what the tables say")
  func gasTable() throws {
    let difference = try PublishedPage("gas-table.md", GasTable.page()).difference()
    #expect(difference == nil)
  }

  @Test("docs/gas-v5.1.csv is what the tables say")
  func gasCSV() throws {
    let difference = try PublishedPage("gas-v5.1.csv", GasCSV.page()).difference()
    #expect(difference == nil)
  }

  @Test("docs/instructions.md is what the table says")
  func instructions() throws {
    let difference = try PublishedPage("instructions.md", InstructionTable.page()).difference()
    #expect(difference == nil)
  }
}
