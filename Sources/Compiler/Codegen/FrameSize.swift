internal import Engine

/// The abstract stack words of an activation: 4, one for each name that is bound in the function, and one for each
/// temporary value that it may hold at once. `docs/memory.md` has the rules.
///
/// They follow the text of the function, not the registers that the code generator assigns, so a better generator changes
/// no peak. But no frame has more registers than its words pay for: that is how the stack budget bounds memory, and the
/// load check insists on it.
struct FrameSize {
  private let program: Program
  /// Words that stay in use until the function returns: names, and what destructuring keeps for them.
  private var kept = 0
  /// Whether names are kept in the frame.
  private var keepsNames = true
  /// The most temporaries at once.
  private var most = 1

  /// Registers of the header below a call's arguments. They stay in use as long as the call's result.
  private static let header = Frame.headerWords

  private init(_ program: Program) { self.program = program }

  private var words: Int { Frame.baseWords + kept + most }

  /// The words of a function's activation.
  static func words(of scope: FunctionScope, in program: Program) -> Int {
    var size = FrameSize(program)
    size.add(scope)
    return size.words
  }

  /// The words of the static initialisers. Their names are global slots, so that nothing is kept from one declaration to
  /// the next.
  static func wordsOfInitializers(of program: Program) -> Int {
    var size = FrameSize(program)
    size.keepsNames = false
    for tree in program.trees { size.add(tree.statements, above: 0) }
    return size.words
  }

  private mutating func add(_ scope: FunctionScope) {
    let node = scope.node
    // A plain parameter and its name share a word, unless closures share the name through a cell.
    kept += scope.bindings.count
    for parameter in node.parameters {
      if !isPlain(parameter.pattern) { kept += 1 }
      bind(parameter.pattern, parameter.defaultValue, above: 0)
    }
    if let rest = node.rest {
      if !isPlain(rest) { kept += 1 }
      bind(rest, nil, above: 0)
    }
    switch node.body {
    case .expression(let expression): note(temporaries(expression))
    case .block(let statements): add(statements, above: 0)
    }
  }

  private func isPlain(_ pattern: Pattern) -> Bool {
    if case .name(let name) = pattern { !program.bindings[name.id.index].needsCell } else { false }
  }

  private mutating func note(_ temporaries: Int) { most = max(most, temporaries) }

  // MARK: Statements

  /// - Parameter above: temporaries of the statements around these.
  private mutating func add(_ statements: [Statement], above: Int) {
    for statement in statements { add(statement, above: above) }
  }

  private mutating func add(_ statement: Statement, above: Int) {
    switch statement.node {
    case .expression(let value), .throwing(let value), .returning(let value?):
      note(above + temporaries(value))
    case .declaration(let declarators):
      for declarator in declarators { add(declarator, above: above) }
    case .function(let node):
      note(above + temporaries(closure: node))
    case .block(let statements):
      add(statements, above: above)
    case .conditional(let condition, let then, let otherwise):
      note(above + temporaries(condition))
      add(then, above: above)
      if let otherwise { add(otherwise, above: above) }
    case .selection(let scrutinee, let cases):
      note(above + temporaries(scrutinee))
      let inner = above + held(scrutinee)
      for clause in cases {
        if let test = clause.test { note(inner + temporaries(test)) }
        add(clause.body, above: inner)
      }
    case .exporting(.declaration(let inner)):
      add(inner, above: above)
    case .exporting(.handler(let node)):
      note(above + temporaries(closure: node))
    case .exporting, .importing, .returning(nil), .breaking, .empty:
      break
    }
  }

  private mutating func add(_ declarator: Declarator, above: Int) {
    let before = kept
    kept = keepsNames ? before : 0
    note(above + temporaries(declarator.value))
    kept += held(declarator.value) - 1
    bind(declarator.pattern, nil, above: above)
    if !keepsNames { kept = max(kept, before) }
  }

  // MARK: Patterns

  /// Adds what binding a pattern takes: one word for each pattern, one for each key that is computed or that a rest leaves
  /// out, and for a while the part at hand with its default or key.
  private mutating func bind(_ pattern: Pattern, _ defaultValue: Expression?, above: Int) {
    note(above + 1 + (defaultValue.map { temporaries($0) } ?? 0))
    switch pattern {
    case .name: break
    case .array(let elements, let rest, _):
      kept += 1
      for case let element? in elements { bind(element.pattern, element.defaultValue, above: above) }
      if let rest { bind(rest, nil, above: above) }
    case .record(let fields, let rest, _):
      kept += 1
      for field in fields {
        switch field.key {
        case .name: kept += rest == nil ? 0 : 1
        case .computed(let key):
          kept += 1
          note(above + 1 + temporaries(key))
        }
        bind(field.pattern, field.defaultValue, above: above)
      }
    }
  }

  // MARK: Expressions

  /// Words that a value keeps in use while another one is evaluated after it.
  private func held(_ expression: Expression) -> Int {
    if case .call = expression.node { 1 + FrameSize.header } else { 1 }
  }

  /// Words that evaluating an expression takes, its value included.
  private func temporaries(_ expression: Expression) -> Int {
    switch expression.node {
    case .integer, .string, .boolean, .name: 1
    case .template(let texts, let substitutions): 1 + templateRow(texts, substitutions)
    case .array(let elements): 1 + row(elements)
    case .record(let properties): 1 + row(properties)
    case .function(let node): temporaries(closure: node)
    case .unary(_, let operand): 1 + temporaries(operand)
    case .binary: chain(expression)
    case .logical(_, let left, let right): max(temporaries(left), 1 + temporaries(right))
    case .conditional(let condition, let then, let otherwise):
      max(1 + temporaries(condition), temporaries(then), temporaries(otherwise))
    case .member(let object, _): 1 + temporaries(object)
    case .index(let object, let index): 1 + max(temporaries(object), held(object) + temporaries(index))
    case .call(let callee, let arguments): 1 + FrameSize.header + max(self.callee(callee), argumentRow(arguments))
    }
  }

  private func temporaries(closure node: FunctionNode) -> Int { 1 + program.functions[node.id.index].captures.count }

  /// A chain of left-associative operators, without recursion along it.
  private func chain(_ expression: Expression) -> Int {
    var most = 0
    var innermost = expression
    while case .binary(_, let left, let right) = innermost.node {
      most = max(most, 1 + held(left) + temporaries(right))
      innermost = left
    }
    return max(most, 1 + temporaries(innermost))
  }

  private func callee(_ expression: Expression) -> Int {
    if case .member(let object, _) = expression.node { temporaries(object) } else { temporaries(expression) }
  }

  // MARK: Rows

  /// The arguments of a call lie side by side; those of a call with spread are an Array.
  private func argumentRow(_ arguments: [Element]) -> Int {
    arguments.contains { if case .spread = $0 { true } else { false } } ? 1 + row(arguments) : plainRow(arguments)
  }

  private func plainRow(_ elements: [Element]) -> Int {
    var most = max(1, elements.count)
    for (index, element) in elements.enumerated() { most = max(most, index + temporaries(element.expression)) }
    return most
  }

  /// The elements of an Array literal lie side by side. If there are more than 64, or if one is spread, they are put
  /// together in pieces: then no more than 128 words are in use before an element.
  private func row(_ elements: [Element]) -> Int {
    let isPlain = elements.allSatisfy { if case .value = $0 { true } else { false } }
    if isPlain && elements.count <= ImageLayout.maximumPieces { return plainRow(elements) }
    var most = 1
    for (index, element) in elements.enumerated() {
      most = max(most, min(index + 1, 2 * ImageLayout.maximumPieces) + temporaries(element.expression))
    }
    return most
  }

  /// The same for a Record literal, with at most 192 words: a computed key has one of its own.
  private func row(_ properties: [Property]) -> Int {
    let isPlain = properties.allSatisfy { if case .field = $0 { true } else { false } }
    let isWhole = isPlain && properties.count <= ImageLayout.maximumPieces
    var (most, before) = (1, 0)
    for property in properties {
      let start = isWhole ? before : min(before + 1, 3 * ImageLayout.maximumPieces)
      switch property {
      case .field(_, let value), .spread(let value):
        most = max(most, start + temporaries(value))
        before += 1
      case .computed(let key, let value):
        most = max(most, start + 1 + max(temporaries(key), temporaries(value)))
        before += 2
      }
    }
    return most
  }

  /// The parts of a template lie side by side; empty texts are none of them.
  private func templateRow(_ texts: [Symbol], _ substitutions: [Expression]) -> Int {
    var (most, before) = (1, 0)
    for (index, text) in texts.enumerated() {
      if !program.symbols[text].isEmpty { before += 1 }
      most = max(most, before)
      guard index < substitutions.count else { continue }
      most = max(most, before + temporaries(substitutions[index]))
      before += 1
    }
    return max(most, before)
  }
}

extension Element {
  fileprivate var expression: Expression {
    switch self {
    case .value(let expression), .spread(let expression): expression
    }
  }
}
