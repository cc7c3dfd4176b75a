import Engine
import ProgramGeneration
import TestSupport
import Testing

/// Random programs give the same result in Node.js and in the engine.
@Suite struct NodeAgreementTests {
  /// A program and the engine's result.
  private struct Case {
    let program: GeneratedProgram
    let body: String
  }

  @Test func fiveThousandRandomProgramsAgreeWithNode() throws {
    var cases: [Case] = []
    var seed = GeneratorTests.firstSeed
    while cases.count < 5000 {
      let program = RandomPrograms.program(seed: seed)
      let image = try Guest.image(program.sources, entry: "main.js")
      let budgets = MachineLayout.Budgets(stackWords: 16_384, heapBytes: 1 << 20)
      let result = Guest.run(image: image, request: program.request, gasLimit: 1_000_000, budgets: budgets)
      // Node.js has no gas, and does not say what is wrong with a malformed request.
      if !["GasExhausted", "MemoryExhausted", "InvalidRequest"].contains(result.error) {
        cases.append(Case(program: program, body: result.body))
      }
      seed += 1
    }
    print("seeds \(GeneratorTests.firstSeed) to \(seed - 1)")
    let questions = cases.map {
      ProgramOracle.Question(files: $0.program.sources, requestText: $0.program.request)
    }
    for (answered, opinion) in zip(cases, try ProgramOracle.bodies(questions)) {
      // Node.js does not say why a String can't be decoded.
      let isVague = opinion.contains(#"{"offset":-1,"code":"?"}"#)
      let (ours, theirs) = isVague ? (withoutDefects(answered.body), withoutDefects(opinion)) : (answered.body, opinion)
      #expect(ours == theirs, "\(answered.program.listing)")
    }
  }

  private func withoutDefects(_ body: String) -> String {
    body.replacing(#/\{"offset":-?\d+,"code":"[\w?]+"\}/#, with: "{}")
  }
}
