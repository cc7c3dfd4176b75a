import Engine
import Foundation
import TestSupport
import Testing

/// Arithmetic, compared with Python's `decimal` and `fractions`: see `tests/Oracles/decimal-oracle.py`.
@Suite struct DecimalOracleTests {
  private static let script = Repository.url("tests/Oracles/decimal-oracle.py").path

  /// Python's answers to these lines, all from one process.
  private func answers(_ lines: [String]) throws -> [String] {
    let input = lines.joined(separator: "\n") + "\n"
    let output = try Workspace().run("python3", [Self.script], input: input).successfulOutput
    return output.split(separator: "\n").map(String.init)
  }

  /// The engine's answer to a line.
  private func own(_ line: String) throws -> String {
    let words = line.split(separator: " ").map(String.init)
    let left = try #require(Decimal128(words[1]), "\(line)")
    if words[0] == "round" { return left.rounded(toScale: try #require(Int(words[2]))).string }
    let right = try #require(Decimal128(words[2]), "\(line)")
    switch words[0] {
    case "add": return Decimal128.answer(.addition, left, right)
    case "sub": return Decimal128.answer(.subtraction, left, right)
    case "mul": return Decimal128.answer(.multiplication, left, right)
    case "div": return Decimal128.answer(.division, left, right)
    case "neg": return left.negated.string
    case "abs": return left.magnitude.string
    default: return "\(DecimalComparison.compare(left, right))"
    }
  }

  @Test func operationsAgreeWithPython() throws {
    var samples = DecimalSamples(seed: 20)
    var lines: [String] = []
    for _ in 0..<18_000 {
      let left = samples.decimal()
      let right = samples.decimal()
      for operation in ["add", "sub", "mul", "div", "compare"] { lines.append("\(operation) \(left) \(right)") }
      lines.append("compare \(left) \(samples.neighbour(of: left))")
      lines.append("round \(left) \(samples.below(29))")
    }
    for operation in ["mul", "div"] {
      for _ in 0..<6_000 {
        let (left, right) = samples.pairAtBothRoundings(forProduct: operation == "mul")
        lines.append("\(operation) \(left) \(right)")
      }
    }
    for _ in 0..<2_000 { lines.append("neg \(samples.decimal()) 0") }
    for _ in 0..<2_000 { lines.append("abs \(samples.decimal()) 0") }
    #expect(lines.count >= 100_000)
    let expected = try answers(lines)
    #expect(expected.count == lines.count)
    var mismatches = 0
    for (line, answer) in zip(lines, expected) {
      let own = try own(line)
      if own != answer {
        mismatches += 1
        if mismatches <= 20 { Issue.record("\(line): \(own), not \(answer)") }
      }
    }
    #expect(mismatches == 0, "of \(lines.count) operations")
  }

  /// The same in the language: operators and functions of programs, on numbers as strings.
  @Test func programsAgreeWithPython() throws {
    var samples = DecimalSamples(seed: 21)
    var lines: [String] = []
    for _ in 0..<1_000 {
      let operation = ["add", "sub", "mul", "div", "compare"][samples.below(5)]
      let left = samples.decimal()
      lines.append("\(operation) \(left) \(samples.below(4) == 0 ? samples.neighbour(of: left) : samples.decimal())")
    }
    let source = """
      const text = (result) => Result.isOk(result) ? `${result.Ok}` : result.Err;
      const run = ([name, x, y]) => {
        const [a, b] = [Decimal(x), Decimal(y)];
        switch (name) {
          case "add": return text(Decimal.add(a, b));
          case "sub": return text(Decimal.sub(a, b));
          case "mul": return text(Decimal.mul(a, b));
          case "div": return text(Decimal.div(a, b));
          default: {
            const order = a < b ? -1 : a > b ? 1 : 0;
            const agrees = order === Decimal.compare(a, b) && (order === 0) === (a === b) && Decimal.eq(a, b) === (a === b)
              && (a <= b) === (order <= 0) && (a >= b) === (order >= 0) && Decimal.lt(a, b) === (order < 0);
            return agrees ? `${order}` : "they differ";
          }
        }
      };
      export default function (request) { return request.map((line) => run(line)); }
      """
    let request = lines.map { "[\($0.split(separator: " ").map { "\"\($0)\"" }.joined(separator: ","))]" }
    let result = try Guest.run(source, request: "[\(request.joined(separator: ","))]")
    #expect(result.body == "[\(try answers(lines).map { "\"\($0)\"" }.joined(separator: ","))]")
  }

  /// Results that would be wrong if the library's rounding to 34 digits were followed by another rounding to 28 places.
  /// The exact values are slightly below the middle between two numbers of 28 places. Rounding to 34 digits makes them
  /// the middle itself.
  @Test(arguments: [
    ("mul", "0.0000000000000000000009999991", "10000.2117817406035665432098888889", "0.0000000000000000100002027815"),
    (
      "div", "950000.0000000000000000000000000009", "1000000000000000000000000000000001",
      "0.0000000000000000000000000009"
    ),
  ])
  func resultsAreRoundedOnce(operation: String, left: String, right: String, expected: String) throws {
    let exact = try answers(["\(operation) \(left) \(right)", "naive_\(operation) \(left) \(right)"])
    #expect(exact[0] == expected)
    #expect(exact[1] != expected, "rounding twice would do as well")
    #expect(try own("\(operation) \(left) \(right)") == expected)
    let sign = operation == "mul" ? "*" : "/"
    #expect(try Guest.body("Decimal('\(left)') \(sign) Decimal('\(right)')") == expected)
  }
}
