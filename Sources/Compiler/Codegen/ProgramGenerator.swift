internal import Engine

/// Builds the image of a program.
public enum ProgramGenerator {
  /// The result of a build.
  public enum Result: Sendable {
    /// The bytes of an `.msqs` file.
    case image([UInt8])
    /// The reasons why the program does not fit the image format.
    case diagnostics([Diagnostic])
  }

  /// The options of a build.
  public struct Options: Sendable {
    /// Whether to leave out names and positions. Only diagnostics need them.
    public var strips: Bool

    /// Creates options. By default, names and positions are kept.
    public init(strips: Bool = false) { self.strips = strips }
  }

  /// Builds the image of a program without errors. The same files give the same bytes wherever their folder is: the
  /// image names files relative to the folder of the entry file.
  public static func build(_ program: Program, sources: [SourceFile], options: Options = Options()) -> Result {
    var context = ProgramContext(program)
    var functions: [GeneratedFunction] = []
    let nowhere = SourceSpan(file: 0, start: 0, end: 0)

    // The context is moved, not shared. A shared context would be copied for each function.
    var generator = FunctionGenerator(program, nil, consume context, span: nowhere)
    generator.initializers()
    functions.append(generator.finish())
    context = generator.context

    for (index, scope) in program.functions.enumerated() {
      generator = FunctionGenerator(program, FunctionID(index), consume context, span: scope.node.span)
      generator.body(of: scope.node)
      functions.append(generator.finish())
      context = generator.context
    }
    if functions.count > 65_000 || context.constants.entries.count > 65_000 {
      context.diagnostics.append(Diagnostic(.programTooLarge, at: nowhere))
    }
    if !context.diagnostics.isEmpty {
      var lists = Array(repeating: DiagnosticList(), count: sources.count)
      for diagnostic in context.diagnostics { lists[diagnostic.span.file].report(diagnostic.code, at: diagnostic.span) }
      return .diagnostics(lists.flatMap { $0.all }.sortedByPosition())
    }
    let classes = CodeIdentity.classes(of: program)
    let folder = sources[0].folder.count
    let files = sources.map { SourceFile(path: Array($0.path.dropFirst(folder)), bytes: $0.bytes) }
    let builder = ImageBuilder(program, files, functions, classes, context)
    guard let image = builder.build(options) else { return .diagnostics([Diagnostic(.namesCollide, at: nowhere)]) }
    return .image(image)
  }
}

/// The code of one function, and the fields of its entry in the image.
struct GeneratedFunction {
  let id: FunctionID?
  let assembler: Assembler
  let registerCount: Int
  let minimumArity: Int
  let parameterCount: Int
  let hasRest: Bool
  let captureCount: Int
  let stackWords: Int
}

extension FunctionGenerator {
  /// Returns the finished function, and reports a function that is too large.
  mutating func finish() -> GeneratedFunction {
    // Names that share a register still count as one stack word each.
    let node = function.map { program.functions[$0.index].node }
    if let node { assembler.span = node.span }
    if stackWords > Frame.maximumWords || assembler.hasFarJump { limit(.functionTooLarge) }
    assert(registerCount + Frame.headerWords <= stackWords, "a frame takes more words than `FrameSize` counts")
    let parameters = node?.parameters ?? []
    if parameters.count > FunctionGenerator.argumentLimit { limit(.tooManyArguments) }
    return GeneratedFunction(
      id: function, assembler: assembler, registerCount: registerCount,
      minimumArity: node?.minimumArity ?? 0,
      parameterCount: parameters.count, hasRest: node?.rest != nil,
      captureCount: function.map { captures($0).count } ?? 0, stackWords: stackWords)
  }
}
