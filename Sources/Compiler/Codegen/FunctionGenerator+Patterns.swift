internal import Engine

/// Declarations, parameters and destructuring.
extension FunctionGenerator {
  /// Binds a pattern to the value of an expression.
  mutating func declare(_ pattern: Pattern, _ value: Expression) {
    if case .name(let name) = pattern, isLocal(name.id) {
      // The value is computed in the register where the local will live, or the local shares the register of another
      // local.
      let register = evaluate(value, into: nil)
      assembler.charge(.varDecl)
      place(name.id, at: register)
      top = max(top, register + 1)
      return
    }
    let saved = top
    let register = evaluate(value, into: nil)
    top = max(top, register + 1)
    bind(pattern, to: register)
    if !bindsRegisters(pattern) { top = saved }
  }

  /// Whether a binding lives in a register of this function.
  private func isLocal(_ id: BindingID) -> Bool {
    let binding = program.bindings[id.index]
    return binding.owner != nil && !binding.needsCell
  }

  /// Whether any name of a pattern lives in a register. If so, the registers used for the pattern must be kept.
  private func bindsRegisters(_ pattern: Pattern) -> Bool {
    switch pattern {
    case .name(let name):
      return isLocal(name.id)
    case .array(let elements, let rest, _):
      return elements.contains { $0.map { bindsRegisters($0.pattern) } ?? false } || rest.map(bindsRegisters) ?? false
    case .record(let fields, let rest, _):
      return fields.contains { bindsRegisters($0.pattern) } || rest.map { isLocal($0.id) } ?? false
    }
  }

  /// Binds a pattern to the value in a register. The register keeps its value.
  mutating func bind(_ pattern: Pattern, to register: Int) {
    switch pattern {
    case .name(let name):
      assembler.charge(.varDecl)
      initialize(name, from: register)
    case .array(let elements, let rest, let span):
      bind(elements, rest, span, to: register)
    case .record(let fields, let rest, let span):
      bind(fields, rest, span, to: register)
    }
  }

  private mutating func bind(_ elements: [PatternElement?], _ rest: Pattern?, _ span: SourceSpan, to source: Int) {
    assembler.span = span
    if rest == nil && elements.allSatisfy({ $0 == nil }) {
      // No element is bound, but the value must still be an Array.
      assembler.emit(.checkArray, a: source)
    }
    if elements.count > Frame.maximumRegisters { return limit(.functionTooLarge) }
    for (index, element) in elements.enumerated() {
      guard let element else { continue }
      let saved = top
      let part = allocate()
      assembler.span = span
      assembler.charge(.arrayAccess)
      assembler.emit(
        element.defaultValue == nil ? .takeElement : .takeElementOrUndefined, a: part, b: source, c: index)
      bind(element.pattern, element.defaultValue, to: part)
      if !bindsRegisters(element.pattern) { top = saved }
    }
    if let rest {
      let part = allocate()
      assembler.span = span
      assembler.emit(.takeRestElements, a: part, b: source, c: elements.count)
      bind(rest, to: part)
    }
  }

  private mutating func bind(_ fields: [PatternField], _ rest: BindingName?, _ span: SourceSpan, to source: Int) {
    assembler.span = span
    if fields.isEmpty && rest == nil { assembler.emit(.checkRecord, a: source) }
    // A rest needs the keys that were taken, in consecutive registers.
    let keys = rest == nil ? 0 : allocate(fields.count)
    for (index, field) in fields.enumerated() {
      let saved = top
      let part = allocate()
      let hasDefault = field.defaultValue != nil
      switch field.key {
      case .name(let name):
        assembler.span = name.span
        assembler.charge(.propAccess)
        let key = keyConstant(name.symbol)
        assembler.emit(hasDefault ? .takeFieldOrUndefined : .takeField, a: part, b: source, c: key)
        if rest != nil { _ = load(.string(name.symbol), into: keys + index) }
      case .computed(let expression):
        let key = evaluate(expression, into: rest == nil ? allocate() : keys + index)
        assembler.span = expression.span
        assembler.charge(.propAccess)
        assembler.emit(hasDefault ? .takeComputedOrUndefined : .takeComputed, a: part, b: source, c: key)
      }
      bind(field.pattern, field.defaultValue, to: part)
      if !bindsRegisters(field.pattern) { top = saved }
    }
    if let rest {
      let part = allocate()
      assembler.span = span
      assembler.emit(.move, a: part, b: source)
      assembler.emit(.takeRestFields, a: part, b: keys, c: fields.count)
      bind(.name(rest), to: part)
    }
  }

  /// Binds a pattern to the value in a register, or to the default if that value is `undefined`.
  mutating func bind(_ pattern: Pattern, _ defaultValue: Expression?, to register: Int) {
    replace(undefinedIn: register, by: defaultValue)
    bind(pattern, to: register)
  }

  /// Evaluates a default into a register if the register holds `undefined`.
  private mutating func replace(undefinedIn register: Int, by defaultValue: Expression?) {
    guard let defaultValue else { return }
    var defined = Label()
    assembler.jump(.jumpIfDefined, a: register, to: &defined)
    evaluate(defaultValue, to: register)
    assembler.bind(&defined)
  }

  /// Generates what runs on entry: the rest parameter, defaults, and destructuring of parameters.
  mutating func bindParameters(_ node: FunctionNode) {
    let base = allocate(node.parameters.count + (node.rest == nil ? 0 : 1))
    if node.rest != nil { assembler.emit(.restArguments, a: base + node.parameters.count) }
    makeCells(of: node.parameters.flatMap { names(in: $0.pattern) } + (node.rest.map(names) ?? []))
    for (index, parameter) in node.parameters.enumerated() {
      bindParameter(parameter.pattern, parameter.defaultValue, to: base + index)
    }
    if let rest = node.rest { bindParameter(rest, nil, to: base + node.parameters.count) }
  }

  /// A plain parameter costs nothing. A pattern costs what binding its names costs.
  private mutating func bindParameter(_ pattern: Pattern, _ defaultValue: Expression?, to register: Int) {
    guard case .name(let name) = pattern else { return bind(pattern, defaultValue, to: register) }
    replace(undefinedIn: register, by: defaultValue)
    initialize(name, from: register)
  }
}
