import Engine
import Foundation
import TestSupport
import Testing

/// Structural equality.
@Suite struct EqualityTests {
  /// On random triples, equality is reflexive, symmetric and transitive, and agrees with equality of the CBOR.
  @Test func equalityIsAnEquivalenceAndAgreesWithCBOR() throws {
    var random = Expressions(seed: 71)
    for _ in 0..<60 {
      // Small values from a small set, so that many are equal.
      let values = (0..<12).map { _ in random.value(depth: 2).guest }
      let source = """
        \(SampleValue.prelude)
        const values = [\((values + values.prefix(4)).joined(separator: ",\n")), 0, [0], {a: 0}, {a: 1}, Map.of([["a", 1]])];
        const codes = values.map((v) => Hash.cbor(v));
        values.every((a, i) => a === a && values.every((b, j) => {
          const equal = a === b;
          return equal === (b === a) && equal !== (a !== b) && equal === (codes[i] === codes[j]);
        })) && values.every((a) => values.every((b) => a !== b || values.every((c) => b !== c || a === c)))
        """
      #expect(try Guest.run(source, budgets: MachineBudgets.medium).body == "true")
    }
  }

  @Test(arguments: [
    ("((x) => x) === ((y) => y)", true), ("((x) => x) === ((x) => [x])", false), ("String === String", true),
    ("String === Some", false), ("(() => 1) === 1", false), ("make([1, {a: 2}]) === make([1, {a: 2}])", true),
    ("make(1) === make(2)", false), ("make(make(1)) === make(make(1))", true),
    ("make(make(1)) === make(make(2))", false),
    ("[make(Map.of([[1, 2]]))] === [make(Map.set(Map.empty, 1, 2))]", true),
    ("twins(1) === twins(1)", true), ("twins(1) === twins(2)", false), ("twins(1).even === twins(1).odd", false),
    ("Map.of([[1, make(1)]]) === Map.of([[1, make(1)]])", true),
    ("Map.of([[1, make(1)]]) === Map.of([[1, make(2)]])", false),
    ("Map.of([[[1], 'a'], [[2], 'b']]) === Map.of([[[2], 'b'], [[1], 'a']])", true),
    ("Map.of([[[1], 'a'], [[2], 'b']]) === Map.of([[[1], 'a'], [[3], 'b']])", false),
    ("Map.empty === {}", false), ("Map.of([['a', 1]]) === {a: 1}", false),
  ])
  func functionsAreEqualIfCodeAndCapturesAre(expression: String, expected: Bool) throws {
    let prelude = """
      const make = (k) => () => k;
      const twins = (k) => {
        const even = (n) => n === 0 ? k : odd(n - 1);
        const odd = (n) => n === 0 ? [k] : even(n - 1);
        return {even, odd};
      };

      """
    #expect(try Guest.body("\(prelude)\(expression)") == "\(expected)")
  }

  /// Comparing chains of closures takes linear time, and costs two units for each pair.
  @Test func longChainsOfClosuresCostTwoUnitsForEachPair() throws {
    let source = """
      const chain = (n, f) => n === 0 ? f : chain(n - 1, () => f);

      """
    func gas(_ length: Int, _ use: String) throws -> Int {
      let result = try Guest.run("\(source)const a = chain(\(length), 1), b = chain(\(length), 1); \(use)")
      #expect(result.body == "true")
      return result.gas
    }
    let lengths = [10, 100_000]
    let costs = try lengths.map { try gas($0, "a === b") - gas($0, "true") }
    #expect(costs[1] - costs[0] == 2 * 99_990)
    let deep = try Guest.run("\(source)const a = chain(200000, 1), b = chain(200000, 1); a === b")
    #expect(deep.body == #"{"error":"StackExhausted"}"#)
  }

  /// Values with 2^60 pairs are bounded by gas, to the exact unit.
  @Test func sharedValuesAreBoundedByGas() throws {
    let source = """
      const double = (v, n) => n === 0 ? v : double([v, v], n - 1);
      double(1, 60) === double(1, 60)
      """
    let result = try Guest.run(source, gasLimit: 50_000)
    #expect(result.body == #"{"error":"GasExhausted","gasUsed":50000,"gasLimit":50000}"#)
  }

  /// Maps are compared pair by pair in canonical order, up to the first difference. Each key and each value counts as
  /// three pairs.
  @Test func mapsCostTheirPairsUpToTheFirstDifference() throws {
    func cost(_ left: String, _ right: String) throws -> Int {
      let head = "const a = \(left), b = \(right); "
      return try Guest.run("\(head)a === b; 1").gas - Guest.run("\(head)1").gas
    }
    let base = try cost("Map.empty", "Map.empty")
    #expect(try cost("Map.of([[1, 2]])", "Map.of([[1, 2]])") == base + 12)
    #expect(try cost("Map.of([[1, 2]])", "Map.of([[2, 2]])") == base + 6)
    #expect(try cost("Map.of([[1, 2]])", "Map.of([[1, 2], [2, 3]])") == base)
    #expect(try cost("Map.of([[[7], [8]]])", "Map.of([[[7], [8]]])") == base + 12 + 4)
    #expect(try cost("Map.of([['a', 1], ['b', 2]])", "Map.of([['a', 1], ['b', 2]])") == base + 24)
  }
}
