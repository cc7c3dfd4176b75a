internal import Compiler
internal import Engine
internal import Foundation

/// `seeds FOLDER OUTPUT`: compiles every one-file program in a folder and a program that calls every effect, and writes
/// the images.
@main
struct Seeds {
  static func main() throws {
    let folders = CommandLine.arguments.dropFirst().map { URL(fileURLWithPath: $0) }
    precondition(folders.count == 2, "usage: seeds FOLDER OUTPUT")
    try write(Data(callingEveryEffect.utf8), as: "effects.js", to: folders[1])
    for name in try FileManager.default.contentsOfDirectory(atPath: folders[0].path).sorted() {
      try write(try Data(contentsOf: folders[0].appending(path: name)), as: name, to: folders[1])
    }
  }

  /// Writes the image of a program, unless the compiler refuses it.
  private static func write(_ source: Data, as name: String, to folder: URL) throws {
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: Array(source))
    guard let program = analysis.program else { return }
    let options = ProgramGenerator.Options(strips: true)
    if case .image(let image) = ProgramGenerator.build(program, sources: analysis.sources, options: options) {
      try Data(image).write(to: folder.appending(path: name + ".msqs"))
    }
  }

  /// A handler that calls every operation of the standard effects, with arguments and with a spread.
  private static var callingEveryEffect: String {
    let calls = EffectOperation.allCases.map { operation in
      let name = "\(operation.capability.name).\(operation.definition.name)"
      let arguments = operation.definition.parameters.all.map { literal(of: $0.kind) }.joined(separator: ", ")
      return "\(name)(\(arguments)); \(name)(...[\(arguments)]);"
    }
    return "export default function (request) { \(calls.joined(separator: " ")) return 1; }"
  }

  private static func literal(of kind: Kind?) -> String {
    switch kind {
    case .string: "'a'"
    case .array: "[1]"
    case .record: "{effect: 'Log.info', args: ['a']}"
    case .bool: "true"
    case .decimal: "Decimal('1')"
    case .map: "Map.empty"
    case .function: "() => 1"
    case .int, .jsonNull, .undefined, nil: "1"
    }
  }
}
