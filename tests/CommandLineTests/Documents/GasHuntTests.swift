import Foundation
import TestSupport
import Testing

/// The search for the worst time per unit of gas (`Benchmarks/gas_hunt`) covers everything that has a price.
@Suite struct GasHuntTests {
  /// Each function of the library, each construct and each effect of the gas tables has a gene, and each program of the
  /// corpus compiles and runs into its gas limit. Nothing is measured here.
  @Test func everyPriceHasAGeneAndEveryProgramOfTheCorpusRuns() throws {
    let arguments = ["-m", "gas_hunt", "check", "--mqjs", Tool.path, "--most-gas", "1000000"]
    let environment = ["PYTHONPATH": Repository.url("Benchmarks").path, "PYTHONDONTWRITEBYTECODE": "1"]
    let ending = try Tool().folder.run("python3", arguments, environment: environment)
    #expect(ending.status == 0, "\(ending.output)\(ending.errorOutput)")
  }
}
