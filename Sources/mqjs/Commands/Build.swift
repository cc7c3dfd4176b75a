import ArgumentParser
import CommandSupport
import OperatingSystem

/// `mqjs build`
struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Builds the snapshot of a program.",
    discussion: """
      The same sources give the same bytes on every machine. The snapshot contains the program and its imports. It \
      runs nowhere until it is signed.

      Examples:
        mqjs build app.js -o app.msqs
        mqjs build app.js -o app.msqs --effect Ledger.post
      """)

  @Argument(help: ArgumentHelp("The program's entry file.", valueName: "file"), completion: .file(extensions: ["js"]))
  var file: String

  @Option(
    name: .short, help: ArgumentHelp("The file to write the snapshot to.", valueName: "app.msqs"),
    completion: .file(extensions: ["msqs"]))
  var output: String

  @Flag(
    help: ArgumentHelp(
      "Leave out names and positions.",
      discussion: "The program runs the same, but errors no longer show file and line."))
  var strip = false

  @OptionGroup var effects: HostEffectOptions

  func run() throws {
    let program = try ProgramFile(path: file, hostEffects: try effects.declarations(), strippingNames: strip)
    var files = NamedFiles()
    program.addFiles(to: &files)
    files.add("-o", output, .writing)
    try files.check()
    let image = try program.image()
    try SystemFile.write(image, to: output)
    try Console.put(table: [
      ("snapshot", output), ("size", "\(image.count) bytes"), ("sha256", Hash256(of: image).hex),
    ])
  }
}
