import Engine
import OperatingSystem
import ProgramGeneration
import TestSupport
import Testing

@testable import Snapshot

/// A request can't tell what ran before it in the same memory.
@Suite struct IsolationTests {
  /// Expressions over `n` and `s` that use memory and end in all possible ways: frames, globals' closures, strings,
  /// shapes, tries, scratch space at both ends of the heap, and tables of comparisons.
  static let expressions = [
    "deep(n)", "deep(n * 1000)", "grow(s, n % 24)", "grow(s, 60)", "spin(n)", "nest([s, n], n)",
    "nest({s, n}, n) === nest({s, n}, n)", "JSON.stringify(nest({s, n}, n % 200))",
    "JSON.parse(JSON.stringify({s, n, list: fill(n)}))", "JSON.parse('[' + '{\"a\":[1,2]},'.repeat(n) + '1]')",
    "JSON.parse(s + s)", "fill(n).map(x => ({x, s, [s]: n}))", "fill(n).toSorted((a, b) => b - a)",
    "Object.keys(Object.fromEntries(fill(n).map(x => [`${s}${x}`, x])))",
    "Map.of(fill(n).map(x => [{x, s}, [x]]))", "fill(n).reduce((m, x) => Map.set(m, [s, x], x), Map.empty)",
    "fill(n % 40).reduce((f, x) => y => f(x + y), y => y)(n)",
    "closures(n % 300) === closures(n % 300)", "Hash.sha256({s, list: fill(n)})", "Hash.cbor({b: s, a: fill(n)})",
    "fill(n).map(x => Decimal('1.5') * Decimal(`${x}.25`))", "s.split('').toReversed().join(`${n}`)",
    "({...{a: s, b: n}, ...{b: s, c: fill(n)}})", "(({a, ...rest}) => rest)({a: 1, b: s, c: n})", "s - n",
    "(() => { throw {s, n, list: fill(n)}; })()", "({n})[s]", "fill(n)[n]", "[s, x => x]", "n / (n - n)",
  ]

  static let helpers = """
    const fill = n => Array.from({length: n}, (_, i) => i * 7 % 13);
    const deep = n => n === 0 ? 0 : 1 + deep(n - 1);
    const spin = n => n === 0 ? 'done' : spin(n - 1);
    const grow = (s, n) => n === 0 ? s.length : grow(s + s, n - 1);
    const nest = (x, n) => n === 0 ? x : nest([x], n - 1);
    const closures = n => n === 0 ? () => 0 : (f => () => f)(closures(n - 1));

    """

  /// A function of the request that evaluates two or three of the expressions.
  private func program(_ random: inout RandomSource) -> String {
    let parts = (0..<(2 + random.below(2))).map { _ in random.pick(IsolationTests.expressions) }
    return "({n, s}) => [\(parts.joined(separator: ", "))]"
  }

  /// Everything about a run that is visible from outside.
  struct Figures: Equatable {
    let body: [UInt8]
    let gas: Int64
    let heapPeakBytes: Int
    let stackPeakWords: Int
    let place: HeapOffset
  }

  private func figures(_ pool: SandboxPool, which: Int, n: Int, s: String) throws -> Figures {
    let request = Array("{\"which\":\(which),\"n\":\(n),\"s\":\"\(s)\"}".utf8)
    return try pool.clone().run(gasLimit: 300_000, seed: Hash256(of: [])) { machine in
      let outcome = machine.run(request: request.span)
      return Figures(
        body: machine.memory.bytes(at: outcome.body, count: outcome.byteCount), gas: machine.gasUsed,
        heapPeakBytes: machine.heapPeakBytes, stackPeakWords: machine.stackPeakWords, place: outcome.body)
    }
  }

  /// A thousand pairs of programs, in ten parts.
  @Test(arguments: 0..<10)
  func theSecondProgramCannotTellWhatRanBefore(part: Int) throws {
    let budgets = MachineLayout.Budgets(stackWords: 20_000, heapBytes: 1 << 19)
    var random = RandomSource(seed: UInt64(part))
    var differing: [String] = []
    for _ in 0..<100 {
      let programs = (program(&random), program(&random))
      let source = """
        \(Self.helpers)const first = \(programs.0);
        const second = \(programs.1);
        export default function (request) { return request.which === 1 ? first(request) : second(request); }
        """
      let image = try Guest.image(source)
      func pool() throws -> SandboxPool {
        try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test"), budgets: budgets, idleLimit: 1)
      }
      let n = 1 + random.below(60)
      let alone = try figures(try pool(), which: 2, n: n, s: "short")
      let shared = try pool()
      _ = try figures(shared, which: 1, n: 700, s: "a text that the second one must not see")
      if try figures(shared, which: 2, n: n, s: "short") != alone { differing.append(source) }
    }
    #expect(differing == [])
  }
}
