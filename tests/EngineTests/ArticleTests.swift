import Engine
import TestSupport
import Testing

/// The article of the Engine's DocC catalogue shows RunningAProgramExample.swift, and that code works.
@Suite struct ArticleTests {
  @Test func theArticleShowsTheExample() throws {
    let example = try Repository.text("tests/EngineTests/RunningAProgramExample.swift")
    let article = try Repository.text("Sources/Engine/Engine.docc/RunningAProgram.md")
    #expect(article.contains("```swift\n\(example)```"))
  }

  @Test func theExampleAnswersARequest() throws {
    let image = try Guest.image("export default function (request) { return { total: request.cents * 2 }; }")
    let answered = try respond(to: Array(#"{"cents":5}"#.utf8), with: image, gasLimit: 1_000)
    #expect(String(decoding: answered.body, as: UTF8.self) == #"{"total":10}"#)
    #expect(answered.error == nil && answered.gasUsed < 100)

    let failed = try respond(to: Array("{}".utf8), with: image, gasLimit: 1_000)
    #expect(failed.error == .noSuchField)
    #expect(String(decoding: failed.body, as: UTF8.self) == #"{"error":"NoSuchField","field":"cents"}"#)
  }

  @Test func theExampleRefusesADamagedImage() throws {
    #expect(throws: ImageDefect.self) { try respond(to: [], with: [1, 2, 3], gasLimit: 1_000) }
  }
}
