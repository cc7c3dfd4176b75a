internal import Compiler

/// The image of a program of the fuzzers' own.
public func compiled(_ source: String) -> [UInt8] {
  let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: Array(source.utf8))
  guard let program = analysis.program,
    case .image(let image) = ProgramGenerator.build(program, sources: analysis.sources)
  else { preconditionFailure("the program is in order") }
  return image
}
