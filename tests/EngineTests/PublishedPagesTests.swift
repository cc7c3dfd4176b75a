import TestSupport
import Testing

@Suite("Published pages: gas, effects, instructions") struct PublishedPagesTests {
  @Test func theGasTableIsUpToDate() throws {
    let difference = try PublishedPage("gas-table.md", GasTable.page()).difference()
    #expect(difference == nil)
  }

  @Test func theGasScheduleForProgramsIsUpToDate() throws {
    let difference = try PublishedPage("gas-v5.1.csv", GasCSV.page()).difference()
    #expect(difference == nil)
  }

  @Test func thePageOfInstructionsIsUpToDate() throws {
    let difference = try PublishedPage("instructions.md", InstructionTable.page()).difference()
    #expect(difference == nil)
  }
}
