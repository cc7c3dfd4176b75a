internal import Compiler
internal import Engine
internal import Foundation

/// `seeds FOLDER OUTPUT`: compiles every one-file program in a folder, and writes the images.
@main
struct Seeds {
  static func main() throws {
    let folders = CommandLine.arguments.dropFirst().map { URL(fileURLWithPath: $0) }
    precondition(folders.count == 2, "usage: seeds FOLDER OUTPUT")
    for name in try FileManager.default.contentsOfDirectory(atPath: folders[0].path).sorted() {
      let source = try Data(contentsOf: folders[0].appending(path: name))
      let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: Array(source))
      guard let program = analysis.program else { continue }
      let options = ProgramGenerator.Options(strips: true)
      if case .image(let image) = ProgramGenerator.build(program, sources: analysis.sources, options: options) {
        try Data(image).write(to: folders[1].appending(path: name + ".msqs"))
      }
    }
  }
}
