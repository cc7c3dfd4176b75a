import TestSupport
import Testing

/// The reference evaluator gives what the engine gives, byte for byte and unit for unit, for every program that the other
/// tests of the engine have.
@Suite("The engine and the reference evaluator agree")
struct ReferenceAgreementTests {
  @Test("on the corpus of programs")
  func corpus() throws {
    for answer in try ProgramOracle.corpus() {
      let files = answer.files ?? ["main.js": answer.source ?? ""]
      let agreement = try Agreement(files, entry: answer.entry ?? "main.js")
      let difference = agreement.difference(request: answer.requestText, budgets: MachineBudgets.small)
      #expect(difference == nil, "\(answer.name)")
    }
  }

  @Test("on the examples of the library's reference, at every gas limit")
  func library() throws {
    for entry in try LibraryReference().entries {
      #expect(try Agreement(entry.example).differenceAtAnyLimit(budgets: MachineBudgets.tiny) == nil, "\(entry)")
    }
  }

  @Test("on priced programs, at every gas limit", arguments: GasPricingTests.programs)
  func priced(program: GasPricingTests.Priced) throws {
    #expect(try Agreement(program.source).differenceAtAnyLimit(budgets: MachineBudgets.tiny) == nil)
  }

  @Test(
    "on priced calls of the library, at every gas limit",
    arguments: LibraryGasTests.strings + LibraryGasTests.collections)
  func pricedCall(expression: String, units: Int) throws {
    #expect(try Agreement("(\(expression)); 1;").differenceAtAnyLimit(budgets: MachineBudgets.small) == nil)
  }

  @Test("on programs of the library, at every gas limit", arguments: BuiltinGasTests.programs)
  func combined(program: String) throws {
    #expect(try Agreement("(\(program))").differenceAtAnyLimit(budgets: MachineBudgets.small) == nil)
  }
}
