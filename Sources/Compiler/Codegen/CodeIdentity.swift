internal import Engine

/// Finds the functions of a program that have the same code: the same syntax, up to the names of bound variables.
/// Literals are compared by value. Parentheses don't count, `a["b"]` is the same as `a.b`, and a reference to a
/// top-level binding is that binding.
///
/// Each function is written as bytes, with its bound variables numbered by first appearance. Functions with the same
/// bytes are in one class. An inner function is written as its class and a list of the outer variables that it names.
/// The function's own code decides the order of that list. So equality of functions depends neither on code generation
/// nor on a hash, and each part of a program is written only once.
enum CodeIdentity {
  /// For each function of the image, the first function with the same code. Function 0 is the static initialisers.
  static func classes(of program: Program) -> [Int] {
    var table = SymbolTable()
    var written = Array(repeating: WrittenFunction(text: Symbol(index: -1), outer: []), count: program.functions.count)
    // A function has a lower number than the functions inside it.
    for index in program.functions.indices.reversed() {
      // The writer is freed before the list changes. Otherwise the list would be copied for each function.
      written[index] = write(FunctionID(index), of: program, inner: written, in: &table)
    }
    var firsts = Array(repeating: 0, count: table.count)
    var classes = [0]
    for (index, function) in written.enumerated() {
      let text = Int(function.text.index)
      if firsts[text] == 0 { firsts[text] = index + 1 }
      classes.append(firsts[text])
    }
    return classes
  }

  private static func write(
    _ id: FunctionID, of program: Program, inner: [WrittenFunction], in table: inout SymbolTable
  ) -> WrittenFunction {
    var writer = TreeWriter(program, id, inner: inner)
    writer.write(definition: program.functions[id.index].node)
    return WrittenFunction(text: table.intern(writer.bytes), outer: writer.outer)
  }
}

/// What enclosing functions need to know about a function.
private struct WrittenFunction {
  /// Its bytes, interned. They are the same for all functions of a class.
  let text: Symbol
  /// The variables of enclosing functions that it names. First come its captures. Then come those that can't have a
  /// value where the function is created, and so are not captured.
  let outer: [BindingID]
}

/// Writes the tree of a function as bytes. Each node begins with its own tag.
private struct TreeWriter {
  private let program: Program
  private let function: FunctionID
  /// Positions in the list of captures.
  private var captures: [BindingID: Int] = [:]
  /// The functions that have been written, by function. These include all inner functions.
  private let inner: [WrittenFunction]
  /// See `WrittenFunction.outer`.
  private(set) var outer: [BindingID]
  private(set) var bytes: [UInt8] = []
  /// Numbers of the variables that are bound inside, by first appearance.
  private var numbers: [BindingID: Int] = [:]

  init(_ program: Program, _ function: FunctionID, inner: [WrittenFunction]) {
    self.program = program
    self.function = function
    self.inner = inner
    outer = program.functions[function.index].captures
    for (place, binding) in outer.enumerated() { captures[binding] = place }
  }

  // MARK: Parts

  private mutating func tag(_ text: StaticString) { bytes += text.bytes }

  private mutating func write(_ number: Int) { write(UInt64(truncatingIfNeeded: number)) }

  private mutating func write(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }

  private mutating func write(_ symbol: Symbol) { write(Int(symbol.index)) }

  /// A name that the function declares.
  private mutating func declare(_ id: BindingID) {
    write(number(of: id))
  }

  private mutating func number(of id: BindingID) -> Int {
    if let known = numbers[id] { return known }
    if program.bindings[id.index].owner != function { outer.append(id) }
    let number = numbers.count
    numbers[id] = number
    return number
  }

  private mutating func write(_ reference: ReferenceID) {
    switch program.references[reference.index].target {
    case .binding(let id), .moduleMember(let id):
      write(binding: id)
    case .builtin(let builtin), .builtinMember(let builtin):
      tag("lib")
      write(Int(builtin.rawValue))
    case .effect(let name, let operation):
      tag("eff")
      write(name)
      write(operation)
    case .unresolved:
      tag("?")
    }
  }

  private mutating func write(binding id: BindingID) {
    if program.bindings[id.index].owner == nil {
      tag("top")
      write(id.index)
    } else if let capture = captures[id] {
      tag("cap")
      write(capture)
    } else {
      tag("var")
      write(number(of: id))
    }
  }

  // MARK: Functions and patterns

  /// An inner function.
  private mutating func write(_ node: FunctionNode) {
    tag("fn")
    write(inner[node.id.index].text)
    for binding in inner[node.id.index].outer { write(binding: binding) }
  }

  mutating func write(definition node: FunctionNode) {
    tag(node.isArrow ? "=>" : "fun")
    if let name = node.name, program.bindings[name.id.index].kind == .functionExpressionName { declare(name.id) }
    write(node.parameters.count)
    for parameter in node.parameters { write(parameter.pattern, parameter.defaultValue) }
    if let rest = node.rest { write(rest, nil) } else { tag("-") }
    switch node.body {
    case .expression(let expression):
      tag("e")
      write(expression)
    case .block(let statements):
      tag("b")
      write(statements)
    }
  }

  private mutating func write(_ pattern: Pattern, _ defaultValue: Expression?) {
    write(pattern)
    if let defaultValue {
      tag("=")
      write(defaultValue)
    } else {
      tag("-")
    }
  }

  private mutating func write(_ pattern: Pattern) {
    switch pattern {
    case .name(let name):
      tag("n")
      declare(name.id)
    case .array(let elements, let rest, _):
      tag("[")
      write(elements.count)
      for element in elements {
        if let element { write(element.pattern, element.defaultValue) } else { tag(",") }
      }
      if let rest { write(rest, nil) } else { tag("-") }
    case .record(let fields, let rest, _):
      tag("{")
      write(fields.count)
      for field in fields {
        switch field.key {
        case .name(let name): write(key: name.symbol)
        case .computed(let expression): write(computed: expression)
        }
        write(field.pattern, field.defaultValue)
      }
      if let rest { declare(rest.id) } else { tag("-") }
    }
  }

  private mutating func write(key: Symbol) {
    tag("k")
    write(key)
  }

  /// A computed key. A String literal is the same as a plain key.
  private mutating func write(computed expression: Expression) {
    if case .string(let symbol) = expression.node { return write(key: symbol) }
    tag("c")
    write(expression)
  }

  // MARK: Expressions

  private mutating func write(_ expression: Expression) {
    switch expression.node {
    case .integer(let magnitude):
      tag("i")
      write(magnitude)
    case .string(let symbol):
      tag("s")
      write(symbol)
    case .boolean(let flag):
      tag(flag ? "t" : "f")
    case .template(let texts, let substitutions):
      tag("`")
      write(texts.count)
      for text in texts { write(text) }
      for substitution in substitutions { write(substitution) }
    case .name(_, let reference):
      write(reference)
    case .array(let elements):
      tag("[")
      write(elements)
    case .record(let properties):
      tag("{")
      write(properties)
    case .function(let node):
      write(node)
    case .unary(let operation, let operand):
      tag(operation == .negate ? "neg" : "not")
      write(operand)
    case .binary:
      writeChain(expression)
    case .logical(let operation, let left, let right):
      tag(operation == .and ? "&&" : "||")
      write(left)
      write(right)
    case .conditional(let condition, let then, let otherwise):
      tag("?:")
      write(condition)
      write(then)
      write(otherwise)
    case .member(let object, let name):
      if case .name(_, let reference) = object.node, isStatic(reference) { return write(reference) }
      tag(".")
      write(object)
      write(key: name.symbol)
    case .index(let object, let index):
      tag(".")
      write(object)
      write(computed: index)
    case .call(let callee, let arguments):
      tag("()")
      write(callee)
      write(arguments)
    }
  }

  private func isStatic(_ reference: ReferenceID) -> Bool {
    switch program.references[reference.index].target {
    case .builtinMember, .moduleMember, .effect: true
    default: false
    }
  }

  /// A chain of left-associative operators, without recursion along the chain.
  private mutating func writeChain(_ expression: Expression) {
    var chain: [(BinaryOperator, Expression)] = []
    var innermost = expression
    while case .binary(let operation, let left, let right) = innermost.node {
      chain.append((operation, right))
      innermost = left
    }
    tag("op")
    write(chain.count)
    write(innermost)
    for (operation, right) in chain.reversed() {
      bytes.append(operation.number)
      write(right)
    }
  }

  private mutating func write(_ elements: [Element]) {
    write(elements.count)
    for element in elements {
      switch element {
      case .value(let expression): write(expression)
      case .spread(let expression):
        tag("...")
        write(expression)
      }
    }
  }

  private mutating func write(_ properties: [Property]) {
    write(properties.count)
    for property in properties {
      switch property {
      case .field(let name, let value):
        write(key: name.symbol)
        write(value)
      case .computed(let key, let value):
        write(computed: key)
        write(value)
      case .spread(let expression):
        tag("...")
        write(expression)
      }
    }
  }

  // MARK: Statements

  private mutating func write(_ statements: [Statement]) {
    write(statements.count)
    for statement in statements { write(statement) }
  }

  private mutating func write(_ statement: Statement) {
    switch statement.node {
    case .expression(let expression):
      tag("x")
      write(expression)
    case .declaration(let declarators):
      tag("const")
      write(declarators.count)
      for declarator in declarators {
        write(declarator.pattern)
        write(declarator.value)
      }
    case .function(let node):
      tag("decl")
      if let name = node.name { declare(name.id) }
      write(node)
    case .block(let statements):
      tag("{}")
      write(statements)
    case .conditional(let condition, let then, let otherwise):
      tag("if")
      write(condition)
      write(then)
      if let otherwise {
        tag("else")
        write(otherwise)
      } else {
        tag("-")
      }
    case .selection(let scrutinee, let cases):
      tag("switch")
      write(scrutinee)
      write(cases.count)
      for clause in cases {
        if let test = clause.test {
          tag("case")
          write(test)
        } else {
          tag("default")
        }
        write(clause.body)
      }
    case .returning(let value):
      tag("return")
      if let value { write(value) } else { tag("-") }
    case .throwing(let value):
      tag("throw")
      write(value)
    case .breaking:
      tag("break")
    case .empty:
      tag(";")
    case .importing, .exporting:
      preconditionFailure("modules have no functions around them")
    }
  }
}

extension BinaryOperator {
  /// A unique number.
  fileprivate var number: UInt8 {
    switch self {
    case .add: 0
    case .subtract: 1
    case .multiply: 2
    case .divide: 3
    case .remainder: 4
    case .less: 5
    case .lessOrEqual: 6
    case .greater: 7
    case .greaterOrEqual: 8
    case .equal: 9
    case .notEqual: 10
    }
  }
}
