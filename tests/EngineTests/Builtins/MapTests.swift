import Engine
import Foundation
import TestSupport
import Testing

/// Maps as programs see them.
@Suite struct MapTests {
  @Test(arguments: [
    ("Map.get(Map.of([[1, 'a'], [1, 'b']]), 1)", #"{"Some":"b"}"#),
    ("Map.get(Map.of([[1, 'a']]), '1')", #"{"None":{}}"#),
    ("Map.has(Map.of([[[1, {a: 2}], 0]]), [1, {a: 2}])", "true"),
    ("Map.has(Map.empty, Map.empty)", "false"),
    ("Map.get(Map.of([[Map.of([[1, 2]]), 'inner']]), Map.set(Map.empty, 1, 2))", #"{"Some":"inner"}"#),
    ("Map.size(Map.set(Map.set(Map.empty, 'a', 1), 'a', 2))", "1"),
    ("Map.delete(Map.of([['a', 1], ['b', 2]]), 'a')", #"{"b":2}"#),
    ("Map.delete(Map.of([['a', 1]]), 'x')", #"{"a":1}"#),
    ("Map.delete(Map.of([['a', 1]]), 'a') === Map.empty", "true"),
    ("Map.keys(Map.of([[true, 1], ['s', 2], [[], 3], [{}, 4], [7, 5], [Map.empty, 6]]))", #"[true,7,"s",[],{},{}]"#),
    ("Map.values(Map.of([['a', 1], ['b', 2]]))", "[1,2]"),
    ("Map.entries(Map.of([['a', 1]]))", #"[["a",1]]"#),
    ("Map.of([])", "{}"),
    ("Array.from(Map.of([[3, 4]]))", "[[3,4]]"),
    ("Array.from(Map.of([[3, 4], [5, 6]]), ([k, v], i) => k * v + i).toSorted((a, b) => a - b)", "[13,30]"),
    ("[1, 2].map((x) => Map.get(Map.of([[1, 'one']]), x))", #"[{"Some":"one"},{"None":{}}]"#),
    ("[[1, 2]].map(Map.of)", #"{"error":"TypeMismatch"}"#),
    ("JSON.kind(Map.empty)", #""Map""#),
    ("JSON.stringify(Map.of([['b', [1]], ['a', Map.of([['x', 1]])]]))", #""{\"a\":{\"x\":1},\"b\":[1]}""#),
    ("JSON.stringify(Map.of([[1, 2]]))", #"{"error":"NotSerializable"}"#),
    ("JSON.stringify(Map.of([['a', 2], [[], 1]]))", #"{"error":"NotSerializable"}"#),
    ("Map.empty.size", #"{"error":"TypeMismatch"}"#),
  ])
  func operationsGiveTheExpectedValues(expression: String, body: String) throws {
    #expect(try Guest.body("(\(expression))") == body)
  }

  @Test(arguments: [
    ("Map.set(Map.empty, () => 1, 1)", "FunctionAsMapKey"), ("Map.has(Map.empty, String)", "FunctionAsMapKey"),
    ("Map.get(Map.empty, [1, {a: () => 1}])", "FunctionAsMapKey"),
    ("Map.delete(Map.empty, Map.of([[1, String]]))", "FunctionAsMapKey"),
    ("Map.of([[1, 1], [[String], 1]])", "FunctionAsMapKey"),
    ("Map.set(Map.empty, (() => { return; })(), 1)", "NotSerializable"),
    ("Map.of([[[(() => { return; })()], 1]])", "NotSerializable"),
    ("Map.set({}, 1, 1)", "TypeMismatch"), ("Map.get([], 1)", "TypeMismatch"), ("Map.size('a')", "TypeMismatch"),
    ("Map.keys({})", "TypeMismatch"), ("Map.entries(1)", "TypeMismatch"), ("Map.of({})", "TypeMismatch"),
    ("Map.of([1])", "TypeMismatch"), ("Map.of([[1]])", "InvalidArgument"), ("Map.of([[1, 2, 3]])", "InvalidArgument"),
    ("Map.set(Map.empty, 1)", "ArityMismatch"),
  ])
  func invalidKeysAndArgumentsAreErrors(expression: String, code: String) throws {
    #expect(try Guest.body(expression) == #"{"error":"\#(code)"}"#)
  }

  /// Keys are in order of tag, hash and CBOR. `Hash` shows all of these, so programs can check the order.
  @Test func keysComeInTheOrderThatHashShows() throws {
    var random = Expressions(seed: 51)
    for _ in 0..<30 {
      let pairs = (0..<40).map { _ in "[\(random.value(depth: 2).guest), 0]" }
      let source = """
        \(SampleValue.prelude)
        const tags = ["JsonNull", "Bool", "Int", "Decimal", "String", "Array", "Record", "Map"];
        Map.keys(Map.of([\(pairs.joined(separator: ",\n"))]))
          .map((key) => `${tags.indexOf(JSON.kind(key))}|${Hash.fnv1a(key)}|${Hash.cbor(key)}`)
        """
      let body = try Guest.run(source, budgets: MachineBudgets.medium).body
      let names = try JSONDecoder().decode([String].self, from: Data(body.utf8))
      #expect(!names.isEmpty && names == Array(Set(names)).sorted())
    }
  }

  /// However a Map is made, it is the same Map at the same price: pairs, order, CBOR, equality, gas.
  @Test func contentAloneCounts() throws {
    let keys = """
      const keys = [...Array.from({length: 40}, (x, i) => i), "T_LztURz1MBUYXJXibwO3M", "T_LztURz1MB5-TqMX2wOjI",
        "YuM_l04re6OUYXJXibwO3M", "YuM_l04re6O5-TqMX2wOjI", [1], [2], {a: [3]}, Map.of([[1, 2]]), true];

      """
    let ways = [
      "Map.of(keys.map((key) => [key, Hash.cbor(key)]))",
      "keys.reduce((map, key) => Map.set(map, key, Hash.cbor(key)), Map.empty)",
      "keys.reduceRight((map, key) => Map.set(map, key, Hash.cbor(key)), Map.empty)",
      """
      [...keys, ...[100, 101, "x"]].reduceRight((map, key) => key === 5 ? Map.delete(Map.delete(Map.delete(
        Map.set(map, key, Hash.cbor(key)), 100), 101), "x") : Map.set(map, key, Hash.cbor(key)), Map.empty)
      """,
    ]
    let uses = [
      "Map.entries(map).map(([k, v]) => Hash.cbor(k) === v)", "Hash.cbor(map)", "map === map",
      "keys.map((key) => Map.get(map, key))", "Map.keys(Map.delete(map, [2])).length",
    ]
    for use in uses {
      let built = try ways.map { try Guest.run("\(keys)const map = \($0); 0") }
      let used = try ways.map { try Guest.run("\(keys)const map = \($0); Hash.cbor(\(use))") }
      #expect(Set(used.map(\.body)).count == 1)
      #expect(used[0].error == nil)
      #expect(Set(zip(used, built).map { $0.gas - $1.gas }).count == 1)
    }
    for (left, right) in zip(ways, ways.dropFirst()) {
      #expect(try Guest.body("\(keys)(\(left)) === (\(right))") == "true")
    }
  }

  /// Search steps: the first is free, and one more is needed whenever the size doubles.
  @Test func gasGrowsByOneStepWithEachDoubling() throws {
    func cost(_ expression: String, size: Int) throws -> Int {
      let head = "const map = Map.of(Array.from({length: \(size)}, (x, i) => [i, i])); "
      return try Guest.run("\(head)\(expression)").gas - Guest.run("\(head)1").gas
    }
    // The row, two operands, and the steps beyond the first. A change takes four times as many steps as a
    // search.
    for (size, steps, changeSteps) in [
      (0, 0, 0), (1, 0, 3), (2, 1, 7), (3, 1, 7), (4, 2, 11), (7, 2, 11), (8, 3, 15), (1000, 9, 39),
    ] {
      #expect(try cost("Map.get(map, 0); 1", size: size) == 3 + 2 + steps)
      #expect(try cost("Map.set(map, 0, 0); 1", size: size) == 5 + 3 + changeSteps)
      #expect(try cost("Map.delete(map, 5000); 1", size: size) == 5 + 2 + changeSteps)
    }
    #expect(try cost("Map.has(map, 'x'.repeat(99))", size: 0) == cost("Map.has(map, 'x'.repeat(80))", size: 0) + 3)
  }

  /// Every limit below the price of a program ends the run at that limit or, within one charge, slightly above it.
  @Test func everyGasLimitBelowThePriceEndsTheRun() throws {
    let source = "Map.size(Map.set(Map.of([[[1, 2, 3], 1], ['abcdefghijklmnop', 2]]), {a: [1]}, 3))"
    let image = try Guest.image(source)
    let full = Guest.run(image: image)
    #expect(full.body == "3")
    for limit in 1...full.gas {
      let result = Guest.run(image: image, gasLimit: limit, budgets: MachineBudgets.small)
      #expect(result.error == "GasExhausted" && result.gas >= limit)
    }
    #expect(Guest.run(image: image, gasLimit: full.gas + 1).body == "3")
  }

  /// Ints of every length of CBOR, and long ones that differ only in their last byte, in the order of CBOR.
  @Test func keysThatAreIntsAreSortedAsInTheReferenceEvaluator() throws {
    let powers = (0..<63).map { Int64(1) << Int64($0) }
    let near =
      powers.flatMap { [$0 - 1, $0, -$0, -$0 - 1] } + (0..<40).map { Int64.max - $0 } + [23, 24, -24, -25, .min]
    let keys = near.map { $0 == .min ? "Int.MIN" : "\($0)" }.joined(separator: ", ")
    let difference = try Agreement(
      "const map = Map.of([\(keys), 'ab', true, Decimal('1.5')].map((key, i) => [key, i])); [Hash.cbor(map), Map.keys(map)]"
    ).difference()
    #expect(difference == nil)
  }
}
