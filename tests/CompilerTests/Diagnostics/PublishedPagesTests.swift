import Compiler
import TestSupport
import Testing

@Suite("Published pages: diagnostics") struct PublishedPagesTests {
  @Test("docs/diagnostics.md is what the table says")
  func diagnostics() throws {
    let page = String(decoding: DiagnosticDefinition.page(), as: UTF8.self)
    let difference = try PublishedPage("diagnostics.md", page).difference()
    #expect(difference == nil)
  }
}
