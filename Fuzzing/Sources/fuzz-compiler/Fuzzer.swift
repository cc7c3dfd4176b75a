internal import Compiler
internal import Engine
internal import FuzzSupport

@_cdecl("fuzz_compiler_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    let source = unsafe bytes(start, count)
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: source)
    precondition(
      analysis.program != nil || !analysis.diagnostics.isEmpty, "a program is refused without a word")
    var renderer = DiagnosticRenderer(sources: analysis.sources)
    _ = renderer.text(analysis.diagnostics)
    guard let program = analysis.program else { return 0 }
    guard case .image(let bytes) = ProgramGenerator.build(program, sources: analysis.sources) else { return 0 }
    guard let image = CheckedImage(bytes) else {
      preconditionFailure("the load check refuses an image that the compiler made")
    }
    _ = image.run(request: Array("{\"a\":[1,\"b\",null,true,2.5]}".utf8))
    return 0
  }
}
