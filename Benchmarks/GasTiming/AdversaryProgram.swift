import EngineTiming

/// A program that tries to get as much time as it can for its gas.
struct AdversaryProgram {
  /// The name in tables and in the file of results.
  let name: String
  /// The program's text.
  let source: String
  /// The request, if the program has a handler.
  let request: String

  init(_ name: String, source: String, request: String = "{}") {
    self.name = name
    self.source = source
    self.request = request
  }

  /// Does the same over and over: the cheapest loop that there is around one expression.
  ///
  /// - Parameter setup: declarations in front of the loop. They should cost little beside it.
  init(_ name: String, _ expression: String, setup: String = "") {
    self.init(name, source: "\(setup)\nconst f = () => { \(expression); return f() };\nf()")
  }

  /// The bare tail call, by which all others are measured.
  static let baseline = AdversaryProgram("bare tail call", source: "const f = () => f();\nf()")

  /// The program, ready to run.
  var subject: Subject {
    get throws { try Subject(name: name, source: source, request: request) }
  }

  /// All programs.
  static let all = language + strings + arrays + records + numbers + json + maps + codings
}
