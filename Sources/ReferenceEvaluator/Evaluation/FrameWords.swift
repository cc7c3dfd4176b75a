import Compiler

// How much of the stack budget a call takes: the rules of `docs/memory.md`, section "The stack", one after another.

extension Evaluation {
  /// The words of an active call of a function.
  func words(of function: FunctionNode) -> Int {
    if let known = frameWords[function.id] { return known }
    let words = 4 + names(of: function) + kept(in: function) + max(1, temporaries(of: function))
    frameWords[function.id] = words
    return words
  }

  /// The words of the top level. Its names are not on the stack, and nothing is kept for them.
  var wordsOfTopLevel: Int {
    let statements = program.trees.flatMap { $0.statements }
    return 4 + declarators(in: statements).map(kept).reduce(0, max) + max(1, temporaries(of: statements))
  }

  // MARK: Names

  private func names(of function: FunctionNode) -> Int {
    let patterns = function.parameters.map { $0.pattern } + (function.rest.map { [$0] } ?? [])
    let separate = patterns.filter { pattern in
      guard case .name(let name) = pattern else { return true }
      return program.bindings[name.id.index].needsCell
    }
    return program.functions[function.id.index].bindings.count + separate.count
  }

  private func kept(in function: FunctionNode) -> Int {
    let parameters = function.parameters.map { $0.pattern } + (function.rest.map { [$0] } ?? [])
    var words = parameters.map(kept).reduce(0, +)
    if case .block(let statements) = function.body { words += declarators(in: statements).map(kept).reduce(0, +) }
    return words
  }

  /// What a declaration keeps beside its names: the header below the result of a call, and what its pattern needs.
  private func kept(by declarator: Declarator) -> Int {
    width(declarator.value) - 1 + kept(by: declarator.pattern)
  }

  private func kept(by pattern: Pattern) -> Int {
    switch pattern {
    case .name: 0
    case .array(let elements, let rest, _):
      1 + elements.compactMap { $0 }.map { kept(by: $0.pattern) }.reduce(0, +) + (rest.map(kept) ?? 0)
    case .record(let fields, let rest, _):
      1 + fields.map { kept(by: $0.pattern) + (rest != nil || $0.computedKey != nil ? 1 : 0) }.reduce(0, +)
    }
  }

  /// All declarations of a body, those of nested blocks included, those of nested functions not.
  private func declarators(in statements: [Statement]) -> [Declarator] {
    statements.flatMap { statement -> [Declarator] in
      switch statement.node {
      case .declaration(let declarators): declarators
      case .block(let inner): declarators(in: inner)
      case .conditional(_, let then, let otherwise): declarators(in: [then] + (otherwise.map { [$0] } ?? []))
      case .selection(_, let cases): declarators(in: cases.flatMap { $0.body })
      case .exporting(.declaration(let inner)): declarators(in: [inner])
      case .expression, .function, .returning, .throwing, .breaking, .empty, .importing, .exporting: []
      }
    }
  }

  // MARK: Temporaries

  private func temporaries(of function: FunctionNode) -> Int {
    let parameters = function.parameters.map { temporaries(of: $0.pattern, $0.defaultValue) }
    let rest = function.rest.map { temporaries(of: $0, nil) } ?? 0
    let body =
      switch function.body {
      case .expression(let expression): need(expression)
      case .block(let statements): temporaries(of: statements)
      }
    return max(rest, body, parameters.max() ?? 0)
  }

  private func temporaries(of statements: [Statement]) -> Int { statements.map(temporaries).max() ?? 0 }

  private func temporaries(of statement: Statement) -> Int {
    switch statement.node {
    case .expression(let value), .throwing(let value), .returning(let value?): need(value)
    case .declaration(let declarators):
      declarators.map { max(need($0.value), temporaries(of: $0.pattern, nil)) }.max() ?? 0
    case .function(let node), .exporting(.handler(let node)): closureWords(of: node)
    case .block(let statements): temporaries(of: statements)
    case .conditional(let condition, let then, let otherwise):
      max(need(condition), temporaries(of: then), otherwise.map(temporaries) ?? 0)
    case .selection(let scrutinee, let cases):
      max(
        need(scrutinee),
        width(scrutinee) + (cases.map { max($0.test.map(need) ?? 0, temporaries(of: $0.body)) }.max() ?? 0))
    case .exporting(.declaration(let inner)): temporaries(of: inner)
    case .exporting, .importing, .returning(nil), .breaking, .empty: 0
    }
  }

  /// The part at hand, and what its default or its key takes.
  private func temporaries(of pattern: Pattern, _ defaultValue: Expression?) -> Int {
    let own = 1 + (defaultValue.map(need) ?? 0)
    switch pattern {
    case .name: return own
    case .array(let elements, let rest, _):
      let parts = elements.compactMap { $0 }.map { temporaries(of: $0.pattern, $0.defaultValue) }
      return max(own, parts.max() ?? 0, rest.map { temporaries(of: $0, nil) } ?? 0)
    case .record(let fields, _, _):
      let parts = fields.map {
        max(temporaries(of: $0.pattern, $0.defaultValue), $0.computedKey.map { 1 + need($0) } ?? 0)
      }
      return max(own, parts.max() ?? 0)
    }
  }

  /// Words that a value occupies while another one is evaluated: the result of a call lies above its header.
  private func width(_ expression: Expression) -> Int {
    if case .call = expression.node { 4 } else { 1 }
  }

  /// Words that the evaluation of an expression takes, its value included.
  private func need(_ expression: Expression) -> Int {
    switch expression.node {
    case .integer, .string, .boolean, .name: 1
    case .function(let node): closureWords(of: node)
    case .unary(_, let operand): 1 + need(operand)
    case .member(let object, _): 1 + need(object)
    case .index(let object, let index): 1 + max(need(object), width(object) + need(index))
    case .logical(_, let left, let right): max(need(left), 1 + need(right))
    case .conditional(let condition, let then, let otherwise): max(1 + need(condition), need(then), need(otherwise))
    case .binary:
      // A chain such as `a + b + c` takes as much as its greediest operand.
      1 + operands(of: expression).map { $0.above + need($0.operand) }.reduce(1, max)
    case .template(let texts, let substitutions):
      1 + row(templateParts(texts, substitutions))
    case .array(let elements): 1 + row(elements)
    case .record(let properties): 1 + row(properties)
    case .call(let callee, let arguments):
      4 + max(1, calleeWords(of: callee), isSpread(arguments) ? 1 + row(arguments) : row(arguments.map { $0.value }))
    }
  }

  private func closureWords(of node: FunctionNode) -> Int { 1 + program.functions[node.id.index].captures.count }

  private func calleeWords(of callee: Expression) -> Int {
    if case .member(let object, _) = callee.node { need(object) } else { need(callee) }
  }

  /// The operands of a chain, each with the words that are in use while it is evaluated.
  private func operands(of expression: Expression) -> [(above: Int, operand: Expression)] {
    var operands: [(above: Int, operand: Expression)] = []
    var left = expression
    while case .binary(_, let next, let right) = left.node {
      operands.append((above: width(next), operand: right))
      left = next
    }
    operands.append((above: 0, operand: left))
    return operands
  }

  // MARK: Rows

  /// Values side by side; nil is one that is there already.
  private func row(_ parts: [Expression?]) -> Int {
    parts.enumerated().map { $0.offset + ($0.element.map(need) ?? 1) }.reduce(1, max)
  }

  private func templateParts(_ texts: [Symbol], _ substitutions: [Expression]) -> [Expression?] {
    texts.enumerated().flatMap { index, symbol -> [Expression?] in
      (program.symbols[symbol].isEmpty ? [] : [nil]) + (index < substitutions.count ? [substitutions[index]] : [])
    }
  }

  private func row(_ elements: [Element]) -> Int {
    if !isSpread(elements) && elements.count <= 64 { return row(elements.map { $0.value }) }
    return elements.enumerated().map { min($0.offset + 1, 128) + need($0.element.value) }.reduce(1, max)
  }

  private func row(_ properties: [Property]) -> Int {
    let values = properties.compactMap { if case .field(_, let value) = $0 { value } else { nil } }
    if values.count == properties.count && values.count <= 64 { return row(values.map { Optional($0) }) }
    var (most, before) = (1, 0)
    for property in properties {
      let start = min(before + 1, 192)
      switch property {
      case .field(_, let value), .spread(let value):
        most = max(most, start + need(value))
        before += 1
      case .computed(let key, let value):
        most = max(most, start + 1 + max(need(key), need(value)))
        before += 2
      }
    }
    return most
  }

  private func isSpread(_ elements: [Element]) -> Bool {
    elements.contains { if case .spread = $0 { true } else { false } }
  }
}

extension Element {
  fileprivate var value: Expression {
    switch self {
    case .value(let expression), .spread(let expression): expression
    }
  }
}

extension PatternField {
  fileprivate var computedKey: Expression? {
    if case .computed(let key) = key { key } else { nil }
  }
}
