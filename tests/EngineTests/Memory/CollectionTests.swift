import Engine
import Foundation
import TestSupport
import Testing

/// Garbage is collected, live objects stay, and no result shows when collections happen.
@Suite("Collections")
struct CollectionTests {
  /// 1,024 words.
  private static let heapBytes = 8192

  private func run(_ source: String, gasLimit: Int = 50_000, heapBytes: Int = heapBytes) throws -> Guest.Result {
    let image = try Guest.image(source)
    let budgets = MachineLayout.Budgets(stackWords: 4096, heapBytes: heapBytes)
    let result = Guest.run(image: image, gasLimit: gasLimit, budgets: budgets)
    #expect(Guest.run(image: image, gasLimit: gasLimit, budgets: budgets) == result)
    expectSameAlways(image, budgets: budgets, gasLimit: gasLimit, "\(source)")
    return result
  }

  @Test(
    arguments: [
      "const f = (xs) => f([...xs.slice(1), 1]); f([1, 2, 3])",
      "const f = (s) => f((s + 'x').slice(1)); f('abc')",
      "const f = (n) => f(`${n}é`.length); f(0)",
      "const f = (r) => f({...r, n: r.n + 1}); f({n: 0, m: 'x'})",
      "const f = ({n, ...rest}) => f({n: n + 1, ...rest}); f({n: 0, m: [1], o: 'x'})",
      "const f = ([n, ...rest]) => f([...rest, n]); f([1, 2, 3])",
      "const f = (n, ...rest) => f(n + 1, ...rest); f(0, 'a', 'b')",
      "const f = (m, n) => f(Map.delete(Map.set(m, [n], [n]), [n - 8]), n + 1); f(Map.of([]), 0)",
      "const f = (n) => f(Map.entries(Map.of([[`${n}`, 1], ['x', n]])).length + n); f(0)",
      "const f = (d) => f(Result.unwrapOr(Decimal.div(d, Decimal('1.01')), d)); f(Decimal('12345678901234567890'))",
      "const f = (n) => f(n - 1); f(9223372036854775807)",
      "const f = (g, n) => f(() => n, g() + 1); f(() => 0, 0)",
      "const f = (n) => { const g = (k) => k === 0 ? h(k) : g(k - 1); const h = (k) => k + n; return f(g(3) + 1); }; f(0)",
      "const f = (n) => f(Result.unwrapOr(JSON.parse(JSON.stringify({a: [n, 'x']})), {}).a[0] + 1); f(0)",
      "const f = (xs) => f(xs.map((x) => [x[0] + 1])); f([[1], [2]])",
      "const f = (xs) => f(xs.toSorted((a, b) => b[0] - a[0]).map(([n]) => [n + 1])); f([[1], [2], [3]])",
      "const f = (xs) => f(xs.flatMap((x) => [[x], [`${x}`]]).flat().filter((x) => JSON.kind(x) === 'Int')); f([1, 2])",
      "const f = (s) => f(s.replaceAll('a', (m) => `${m}`.toUpperCase()).toLowerCase()); f('abab')",
      "const f = (s) => f(Text.base64Encode(s).slice(0, 3)); f('abc')",
      "const f = (s) => f(Hash.cbor([s, {b: 1, a: s}]).slice(0, 9)); f('abc')",
      "const f = (s) => f(Array.from(s, (c) => `${c}é`).join('').slice(0, 5)); f('éé')",
      "const f = (s) => f(s.split('').toReversed().join('')); f('aéb')",
      "const f = (o) => f(Option.map(o, (x) => [x[0] + 1])); f(Some([1]))",
      "const f = (r) => f(Object.fromEntries(Object.entries(r).map(([k, v]) => [`${k}`, v + 1]))); f({a: 1, b: 2})",
      "const f = (x) => f([x].reduce((a, y) => [...a, ...y], [0]).slice(1)); f([1])",
    ])
  func garbageNeverExhaustsTheMemory(source: String) throws {
    #expect(try run(source).error == "GasExhausted")
  }

  @Test(
    arguments: [
      "const f = (xs) => f([xs]); f([])",
      "const f = (s) => f(s + 'x'.repeat(99)); f('')",
      "const f = (r, n) => f({...r, [`k${n}`]: n}, n + 1); f({}, 0)",
      "const f = (m, n) => f(Map.set(m, [n], n), n + 1); f(Map.of([]), 0)",
      "const f = (g) => f(() => g); f(() => 0)",
      "const f = (xs) => f(xs.concat(xs.map((x) => [x]))); f([1])",
      "const f = (xs) => [1].map((x) => f([...xs, x])); f([])",
      "const f = (xs, n) => f(xs.concat([n === 150 ? 'x'.repeat(2000) : n]), n + 1); f([], 0)",
    ])
  func aGrowingLiveSetEndsInMemoryExhausted(source: String) throws {
    #expect(try run(source).error == "MemoryExhausted")
  }

  /// A heap of 1,024 words. An Array takes all of one half that the object leaves, and one word more does not fit.
  @Test(
    arguments: [
      ("4611686018427387903 + 1", 2),
      ("Decimal('1.5')", 3),
      ("'x'.repeat(2)", 3), ("'x'.repeat(8)", 3), ("'é'.repeat(5)", 4),
      ("[one, 2, 3]", 4), ("Array.of()", 1),
      ("{a: one, b: 'x'}", 4),
      // The Record has its own shape, and a key that is not in the image.
      ("{...{a: 1}, ['x'.repeat(2)]: 2}", 4 + 3 + 3),
      ("Map.set(Map.of([]), 'a', 1)", 3),
      ("Map.of([['a', 1], ['b', 2]])", 3 + 6),
      // The key's own object holds two bytes of CBOR.
      ("Map.set(Map.of([]), [one], 2)", 3 + 4 + 2),
      ("((a, b) => () => [a, b])(1, 2)", 3),
      ("(() => { const f = (n) => n === 0 ? 0 : g(n); const g = (n) => f(n - 1); return f; })()", 2 + 2 + 2),
      // Values known at compile time are in the image.
      ("Object.keys", 0), ("'constant'", 0), ("[1, {a: 2}]", 0), ("7", 0),
    ])
  func objectsHaveThePublishedSizes(expression: String, words: Int) throws {
    for excess in 0...1 {
      let source = """
        const one = 1;
        const kept = \(expression);
        const filler = Array.from({length: \(512 - words - 1 + excess)});
        const f = (n) => f([n][0] + 1);
        f(0)
        """
      #expect(try run(source).error == (excess == 0 ? "GasExhausted" : "MemoryExhausted"), "\(expression)")
    }
  }

  /// Two times 300 words do not fit one half of the heap.
  @Test(
    arguments: [
      ("const n = make().length; const m = make().length; return n + m + churn(200);", true),
      ("const xs = make(); const n = xs.length; const ys = make(); return n + ys.length + churn(200);", true),
      ("const xs = make(); const ys = make(); return churn(200) + xs.length + ys.length;", false),
      ("const xs = make(); const ys = make(); const n = xs.length; return churn(n) + ys.length;", true),
      ("const xs = make(); const f = () => xs; const ys = make(); return churn(200) + ys.length;", true),
      ("const xs = make(); const f = () => xs; const ys = make(); return churn(200) + ys.length + f().length;", false),
      ("return make().length > 0 ? churn(200) + make().length : 0;", true),
      ("return both(make(), make(), 200);", true),
      ("return make().map((x, i, xs) => i === 0 ? churn(200) : 0).length + make().length;", false),
      ("return [make(), 1, churn(200)].length;", true),
      ("return [make(), make(), churn(200)].length;", false),
      ("const {a} = {a: 1, b: make()}; const ys = make(); return a + churn(200) + ys.length;", true),
    ])
  func whatNothingWillReadIsGarbage(body: String, fits: Bool) throws {
    let source = """
      const make = () => Array.from({length: 299});
      const churn = (n) => n === 0 ? 0 : churn(n - [1, n, 3, 4, 5, 6, 7, 8, 9][0]);
      const both = (xs, ys, n) => xs.length + ys.length > 0 ? churn(n) : 0;
      const f = () => { \(body) };
      f()
      """
    #expect(try (run(source).error ?? "") == (fits ? "" : "MemoryExhausted"))
  }

  /// While the answer is printed, only the answer is live.
  @Test func theRequestIsGarbageOnceItHasBeenRead() throws {
    let source = """
      export default function (request) {
        const n = request.xs.length;
        const ys = Array.from({length: 400}, (_, i) => i);
        const f = (k) => k === 0 ? 0 : f(k - [1, k, 3, 4, 5, 6, 7][0]);
        return [n, f(200), ys.length];
      }
      """
    let image = try Guest.image(source)
    let text = "{\"xs\": [\(Array(repeating: "1", count: 200).joined(separator: ","))]}"
    let budgets = MachineLayout.Budgets(stackWords: 4096, heapBytes: CollectionTests.heapBytes)
    #expect(Guest.run(image: image, request: text, budgets: budgets).body == "[200,0,400]")
    expectSameAlways(image, request: Array(text.utf8), budgets: budgets, "the handler")
  }

  /// Twice the heap holds 1,024 words of stack. `down` takes 13: 4, two names, and 7 for its largest expression, the call of
  /// itself. The top level takes 9 and `churn` 22.
  @Test(
    arguments: [(76, true), (77, false)])
  func aStackAboveTwiceTheHeapLeavesNoRoomForCollections(depth: Int, fits: Bool) throws {
    let source = """
      const churn = (n) => n === 0 ? 0 : churn(n - [1, n, 3, 4, 5, 6, 7, 8, 9][0]);
      const down = (n) => { const rest = n === 0 ? churn(200) : down(n - 1); return rest + 1; };
      down(\(depth - 1))
      """
    let result = try run(source, heapBytes: 4096)
    #expect(fits ? result.body == "\(depth)" : result.error == "MemoryExhausted")
  }

  @Test func structuresOfAnyDepthAreMovedWithoutTheNativeStack() throws {
    let source = """
      const nest = (n, x) => n === 0 ? x : nest(n - 1, [x]);
      const churn = (n) => n === 0 ? 0 : churn(n - [1, n, 3, 4, 5, 6, 7, 8, 9][0]);
      const deep = nest(100000, 7);
      [churn(100000), JSON.stringify(deep).length, deep === nest(100000, 7)]
      """
    let budgets = MachineLayout.Budgets(stackWords: 524_288, heapBytes: 4 << 20)
    #expect(Guest.run(image: try Guest.image(source), budgets: budgets).body == "[0,200001,true]")
  }

  @Test func wideFramesAndClosuresKeepWhatTheyHold() throws {
    let names = (0..<300).map { "n\($0)" }
    let source = """
      const churn = (n) => n === 0 ? 0 : churn(n - [1, n, 3, 4, 5, 6, 7, 8, 9][0]);
      const f = (k) => {
        \(names.map { "const \($0) = [k, '\($0)'.length];" }.joined(separator: "\n"))
        const sum = () => \(names.map { "\($0)[0]" }.joined(separator: " + "));
        return churn(300) + sum() + \(names.map { "\($0)[1]" }.joined(separator: " + "));
      };
      [f(1), f(2)]
      """
    let body = "[\(300 + names.map(\.count).reduce(0, +)),\(600 + names.map(\.count).reduce(0, +))]"
    #expect(try run(source, heapBytes: 24_000).body == body)
  }

  @Test func theMarksOfWrittenMemoryAreExact() throws {
    for (source, heapBytes) in [
      ("const f = (r, n) => n === 0 ? r : f({...r, [`k${n % 7}`]: [n]}, n - 1); Hash.cbor(f({}, 900))", 16_384),
      ("JSON.parse('{\"b\": [1, {\"a\": 2, \"c\": 3}], \"a\": {}}')", 4096),
      ("Map.of([[{b: 1, a: 2}, 1], [[1], 2]])", 4096),
    ] {
      let image = try Guest.image(source)
      for collectsAlways in [false, true] {
        let budgets = MachineLayout.Budgets(
          stackWords: 4096, heapBytes: heapBytes, collectsAlways: collectsAlways)
        LoadedGuest(image: image, budgets: budgets).withMachine(gasLimit: 1_000_000) { machine in
          _ = machine.run(request: [UInt8]("{}".utf8).span)
          let layout = machine.layout
          let unwritten = [
            machine.writtenLiveness..<layout.heap, machine.writtenHeaps.0..<layout.secondHeap,
            machine.writtenHeaps.1..<layout.end,
          ]
          for range in unwritten {
            let bytes = machine.memory.bytes(
              at: range.lowerBound, count: range.upperBound.bytes - range.lowerBound.bytes)
            #expect(bytes.allSatisfy { $0 == 0 })
          }
        }
      }
    }
  }
}

/// Programs of other suites give the same results when every reservation collects.
@Suite("Collections at every reservation")
struct CollectionStressTests {
  @Test func collectionsChangeNothingInTheCorpus() throws {
    for answer in try ProgramOracle.corpus() {
      let files = answer.files ?? ["main.js": answer.source ?? ""]
      let image = try Guest.image(files, entry: answer.entry ?? "main.js")
      expectSameAlways(image, request: Array(answer.requestText.utf8), budgets: MachineBudgets.small, answer.name)
    }
  }

  @Test func collectionsChangeNothingInTheLibrarysExamples() throws {
    for entry in try LibraryReference().entries {
      expectSameAlways(try Guest.image(entry.example), budgets: MachineBudgets.small, entry.heading)
    }
  }

  @Test func collectionsChangeNothingInTheExamples() throws {
    let folder = Repository.url("examples")
    for name in ["account", "invoice", "loan", "routing"] {
      let contents = try FileManager.default.contentsOfDirectory(
        at: folder.appending(path: name), includingPropertiesForKeys: nil)
      let sources = try contents.filter { $0.pathExtension == "js" }.map {
        ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
      }
      let image = try Guest.image(Dictionary(uniqueKeysWithValues: sources), entry: "handler.js")
      for request in contents where request.pathExtension == "json" {
        expectSameAlways(
          image, request: [UInt8](try Data(contentsOf: request)), budgets: MachineBudgets.small, request.path)
      }
    }
  }

  @Test(arguments: BuiltinGasTests.programs)
  func collectionsChangeNothingInHeapsThatAreTooSmall(program: String) throws {
    let image = try Guest.image("(\(program))")
    for heapBytes in [4096, 8192, 1 << 18] {
      expectSameAlways(image, budgets: .init(stackWords: 4096, heapBytes: heapBytes), "\(program)")
    }
  }
}

/// Runs an image with collections when they are due, and with a collection at every reservation, and records
/// differences.
func expectSameAlways(
  _ image: [UInt8], request: [UInt8] = Array("{}".utf8), budgets: MachineLayout.Budgets, gasLimit: Int = 50_000,
  _ name: String
) {
  var always = budgets
  always.collectsAlways = true
  let results = [budgets, always].map {
    Guest.run(image: image, request: request, gasLimit: gasLimit, budgets: $0)
  }
  #expect(results[0] == results[1], "\(name)")
}
