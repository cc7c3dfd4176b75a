public import Compiler
public import Engine

/// Compiles and runs guest programs in memory, with plain Swift values as results.
public enum Guest {
  /// How a run ended, as plain Swift values.
  public struct Result: Equatable, Sendable {
    /// The response or error body.
    public let body: String
    /// The error's code, or nil for a value.
    public let error: String?
    /// Units used.
    public let gas: Int
    /// Words of the abstract stack budget at the deepest point.
    public let stackPeakWords: Int
    /// Bytes of the heap budget at the fullest point.
    public let heapPeakBytes: Int
  }

  /// The image of a program of one file. Throws the diagnostics if the program is rejected.
  public static func image(
    _ source: String, strips: Bool = true, hostEffects: [HostEffect] = []
  ) throws(Rejected) -> [UInt8] {
    try image(["main.js": source], entry: "main.js", strips: strips, hostEffects: hostEffects)
  }

  /// The image of a program of several files.
  public static func image(
    _ files: [String: String], entry: String, strips: Bool = true, hostEffects: [HostEffect] = []
  ) throws(Rejected) -> [UInt8] {
    let analysis = analysis(of: files, entry: entry, hostEffects: hostEffects)
    guard let program = analysis.program else { throw Rejected(analysis.diagnostics) }
    switch ProgramGenerator.build(program, sources: analysis.sources, options: .init(strips: strips)) {
    case .image(let bytes): return bytes
    case .diagnostics(let diagnostics): throw Rejected(diagnostics)
    }
  }

  /// The resolved syntax trees of a program of several files.
  public static func program(
    _ files: [String: String], entry: String, hostEffects: [HostEffect] = []
  ) throws(Rejected) -> Program {
    let analysis = analysis(of: files, entry: entry, hostEffects: hostEffects)
    guard let program = analysis.program else { throw Rejected(analysis.diagnostics) }
    return program
  }

  private static func analysis(
    of files: [String: String], entry: String, hostEffects: [HostEffect]
  ) -> FrontEnd.Analysis {
    let source = Array((files[entry] ?? "").utf8)
    return FrontEnd.analyze(entry: Array(entry.utf8), source: source, hostEffects: hostEffects) { path in
      ImportedFile(files[String(decoding: path, as: UTF8.self)].map { Array($0.utf8) })
    }
  }

  /// The error if the compiler rejects a program.
  public struct Rejected: Error {
    /// The compiler's diagnostics.
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
  }

  /// Runs an image in a separate region.
  public static func run(
    image: [UInt8], request: String = "{}", gasLimit: Int = 100_000_000,
    budgets: MachineLayout.Budgets = .standard, keys: JSONKeyOrder = .canonical, effects: Performer = noEffects
  ) -> Result {
    run(
      image: image, request: Array(request.utf8), gasLimit: gasLimit, budgets: budgets, keys: keys, effects: effects)
  }

  /// Performs effects: maps the name of an operation and the CBOR of its arguments to a reply.
  public typealias Performer = (_ name: String, _ arguments: [UInt8]) -> EffectReply

  /// Grants nothing.
  public static let noEffects: @Sendable (String, [UInt8]) -> EffectReply = { _, _ in .notGranted }

  /// Runs an image on a request of arbitrary bytes.
  public static func run(
    image: [UInt8], request: [UInt8], gasLimit: Int = 100_000_000, budgets: MachineLayout.Budgets = .standard,
    keys: JSONKeyOrder = .canonical, effects: Performer = noEffects
  ) -> Result {
    LoadedGuest(image: image, budgets: budgets).run(
      request: request, gasLimit: gasLimit, keys: keys, effects: effects)
  }

  /// Compiles and runs a program of one file.
  public static func run(
    _ source: String, request: String = "{}", gasLimit: Int = 100_000_000,
    budgets: MachineLayout.Budgets = .standard
  ) throws(Rejected) -> Result {
    run(image: try image(source), request: request, gasLimit: gasLimit, budgets: budgets)
  }

  /// The body of a program of one file.
  public static func body(_ source: String) throws(Rejected) -> String { try run(source).body }
}
