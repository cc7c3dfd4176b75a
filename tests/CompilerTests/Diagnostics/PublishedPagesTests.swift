import Compiler
import TestSupport
import Testing

@Suite("Published pages: diagnostics") struct PublishedPagesTests {
  @Test func thePageOfDiagnosticsIsUpToDate() throws {
    let page = String(decoding: DiagnosticDefinition.page(), as: UTF8.self)
    let difference = try PublishedPage("diagnostics.md", page).difference()
    #expect(difference == nil)
  }
}
