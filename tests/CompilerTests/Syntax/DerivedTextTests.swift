import Compiler
import Engine
import Foundation
import ProgramGeneration
import TestSupport
import Testing

/// Programs derived from the grammars of this language and of ECMAScript. Whatever the front end accepts must be
/// ECMAScript, and must compile to an image that passes the load check. The front end and the reference evaluator share
/// a parser, so only another implementation can show that the parser accepts too much.
@Suite("Texts that a grammar derives")
struct DerivedTextTests {
  /// The number of random programs. `DERIVED_TEXTS` in the environment changes it.
  private static let count = ProcessInfo.processInfo.environment["DERIVED_TEXTS"].flatMap(Int.init) ?? 3_000

  @Test func acceptedRandomTextsAreModulesForNodeAndLoad() throws {
    let texts = (1...UInt64(DerivedTextTests.count)).map { GrammarTexts.text(seed: $0) }
    let (accepted, rejections) = sorted(texts)
    let percent = accepted.count * 100 / texts.count
    #expect((25...75).contains(percent), "\(percent) % of the texts are accepted: the test means little")
    #expect(rejections.count > 80, "only \(rejections.count) diagnostics were seen")
    try expectModules(accepted)
  }

  @Test func acceptedFillingsOfPlacesAreModulesForNode() throws {
    let (accepted, _) = sorted(GrammarTexts.filledPlaces)
    #expect(accepted.count > 500)
    try expectModules(accepted)
  }

  /// The accepted programs, and the codes that the others are rejected with. Accepted programs are also compiled and
  /// loaded.
  private func sorted(_ texts: [String]) -> (accepted: [String], rejections: Set<DiagnosticCode>) {
    var accepted: [String] = []
    var rejections: Set<DiagnosticCode> = []
    for text in texts {
      do throws(Guest.Rejected) {
        let image = try Guest.image(["main.js": text, "lib.js": "export const total = 1"], entry: "main.js")
        accepted.append(text)
        #expect(throws: Never.self, "\(text)") { try LoadedGuest(checking: image, budgets: .standard) }
      } catch {
        rejections.formUnion(error.diagnostics.map(\.code))
      }
    }
    return (accepted, rejections)
  }

  private func expectModules(_ accepted: [String]) throws {
    for rejection in try NodeOracle.rejections(of: accepted) {
      Issue.record("\(accepted[rejection.index].debugDescription): \(rejection.message)")
    }
  }
}
