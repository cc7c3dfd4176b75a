import EngineTiming

/// A program that tries to use as much time as possible for its gas.
struct AdversaryProgram {
  /// The name in tables and in the result file.
  let name: String
  /// The source of the program.
  let source: String
  /// The request, if the program has a handler.
  let request: String

  init(_ name: String, source: String, request: String = "{}") {
    self.name = name
    self.source = source
    self.request = request
  }

  /// A program that repeats an expression in the cheapest possible loop.
  ///
  /// - Parameter setup: declarations before the loop. They should take little time compared with it.
  init(_ name: String, _ expression: String, setup: String = "") {
    self.init(name, source: "\(setup)\nconst f = () => { \(expression); return f() };\nf()")
  }

  /// The bare tail call. All other programs are compared with it.
  static let baseline = AdversaryProgram("bare tail call", source: "const f = () => f();\nf()")

  /// The program, ready to run.
  var subject: Subject {
    get throws { try Subject(name: name, source: source, request: request) }
  }

  /// All programs.
  static let all = language + strings + arrays + records + numbers + json + maps + codings
}
