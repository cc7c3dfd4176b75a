import Engine

extension Resolver {
  // MARK: - Files

  mutating func visitFile(_ file: Int) {
    self.file = file
    let tree = graph.trees[file]
    frames = [Frame(function: nil)]
    enterScope()
    linkImports(of: tree)
    visitBody(tree.statements)
    collectExports(of: tree)
    leaveScope()
    guard file == 0, !diagnostics[0].all.hasErrors else { return }
    if let handler = tree.handler { checkHandler(handler) } else { checkResult(of: tree) }
  }

  /// A script must end in its value.
  private mutating func checkResult(of tree: SyntaxTree) {
    let last = tree.statements.last
    switch last?.node {
    case .expression, .throwing: return
    default: report(.scriptWithoutValue, at: last?.span ?? SourceSpan(file: file, start: 0, end: 0))
    }
  }

  // MARK: - Imports

  private mutating func linkImports(of tree: SyntaxTree) {
    var remaining = graph.imports[file][...]
    for statement in tree.statements {
      guard case .importing(let declaration) = statement.node, let link = remaining.popFirst() else { continue }
      switch declaration.clause {
      case .namespace(let name):
        declareImport(name, link.target.map { .namespace($0) } ?? .missing)
      case .names(let names):
        for (exported, local) in names { declareImport(local, target(of: exported, in: link)) }
      }
    }
  }

  private mutating func declareImport(_ name: BindingName, _ target: ImportTarget) {
    declare(name, .imported)
    facts[name.id.index].state = .initialized
    importTargets[name.id] = target
  }

  private mutating func target(of exported: Name, in link: ModuleGraph.Import) -> ImportTarget {
    // A default import has been reported where it stands.
    guard let other = link.target, exported.symbol != Keyword.default.symbol else { return .missing }
    if let binding = exports[other][exported.symbol] { return .binding(binding) }
    report(.missingExport, at: exported.span, [graph.sources[other].path, text(exported)])
    return .missing
  }

  // MARK: - Exports

  private mutating func collectExports(of tree: SyntaxTree) {
    var hasHandler = false
    for statement in tree.statements {
      guard case .exporting(let export) = statement.node else { continue }
      switch export {
      case .handler(let function):
        if hasHandler { report(.duplicateExport, at: headSpan(of: function), [utf8("default")]) }
        hasHandler = true
      case .declaration(let declaration):
        for name in declaration.declaredNames { add(name.name, name.id) }
      case .names(let names):
        for (local, reference, exported) in names { exportLocal(local, reference, as: exported) }
      }
    }
  }

  /// Reports a handler that, because of its shape alone, would end every request in an error.
  private mutating func checkHandler(_ function: FunctionNode) {
    if function.minimumArity > 1 {
      var arguments = TextWriter()
      if function.parameters.count > function.minimumArity || function.rest != nil { arguments.write("at least ") }
      arguments.write(function.minimumArity)
      report(.handlerArity, at: headSpan(of: function), [arguments.bytes])
    }
    if case .block(let statements) = function.body, !statements.contains(where: { $0.mayAnswer }) {
      report(.handlerWithoutValue, at: headSpan(of: function))
    }
  }

  /// `function` and the name after it are enough to show.
  private func headSpan(of function: FunctionNode) -> SourceSpan {
    let start = function.span.start
    return SourceSpan(file: file, start: start, end: function.name?.name.span.end ?? start + 8)
  }

  private mutating func exportLocal(_ local: Name, _ reference: ReferenceID, as exported: Name) {
    guard let binding = lookUp(local.symbol) else {
      return report(.exportOfUndeclared, at: local.span, [text(local)])
    }
    switch importTargets[binding] {
    case nil:
      references[reference.index].target = .binding(binding)
      add(exported, binding)
    case .binding(let target):
      references[reference.index].target = .binding(target)
      add(exported, target)
    case .namespace:
      report(.moduleAsValue, at: local.span, [text(local)])
    case .missing:
      break
    }
  }

  private mutating func add(_ exported: Name, _ binding: BindingID) {
    if exports[file].updateValue(binding, forKey: exported.symbol) != nil {
      report(.duplicateExport, at: exported.span, [text(exported)])
    }
  }
}

extension Statement {
  /// Whether the function that contains this can end here with a value, or with an error that the program throws.
  fileprivate var mayAnswer: Bool {
    switch node {
    case .returning(let value): value != nil
    case .throwing: true
    case .block(let statements): statements.contains { $0.mayAnswer }
    case .conditional(_, let then, let otherwise): then.mayAnswer || (otherwise?.mayAnswer ?? false)
    case .selection(_, let cases): cases.contains { $0.body.contains { $0.mayAnswer } }
    case .expression, .declaration, .function, .breaking, .empty, .importing, .exporting: false
    }
  }

  /// The names that the declaration binds, in their order.
  var declaredNames: [BindingName] {
    switch node {
    case .declaration(let declarators): declarators.flatMap { $0.pattern.names }
    case .function(let function): function.name.map { [$0] } ?? []
    case .exporting(.declaration(let declaration)): declaration.declaredNames
    case .exporting(.handler(let function)): function.name.map { [$0] } ?? []
    default: []
    }
  }

  /// The function that the statement declares.
  var declaredFunction: FunctionNode? {
    switch node {
    case .function(let function): function
    case .exporting(.declaration(let declaration)): declaration.declaredFunction
    case .exporting(.handler(let function)): function
    default: nil
    }
  }
}

extension Pattern {
  /// The names that the pattern binds, in their order.
  var names: [BindingName] {
    switch self {
    case .name(let name): [name]
    case .array(let elements, let rest, _):
      elements.flatMap { $0?.pattern.names ?? [] } + (rest?.names ?? [])
    case .record(let fields, let rest, _):
      fields.flatMap { $0.pattern.names } + (rest.map { [$0] } ?? [])
    }
  }
}
