import Differential
import Testing

/// The engine and the reference evaluator give the same results for random programs.
@Suite struct ReferenceAgreementTests {
  /// The same response, error, gas and effects. Small programs run under every gas limit.
  @Test func twoThousandRandomProgramsAgree() {
    let seeds = GeneratorTests.firstSeed...(GeneratorTests.firstSeed + 1999)
    print("seeds \(seeds)")
    let report = Campaign(seeds: seeds).run(threads: 2)
    for (seed, listing, what) in report.disagreements {
      Issue.record("seed \(seed) differs, \(what)\n\(listing)")
    }
    #expect(report.swept > 200)
  }
}
