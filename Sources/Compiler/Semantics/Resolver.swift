import Engine

/// Finds the meaning of every name of a program, and how each binding has to be stored.
///
/// It visits each file in the order of evaluation. Functions that a block declares are visited where the block is
/// entered; everything else is visited where it occurs. So at any point, a binding that has been passed has its value,
/// and one that has not is uninitialised. If a function is made while a binding that it uses has no value yet, the
/// function might be called too early. Then its uses must check, unless nothing in between can call it or leave the
/// scope.
struct Resolver {
  var symbols: SymbolTable
  /// By file.
  var diagnostics: [DiagnosticList]
  let graph: ModuleGraph
  let capabilities: Capabilities

  var bindings: [Binding] = []
  var references: [Reference] = []
  var functions: [FunctionScope?] = []
  var effects: Set<Symbol> = []
  /// The binding that each imported binding refers to.
  var importTargets: [BindingID: ImportTarget] = [:]
  /// By file: the exports found so far.
  var exports: [[Symbol: BindingID]] = []

  /// The state of each binding, by `BindingID`.
  var facts: [BindingFacts] = []
  /// By symbol: the binding that the name refers to at the current place, or -1.
  var visible: [Int] = []
  /// The entry of `visible` before a name was declared.
  var shadowed: [(symbol: Symbol, binding: Int)] = []
  var scopes: [Scope] = []
  var scopeCount = 0
  /// The functions around the current place, from the outermost in; the first one represents the top level.
  var frames: [Frame] = []
  var file = 0

  enum ImportTarget {
    case binding(BindingID)
    /// `import * as name`: the file.
    case namespace(Int)
    /// It was reported.
    case missing
  }

  struct BindingFacts {
    var state = State.uninitialized
    /// The scope that declares it.
    var scope = -1
    /// Whether a jump to another clause of a `switch` can skip its declaration.
    var isInSwitch = false
    /// The number of events in its function when a function that uses it was first made, if that was too early.
    var eventsAtEarlyCapture: Int?

    enum State {
      case uninitialized, initialized
      /// It is declared in another clause of the `switch`, so it is not initialised on this path.
      case skipped
    }
  }

  struct Scope {
    let number: Int
    /// The scope of the parameters, if this is the scope of the function's body. The body must not declare them again.
    var parameters: Int?
    let isSwitch: Bool
    let shadowedCount: Int
  }

  struct Frame {
    /// Nil for the top level.
    let function: FunctionID?
    /// Counts events that could run a function made earlier, or let it escape: calls and `return`.
    var events = 0
    /// Bindings that the function is known to capture.
    var captured: Set<BindingID> = []
  }

  // MARK: - A whole program

  static func resolve(
    _ graph: ModuleGraph, capabilities: Capabilities, symbols: SymbolTable, numbering: Parser.Numbering,
    diagnostics: [DiagnosticList]
  ) -> (Program, [DiagnosticList]) {
    var resolver = Resolver(symbols: symbols, diagnostics: diagnostics, graph: graph, capabilities: capabilities)
    resolver.prepareTables(numbering)
    for file in graph.evaluationOrder { resolver.visitFile(file) }
    return (resolver.makeProgram(), resolver.diagnostics)
  }

  private init(
    symbols: SymbolTable, diagnostics: [DiagnosticList], graph: ModuleGraph, capabilities: Capabilities
  ) {
    self.symbols = symbols
    self.diagnostics = diagnostics
    self.graph = graph
    self.capabilities = capabilities
  }

  private mutating func prepareTables(_ numbering: Parser.Numbering) {
    let nowhere = Name(symbol: Keyword.undefined.symbol, span: SourceSpan(file: 0, start: 0, end: 0))
    let unseen = Binding(
      name: nowhere, kind: .constant, owner: nil, isCaptured: false, needsCell: false, needsCheck: false,
      knownFunction: nil)
    bindings = Array(repeating: unseen, count: numbering.bindings)
    facts = Array(repeating: BindingFacts(), count: numbering.bindings)
    references = Array(
      repeating: Reference(target: .unresolved, isUninitialized: false), count: numbering.references)
    functions = Array(repeating: nil, count: numbering.functions)
    exports = Array(repeating: [:], count: graph.sources.count)
    visible = Array(repeating: -1, count: symbols.count)
  }

  private mutating func makeProgram() -> Program {
    var scopes = functions.compactMap { $0 }
    if scopes.count == functions.count {
      for (index, binding) in bindings.enumerated() {
        if let owner = binding.owner { scopes[owner.index].bindings.append(BindingID(index)) }
      }
    }
    return Program(
      trees: graph.evaluationOrder.map { graph.trees[$0] }, symbols: symbols, bindings: bindings,
      references: references, functions: scopes, handler: graph.trees[0].handler,
      effects: effects.sorted { symbols[$0].lexicographicallyPrecedes(symbols[$1]) })
  }

  // MARK: - Errors

  mutating func report(_ code: DiagnosticCode, at span: SourceSpan, _ arguments: [[UInt8]] = []) {
    diagnostics[file].report(code, at: span, arguments)
  }

  func text(_ name: Name) -> [UInt8] { symbols[name.symbol] }

  // MARK: - Scopes

  mutating func enterScope(isSwitch: Bool = false, parameters: Int? = nil) {
    scopes.append(
      Scope(number: scopeCount, parameters: parameters, isSwitch: isSwitch, shadowedCount: shadowed.count))
    scopeCount += 1
  }

  mutating func leaveScope() {
    let scope = scopes.removeLast()
    while shadowed.count > scope.shadowedCount {
      let (symbol, binding) = shadowed.removeLast()
      visible[Int(symbol.index)] = binding
    }
  }

  /// Declares a name in the innermost scope.
  mutating func declare(_ declared: BindingName, _ kind: Binding.Kind) {
    let symbol = declared.name.symbol
    let scope = scopes[scopes.count - 1]
    let previous = visible[Int(symbol.index)]
    if previous >= 0 { reportDuplicate(of: previous, declared.name, in: scope) }
    shadowed.append((symbol, previous))
    visible[Int(symbol.index)] = declared.id.index

    let owner = frames[frames.count - 1].function
    bindings[declared.id.index] = Binding(
      name: declared.name, kind: kind, owner: owner, isCaptured: false, needsCell: false, needsCheck: false,
      knownFunction: nil)
    facts[declared.id.index].scope = scope.number
    facts[declared.id.index].isInSwitch = scope.isSwitch
  }

  private mutating func reportDuplicate(of previous: Int, _ name: Name, in scope: Scope) {
    let other = facts[previous].scope
    guard other == scope.number || other == scope.parameters else { return }
    let isParameter = other == scope.number && bindings[previous].kind == .parameter
    report(isParameter ? .duplicateParameter : .duplicateDeclaration, at: name.span, [text(name)])
  }

  /// The binding that a name refers to here, or nil if nothing declares it.
  func lookUp(_ symbol: Symbol) -> BindingID? {
    let index = visible[Int(symbol.index)]
    return index < 0 ? nil : BindingID(index)
  }

  // MARK: - Initialisation

  /// Records that a binding has its value now.
  mutating func initialize(_ binding: BindingID) {
    facts[binding.index].state = .initialized
    guard let events = facts[binding.index].eventsAtEarlyCapture else { return }
    let couldHaveRun = facts[binding.index].isInSwitch || frames[frames.count - 1].events != events
    bindings[binding.index].needsCheck = couldHaveRun
  }

  /// Records an event that may run functions made before, or let them escape from this call.
  mutating func noteEvent() { frames[frames.count - 1].events += 1 }

  /// Resolves the use of a binding.
  mutating func use(_ binding: BindingID, by reference: ReferenceID, as target: Reference.Target) {
    let state = facts[binding.index].state
    let owner = bindings[binding.index].owner
    let user = frames[frames.count - 1].function
    let isUninitialized = state == .skipped || (state == .uninitialized && owner == user)
    references[reference.index] = Reference(target: target, isUninitialized: isUninitialized)
    if isUninitialized {
      let name = bindings[binding.index].name
      report(.readBeforeInitialization, at: useSpan ?? name.span, [text(name)])
      return
    }
    if owner != user { capture(binding, isEarly: state == .uninitialized) }
  }

  /// The position of the name that is being resolved.
  var useSpan: SourceSpan?

  /// Makes every function between the use and the owner capture the binding.
  private mutating func capture(_ binding: BindingID, isEarly: Bool) {
    let owner = bindings[binding.index].owner
    var level = frames.count - 1
    while frames[level].function != owner {
      if owner != nil, let function = frames[level].function, frames[level].captured.insert(binding).inserted {
        functions[function.index]?.captures.append(binding)
      }
      level -= 1
    }
    if owner != nil { bindings[binding.index].isCaptured = true }
    guard isEarly, bindings[binding.index].kind != .function || owner != nil else { return }
    if owner != nil { bindings[binding.index].needsCell = true }
    if facts[binding.index].eventsAtEarlyCapture == nil {
      facts[binding.index].eventsAtEarlyCapture = frames[level].events
    }
  }
}

extension SyntaxTree {
  /// The `export default function` of the file.
  var handler: FunctionNode? {
    for statement in statements {
      if case .exporting(.handler(let function)) = statement.node { return function }
    }
    return nil
  }
}
