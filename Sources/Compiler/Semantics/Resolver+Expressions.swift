import Engine

extension Resolver {
  mutating func visit(_ expression: Expression) {
    switch expression.node {
    case .integer, .string, .boolean:
      break
    case .template(_, let substitutions):
      for substitution in substitutions { visit(substitution) }
    case .name(let symbol, let reference):
      resolve(Name(symbol: symbol, span: expression.span), reference)
    case .array(let elements):
      visit(elements)
    case .record(let properties):
      for property in properties { visit(property) }
    case .function(let function):
      visitFunction(function, bindsOwnName: true)
    case .unary(_, let operand):
      visit(operand)
    case .binary(_, let left, let right), .logical(_, let left, let right), .index(let left, let right):
      visit(left)
      visit(right)
    case .conditional(let test, let then, let otherwise):
      visit(test)
      visit(then)
      visit(otherwise)
    case .member(let record, let member):
      visitMember(record, member, isCallee: false)
    case .call(let callee, let arguments):
      visitCall(callee, arguments)
    }
  }

  private mutating func visit(_ elements: [Element]) {
    for element in elements {
      switch element {
      case .value(let value), .spread(let value): visit(value)
      }
    }
  }

  private mutating func visit(_ property: Property) {
    switch property {
    case .field(_, let value), .spread(let value):
      visit(value)
    case .computed(let key, let value):
      visit(key)
      visit(value)
    }
  }

  /// A call is an event, unless it is known to run a built-in that does not call back.
  private mutating func visitCall(_ callee: Expression, _ arguments: [Element]) {
    if case .member(let record, let member) = callee.node {
      visitMember(record, member, isCallee: true)
    } else {
      visit(callee)
    }
    visit(arguments)
    if !isCalmBuiltin(callee) { noteEvent() }
  }

  private func isCalmBuiltin(_ callee: Expression) -> Bool {
    switch callee.node {
    case .name(_, let reference):
      guard case .builtin(let builtin) = references[reference.index].target else { return false }
      return !builtin.definition.callsBack
    case .member(let record, _):
      guard case .name(_, let reference) = record.node,
        case .builtinMember(let builtin) = references[reference.index].target
      else { return false }
      return !builtin.definition.callsBack
    default:
      return false
    }
  }

  // MARK: - Names

  /// Resolves a name that stands for a value.
  private mutating func resolve(_ name: Name, _ reference: ReferenceID) {
    guard let binding = lookUp(name.symbol) else { return resolveFree(name, reference) }
    guard let target = importTargets[binding] else { return use(binding, name, reference) { .binding($0) } }
    switch target {
    case .binding(let imported): use(imported, name, reference) { .binding($0) }
    case .namespace: report(.moduleAsValue, at: name.span, [text(name)])
    case .missing: break
    }
  }

  private mutating func use(
    _ binding: BindingID, _ name: Name, _ reference: ReferenceID, _ target: (BindingID) -> Reference.Target
  ) {
    useSpan = name.span
    use(binding, by: reference, as: target(binding))
  }

  /// Resolves a name that no scope declares.
  private mutating func resolveFree(_ name: Name, _ reference: ReferenceID) {
    let text = text(name)
    if let builtin = Builtin.find(text, in: .global) {
      references[reference.index].target = .builtin(builtin)
    } else if let operation = capabilities.operations(of: text).first {
      report(.effectAsValue, at: name.span, [text, operation])
    } else if let namespace = Builtin.Namespace.find(text) {
      report(.namespaceAsValue, at: name.span, [text, namespace.members.first?.definition.name.bytes ?? []])
    } else {
      report(FreeNames.diagnostic(for: text), at: name.span, [text])
    }
  }

  // MARK: - Members

  private mutating func visitMember(_ record: Expression, _ member: Name, isCallee: Bool) {
    guard case .name(let symbol, let reference) = record.node else {
      visit(record)
      return warnAboutMutation(member, isCallee: isCallee)
    }
    let name = Name(symbol: symbol, span: record.span)
    if let binding = lookUp(symbol) {
      if case .namespace(let other) = importTargets[binding] {
        resolveModuleMember(member, of: other, reference)
      } else {
        resolve(name, reference)
        warnAboutMutation(member, isCallee: isCallee)
      }
    } else if !capabilities.operations(of: text(name)).isEmpty {
      resolveOperation(member, of: name, reference, isCallee: isCallee)
    } else if let namespace = Builtin.Namespace.find(text(name)) {
      resolveMember(member, of: namespace, name, reference)
    } else {
      resolveFree(name, reference)
    }
  }

  private mutating func resolveModuleMember(_ member: Name, of other: Int, _ reference: ReferenceID) {
    guard let binding = exports[other][member.symbol] else {
      return report(.unknownModuleMember, at: member.span, [graph.sources[other].path, text(member)])
    }
    use(binding, member, reference) { .moduleMember($0) }
  }

  private mutating func resolveOperation(
    _ member: Name, of name: Name, _ reference: ReferenceID, isCallee: Bool
  ) {
    let operations = capabilities.operations(of: text(name))
    guard operations.contains(text(member)) else {
      return report(.unknownMember, at: member.span, [text(name), text(member), list(operations)])
    }
    guard isCallee else {
      return report(.effectAsValue, at: name.span.joined(with: member.span), [text(name), text(member)])
    }
    effects.insert(name.symbol)
    references[reference.index].target = .effect(name.symbol, operation: member.symbol)
  }

  private mutating func resolveMember(
    _ member: Name, of namespace: Builtin.Namespace, _ name: Name, _ reference: ReferenceID
  ) {
    let text = text(member)
    if let builtin = Builtin.find(text, in: namespace) {
      references[reference.index].target = .builtinMember(builtin)
      return
    }
    let span = name.span.joined(with: member.span)
    if namespace == .math, text == utf8("random") {
      report(.mathRandom, at: span)
    } else if namespace == .object, FreeNames.objectMutations.contains(where: { $0.equals(text) }) {
      report(.objectMutation, at: span, [text])
    } else {
      let members = namespace.members.map { $0.definition.name.bytes }
      report(.unknownMember, at: member.span, [self.text(name), text, list(members)])
    }
  }

  /// `abs`, `max`, `min`
  private func list(_ names: [[UInt8]]) -> [UInt8] {
    Array(names.map { utf8("`") + $0 + utf8("`") }.joined(separator: utf8(", ")))
  }

  private mutating func warnAboutMutation(_ member: Name, isCallee: Bool) {
    guard isCallee, let method = FreeNames.mutatingMethods.first(where: { $0.name.equals(text(member)) }) else {
      return
    }
    report(.mutatingMethod, at: member.span, [text(member), method.instead.bytes])
  }
}

extension Builtin.Namespace {
  /// The functions and constants that programs can name in it.
  fileprivate var members: [Builtin] {
    Builtin.allCases.filter { $0.namespace == self && $0.definition.form != .method }
  }
}
