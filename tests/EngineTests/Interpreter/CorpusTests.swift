import TestSupport
import Testing

@Suite("The corpus of programs")
struct CorpusTests {
  @Test("gives in the engine what it gives in Node.js, byte for byte")
  func agreesWithNode() throws {
    let answers = try ProgramOracle.corpus()
    #expect(answers.count > 250)
    for answer in answers {
      let expected = try #require(answer.canonical, "\(answer.name): \(answer.reason ?? "")")
      let files = answer.files ?? ["main.js": answer.source ?? ""]
      do throws(Guest.Rejected) {
        let image = try Guest.image(files, entry: answer.entry ?? "main.js")
        let result = Guest.run(image: image, request: answer.requestText, budgets: MachineBudgets.small)
        #expect(result.body == expected, "\(answer.name)")
      } catch {
        Issue.record("\(answer.name) is rejected: \(error)")
      }
    }
  }
}
