import Compiler
import Engine
import TestSupport
import Testing

/// Every row of Annex A: its price, the rejection of its construct, or the fact that it is never charged.
@Suite("Each row of Annex A")
struct GasRowTests {
  @Test func everyRowHasOneCaseWithThePublishedNameAndUnits() {
    #expect(Set(RowCase.all.map(\.row)) == Set(GasRow.allCases))
    #expect(RowCase.all.count == GasRow.allCases.count)
    for row in RowCase.all {
      #expect("\(row.row.definition.name)" == row.name)
      #expect(row.row.cost == row.units, "\(row.name)")
    }
  }

  @Test(arguments: RowCase.all)
  func everyRowStandsInTheTableAsItIsShownToBe(row: RowCase) {
    switch (row.evidence, row.row.definition.standing) {
    case (.paid, .charged), (.performed, .charged), (.rejected, .forbidden), (.unused, .unused): break
    default: Issue.record("\(row.name) stands in the table as \(row.row.definition.standing)")
    }
  }

  @Test(arguments: RowCase.all)
  func everyChargedRowIsPaidForByItsConstruct(row: RowCase) throws {
    switch row.evidence {
    case .paid(let source, let charges):
      let gas = try Guest.run(source, budgets: MachineBudgets.small).gas
      #expect(charges.contains(row.row) && gas == charges.reduce(0) { $0 + $1.cost }, "\(source)")
    case .performed(let call, let charges):
      let all = [.funcCall] + charges + [.return]
      let image = try Guest.image("export default function () { return \(call); }")
      // The request has 2 bytes, of which the first is free. The result is 7, in canonical CBOR.
      var work = 0
      let result = Guest.run(image: image, budgets: MachineBudgets.small) { name, arguments in
        let operation = EffectOperation.allCases.first { "\($0.capability.name).\($0.definition.name)" == name }
        work = operation?.definition.hostWork.units(argumentBytes: arguments.count) ?? 0
        work += operation?.definition.hostWork.units(resultBytes: 1) ?? 0
        return .result([0x07])
      }
      #expect(result.body == "7" && charges.contains(row.row), "\(call)")
      #expect(result.gas == all.reduce(1 + work) { $0 + $1.cost }, "\(call)")
    case .rejected, .unused: break
    }
  }

  @Test(arguments: RowCase.all)
  func constructsOfForbiddenRowsAreRejected(row: RowCase) {
    guard case .rejected(let programs) = row.evidence else { return }
    for (source, code) in programs {
      do throws(Guest.Rejected) {
        _ = try Guest.image(source)
        Issue.record("\(source) is accepted")
      } catch {
        #expect(error.diagnostics.contains { "\($0.code.definition.id)" == code }, "\(source)")
      }
    }
  }

  @Test func builtinsBelongToChargedRows() {
    for builtin in Builtin.allCases {
      #expect(builtin.definition.row.definition.standing == .charged, "\(builtin.definition.name)")
    }
  }

  @Test func mutualTailCallsAreFreeAndRunInConstantStack() throws {
    let functions = """
      function even(n) { return n === 0 ? true : odd(n - 1); }
      function odd(n) { return n === 0 ? false : even(n - 1); }

      """
    let short = try Guest.run(functions + "even(10)")
    let long = try Guest.run(functions + "even(1000000)")
    #expect(long.body == "true" && long.stackPeakWords == short.stackPeakWords)
    let turn: [GasRow] = [
      .stackPush, .stackPush, .strictEq, .ifElse, .stackPush, .stackPush, .stackPush, .sub, .tailCall,
    ]
    #expect(long.gas - short.gas == turn.reduce(0) { $0 + $1.cost } * (1_000_000 - 10))
  }
}
