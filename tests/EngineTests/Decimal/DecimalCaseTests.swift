import Engine
import Foundation
import TestSupport
import Testing

/// The General Decimal Arithmetic test cases whose operands and results are in our range. The files are in the
/// directory that `MQJS_DECTEST` names. Without it, our own sample is used.
@Suite struct DecimalCaseTests {
  private static var files: [URL] {
    if let folder = ProcessInfo.processInfo.environment["MQJS_DECTEST"] {
      let all = try? FileManager.default.contentsOfDirectory(
        at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil)
      return (all ?? []).filter { $0.pathExtension.lowercased() == "dectest" }.sorted { $0.path < $1.path }
    }
    return [Repository.url("tests/Data/decimal/sample.decTest")]
  }

  /// The result of a case.
  private enum Verdict: Equatable {
    case agrees
    case differs(String)
    /// Not applicable: an operation, number, rounding or result that Decimal does not have.
    case outside
  }

  @Test func publishedCasesInRangeAgree() throws {
    var counts: [String: Int] = [:]
    var total = 0
    for file in Self.files {
      for testCase in DecimalCase.read(String(decoding: try Data(contentsOf: file), as: UTF8.self)) {
        total += 1
        switch verdict(testCase) {
        case .outside: break
        case .agrees: counts[testCase.operation, default: 0] += 1
        case .differs(let own):
          Issue.record("\(testCase.name) \(testCase.operation) \(testCase.operands): \(own), not \(testCase.result)")
        }
      }
    }
    let used = counts.values.reduce(0, +)
    let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    print("decTest: \(Self.files.count) files, \(total) cases, \(used) in range and equal: \(list)")
    #expect(used >= 30)
    #expect(Set(["add", "subtract", "multiply", "divide", "compare", "quantize"]).isSubset(of: Set(counts.keys)))
  }

  private func verdict(_ testCase: DecimalCase) -> Verdict {
    let numerals = testCase.operands.compactMap(DecimalNumeral.init)
    let operands = numerals.compactMap(\.number)
    guard operands.count == testCase.operands.count, let own = own(testCase, operands, numerals),
      let expected = expected(testCase)
    else { return .outside }
    return own == expected ? .agrees : .differs(own)
  }

  /// The engine's result, or nil if it has no such operation.
  private func own(_ testCase: DecimalCase, _ operands: [Decimal128], _ numerals: [DecimalNumeral]) -> String? {
    switch (testCase.operation, operands.count) {
    case ("add", 2): return Decimal128.answer(.addition, operands[0], operands[1])
    case ("subtract", 2): return Decimal128.answer(.subtraction, operands[0], operands[1])
    case ("multiply", 2): return Decimal128.answer(.multiplication, operands[0], operands[1])
    case ("divide", 2): return Decimal128.answer(.division, operands[0], operands[1])
    case ("compare", 2): return "\(DecimalComparison.compare(operands[0], operands[1]))"
    case ("minus", 1), ("copynegate", 1): return operands[0].negated.string
    case ("abs", 1), ("copyabs", 1): return operands[0].magnitude.string
    case ("plus", 1), ("reduce", 1), ("copy", 1): return operands[0].string
    case ("tointegral", 1), ("tointegralx", 1):
      return isRoundedOurWay(testCase) ? operands[0].rounded(toScale: 0).string : nil
    case ("quantize", 2):
      let scale = 0 - numerals[1].exponent
      guard (0...28).contains(scale), isRoundedOurWay(testCase) else { return nil }
      return operands[0].rounded(toScale: scale).string
    default: return nil
    }
  }

  private func isRoundedOurWay(_ testCase: DecimalCase) -> Bool { testCase.rounding == "half_even" }

  /// The expected result, or nil if Decimal can't have it, because the case rounds differently or has another
  /// precision.
  private func expected(_ testCase: DecimalCase) -> String? {
    let conditions = testCase.conditions
    if !conditions.isDisjoint(with: ["division_by_zero", "division_undefined"]) { return "DivisionByZero" }
    let chosesItsPlace = ["quantize", "tointegral", "tointegralx"].contains(testCase.operation)
    if conditions.contains("inexact"), !chosesItsPlace {
      guard testCase.precision == 34, isRoundedOurWay(testCase) else { return nil }
    }
    if !conditions.isDisjoint(with: ["overflow", "underflow", "subnormal", "clamped", "invalid_operation"]) {
      return nil
    }
    guard let numeral = DecimalNumeral(testCase.result) else { return nil }
    if numeral.isTooLarge { return "Overflow" }
    return numeral.number?.string
  }
}
