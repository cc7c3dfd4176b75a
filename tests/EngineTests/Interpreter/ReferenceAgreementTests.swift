import TestSupport
import Testing

/// The reference evaluator and the engine give the same results, byte for byte and unit for unit, for every program in
/// the engine's other tests.
@Suite("The engine and the reference evaluator agree")
struct ReferenceAgreementTests {
  @Test func theyAgreeOnTheCorpus() throws {
    for answer in try ProgramOracle.corpus() {
      let files = answer.files ?? ["main.js": answer.source ?? ""]
      let agreement = try Agreement(files, entry: answer.entry ?? "main.js")
      let difference = agreement.difference(request: answer.requestText, budgets: MachineBudgets.small)
      #expect(difference == nil, "\(answer.name)")
    }
  }

  @Test func theyAgreeOnTheLibrarysExamplesAtEveryGasLimit() throws {
    for entry in try LibraryReference().entries {
      #expect(try Agreement(entry.example).differenceAtAnyLimit(budgets: MachineBudgets.tiny) == nil, "\(entry)")
    }
  }

  @Test(arguments: GasPricingTests.programs)
  func theyAgreeOnPricedProgramsAtEveryGasLimit(program: GasPricingTests.Priced) throws {
    #expect(try Agreement(program.source).differenceAtAnyLimit(budgets: MachineBudgets.tiny) == nil)
  }

  @Test(
    arguments: LibraryGasTests.strings + LibraryGasTests.collections)
  func theyAgreeOnPricedCallsAtEveryGasLimit(expression: String, units: Int) throws {
    #expect(try Agreement("(\(expression)); 1;").differenceAtAnyLimit(budgets: MachineBudgets.small) == nil)
  }

  @Test(arguments: BuiltinGasTests.programs)
  func theyAgreeOnProgramsOfTheLibraryAtEveryGasLimit(program: String) throws {
    #expect(try Agreement("(\(program))").differenceAtAnyLimit(budgets: MachineBudgets.small) == nil)
  }
}
