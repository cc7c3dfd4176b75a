import Compiler
import Testing

@Suite("Accepted programs")
struct AcceptedTests {
  @Test(arguments: acceptedPrograms)
  func acceptedProgramsGetNoErrors(program: String) {
    let analysis = analyze(program, files: ["lib.js": "export const total = 1"])
    let errors = analysis.diagnostics.filter { $0.code.definition.severity == .error }
    #expect(errors.isEmpty, "\(rendered(analysis))")
    #expect(analysis.program != nil)
  }
}
