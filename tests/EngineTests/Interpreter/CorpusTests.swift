import TestSupport
import Testing

@Suite("The corpus of programs")
struct CorpusTests {
  @Test func everyProgramAgreesWithNode() throws {
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
