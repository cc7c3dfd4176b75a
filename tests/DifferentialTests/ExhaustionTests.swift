import Differential
import Foundation
import TestSupport
import Testing

/// A readable program from `tests/Data/exhaustion`, where each program begins with the line `// == TITLE`.
struct ExhaustionProgram: Sendable, CustomTestStringConvertible {
  let title: String
  let source: String
  var testDescription: String { title }

  /// All of them, sorted by file.
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

/// Gas exhaustion at every point of a program where it can occur.
@Suite("Exhaustion, at every limit from 1 to what a program uses and one more")
struct ExhaustionTests {
  @Test func thereAreEnoughPrograms() { #expect(ExhaustionProgram.all.count >= 50) }

  /// Each run ends where the reference evaluator's run ends.
  @Test(
    arguments: ExhaustionProgram.all)
  func everyRunEndsWhereTheReferenceEvaluatorSays(program: ExhaustionProgram) throws {
    let comparison = try Comparison(files: ["main.js": program.source], request: "{}")
    let full = try comparison.compare(gasLimit: 1_000_000)
    #expect(full.error != "GasExhausted")
    var (last, limit) = (0, 1)
    while limit <= full.gas {
      let run = try comparison.compare(gasLimit: limit)
      #expect(run.error == "GasExhausted")
      #expect(run.body == #"{"error":"GasExhausted","gasUsed":\#(run.gas),"gasLimit":\#(limit)}"#)
      // The charge that reached the limit was the last one, and it began below the limit. A run never ends earlier than
      // one with a lower limit.
      #expect(run.gas >= limit && run.gas >= last && run.gas <= full.gas)
      #expect(run.effects == Array(full.effects.prefix(run.effects.count)))
      last = run.gas
      // A charge that reaches a limit reaches every limit up to the sum in the same way. The host's work is a charge of
      // thousands of units, so only the first and the last of these limits are tried.
      limit = limit < run.gas ? run.gas : limit + 1
    }
    #expect(try comparison.compare(gasLimit: full.gas + 1) == full)
  }

  /// The request has 2 bytes, of which the first is free. The host's call of the handler costs FUNC_CALL 5. Then come
  /// the arguments, EFFECT_PERFORM 100, the operation's row, 3 for each value in the Array of the arguments, and the
  /// host's work for the call and for the bytes of the arguments.
  @Test(
    arguments: [
      ("Clock.now()", 1 + 5 + 100 + 1200), ("Log.info('x')", 1 + 5 + 1 + 100 + 5 + 3 + 2000 + 3),
      ("DbWrite.execute('', [])", 1 + 5 + 6 + 250 + 6 + 5000 + 3 * 3),
    ])
  func unpaidEffectsAreNotPerformed(call: String, units: Int) throws {
    let source = "export default function () { return \(call); }"
    let comparison = try Comparison(files: ["main.js": source], request: "{}")
    #expect(try comparison.compare(gasLimit: units).effects.isEmpty)
    #expect(try comparison.compare(gasLimit: units + 1).effects.count == 1)
  }
}
