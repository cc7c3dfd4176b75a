import Engine
import Foundation
import TestSupport
import Testing

@Suite("Budgets")
struct BudgetTests {
  /// The depth follows from the budget in abstract words.
  @Test func unboundedRecursionEndsInStackExhausted() throws {
    let source = "const f = (n) => 1 + f(n + 1); f(0)"
    let result = try Guest.run(source, budgets: .init(stackWords: 5_000, heapBytes: 1 << 20))
    #expect(result.body == #"{"error":"StackExhausted"}"#)
    // The top level takes 9 words. An activation takes 14: 4, one for its parameter, and 9 for its expression. That keeps
    // 2 words, the sum and its left operand, while the call takes 4 and the 3 of `n + 1`.
    #expect(result.stackPeakWords == 9 + 356 * 14)
    let fits = "const f = (n) => n === 0 ? 0 : 1 + f(n - 1);"
    #expect(try Guest.run(fits + "f(355)", budgets: .init(stackWords: 5_000, heapBytes: 1 << 20)).body == "355")
    #expect(
      try Guest.run(fits + "f(356)", budgets: .init(stackWords: 5_000, heapBytes: 1 << 20)).error == "StackExhausted")
  }

  @Test(
    arguments: [
      "const f = (n) => [n].map((x) => f(x + 1)); f(0)",
      "const f = (n) => Option.map(Some(n), (x) => f(x)); f(0)",
      "const f = (a, b) => [2, 1].toSorted(f)[0]; f(1, 2)",
      "const f = (m) => \"x\".replaceAll(\"x\", f); f(\"\")",
      "const f = (acc, x) => [1, 2].reduce(f, acc); f(0, 0)",
    ])
  func recursionThroughCallbacksIsBounded(source: String) throws {
    let result = try Guest.run(source)
    #expect(result.error == "StackExhausted")
  }

  @Test func endlessTailCallsEndInGasExhausted() throws {
    let result = try Guest.run("const f = () => f(); f()", gasLimit: 1_000_000)
    #expect(result.body == #"{"error":"GasExhausted","gasUsed":1000000,"gasLimit":1000000}"#)
  }

  @Test(
    arguments: [
      "const f = (xs) => f([...xs, ...xs, 1]); f([1])",
      "const f = (s) => f(s + s); f(\"ab\")",
      "const f = (r, n) => f({...r, [String(n)]: n}, n + 1); f({}, 0)",
      "Array.from({length: 100000000}, (_, i) => i)",
      "const f = (n) => [n, f(n + 1)]; f(0)",
    ])
  func aGrowingLiveSetEndsAtTheSameGasEachTime(source: String) throws {
    let budgets = MachineBudgets.small
    let first = try Guest.run(source, budgets: budgets)
    #expect(first.error == "MemoryExhausted" || first.error == "StackExhausted")
    #expect(try Guest.run(source, budgets: budgets) == first)
    #expect(first.heapPeakBytes <= budgets.heapBytes)
  }

  @Test func deepDataNeedsNoNativeStack() throws {
    let nest = "const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]);"
    #expect(try Guest.run(nest + "nest(100000, 1) === nest(100000, 1)").body == "true")
    #expect(try Guest.run(nest + "nest(100000, 1) === nest(100000, 2)").body == "false")
    #expect(try Guest.run(nest + "JSON.stringify(nest(100000, 1)).length").body == "200001")
    let text = "\"[\".repeat(100000) + \"]\".repeat(100000)"
    #expect(try Guest.run("Result.isOk(JSON.parse(\(text)))").body == "true")
    #expect(try Guest.run("JSON.stringify(JSON.parse(\(text)).Ok).length").body == "200000")
    #expect(try Guest.run(nest + "nest(200000, 1) === nest(200000, 1)").error == "StackExhausted")
  }

  /// However deep the last call was.
  @Test func responsesArePrintedFromTheBottomOfTheStack() throws {
    // The frames of `deep` take nearly all of the stack (34 words each), and so would the levels of `nested`.
    let parameters = (0..<17).map { "p\($0)" }.joined(separator: ", ")
    let arguments = Array(repeating: "n, ", count: 16).joined()
    let source = """
      const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]);
      const last = (\(parameters)) => p16;
      const deep = (n) => n === 0 ? (JSON.isNull(n) ? 1 : 0) : 1 + last(\(arguments)deep(n - 1));
      const nested = nest(49000, 7);
      [deep(5800), nested]
      """
    let result = try Guest.run(source, budgets: .init(stackWords: 200_000, heapBytes: 4 << 20))
    let brackets = { (bracket: String) in String(repeating: bracket, count: 49_000) }
    #expect(result.body == "[5800,\(brackets("["))7\(brackets("]"))]")
  }

  @Test(arguments: 980...992)
  func builtinsThatWalkValuesLeaveTheirCallersFrameAlone(names: Int) throws {
    let declarations = (0..<names).map { "const v\($0) = q.n;" }.joined(separator: "\n")
    let handler = { (call: String) in
      "export default function (q) { \(declarations.replacingOccurrences(of: "q.n;", with: "q.n + 1;")) return \(call); }"
    }
    let request = #"{"n":1,"xs":[[[[1]],2],{"a":[3]},"b"]}"#
    let printed = try Guest.run(handler("q.xs.map(JSON.stringify)"), request: request)
    #expect(printed.body == #"["[[[1]],2]","{\"a\":[3]}","\"b\""]"#)
    let parsed = try Guest.run(handler(#"["[[[1]]]", "[]"].map(JSON.parse)"#), request: request)
    #expect(parsed.body == #"[{"Ok":[[[1]]]},{"Ok":[]}]"#)
  }
}
