import Differential
import Foundation
import TestSupport
import Testing

/// A readable program of `tests/Data/exhaustion`, where each begins with a line `// == TITLE`.
struct ExhaustionProgram: Sendable, CustomTestStringConvertible {
  let title: String
  let source: String
  var testDescription: String { title }

  /// All of them, sorted by their files.
  static let all: [ExhaustionProgram] = {
    let folder = Repository.url("tests/Data/exhaustion")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
    return names.flatMap { name -> [ExhaustionProgram] in
      let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
      return text.components(separatedBy: "// == ").dropFirst().map { part in
        let title = part.prefix { $0 != "\n" }
        return ExhaustionProgram(title: "\(name): \(title)", source: String(part.dropFirst(title.count + 1)))
      }
    }
  }()
}

/// What happens where the gas ends, at every place of a program where it can.
@Suite("Exhaustion, at every limit from 1 to what a program uses and one more")
struct ExhaustionTests {
  @Test func thereAreEnoughPrograms() { #expect(ExhaustionProgram.all.count >= 50) }

  /// The reference evaluator says where each run ends.
  @Test(
    arguments: ExhaustionProgram.all)
  func everyRunEndsWhereTheReferenceEvaluatorSays(program: ExhaustionProgram) throws {
    let comparison = try Comparison(files: ["main.js": program.source], request: "{}")
    let full = try comparison.compare(gasLimit: 1_000_000)
    #expect(full.error != "GasExhausted")
    var last = 0
    for limit in 1...full.gas {
      let run = try comparison.compare(gasLimit: limit)
      #expect(run.error == "GasExhausted")
      #expect(run.body == #"{"error":"GasExhausted","gasUsed":\#(run.gas),"gasLimit":\#(limit)}"#)
      // The charge that reached the limit was the last one: it began below the limit, and no run ends before another
      // one with a lower limit did.
      #expect(run.gas >= limit && run.gas >= last && run.gas <= full.gas)
      #expect(run.effects == Array(full.effects.prefix(run.effects.count)))
      last = run.gas
    }
    #expect(try comparison.compare(gasLimit: full.gas + 1) == full)
  }

  /// The host's call of the handler is FUNC_CALL 5; then come the arguments, EFFECT_PERFORM 100, the operation's row,
  /// and 1 for each value inside the Array of the arguments.
  @Test(
    arguments: [
      ("Clock.now()", 5 + 100), ("Log.info('x')", 5 + 1 + 100 + 5 + 1), ("DbWrite.execute('', [])", 5 + 6 + 250 + 2),
    ])
  func unpaidEffectsAreNotPerformed(call: String, units: Int) throws {
    let source = "export default function () { return \(call); }"
    let comparison = try Comparison(files: ["main.js": source], request: "{}")
    #expect(try comparison.compare(gasLimit: units).effects.isEmpty)
    #expect(try comparison.compare(gasLimit: units + 1).effects.count == 1)
  }
}
