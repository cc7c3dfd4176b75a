// Statements, and patterns that bind names.
extension RandomPrograms {
  /// The body of a function that returns a value of this kind.
  mutating func body(of kind: Kind, depth: Int, response: Bool = false) -> Fragment {
    let (outer, isOutside) = (scope, performsEffects)
    defer { (scope, performsEffects) = (outer, isOutside) }
    performsEffects = hasEffects
    var statements: [Fragment] = []
    for _ in 0..<below(3) where depth > 1 { statements.append(statement(depth: depth - 1, result: kind)) }
    statements.append(ending(kind, depth - 1))
    return "{\n\(statements, separator: "\n")\n}"
  }

  /// The last statement of a body. It returns on all paths.
  private mutating func ending(_ kind: Kind, _ depth: Int) -> Fragment {
    if depth > 1, chance(15) {
      return ("if (\(expression(.bool, depth))) \(block(kind, depth)) else \(block(kind, depth))" as Fragment)
        .labelled("if with else")
    }
    if depth > 1, chance(12) { return switchStatement(kind, depth) }
    return "return \(expression(kind, depth));"
  }

  private mutating func block(_ kind: Kind, _ depth: Int) -> Fragment {
    let outer = scope
    defer { scope = outer }
    let first = chance(40) ? [constant(depth: depth - 1)] : []
    return "{ \(first + ["return \(expression(kind, depth - 1));"], separator: "\n") }"
  }

  /// A `switch` on a value of any kind, with stacked labels, clauses that return, and clauses that break.
  private mutating func switchStatement(_ kind: Kind, _ depth: Int) -> Fragment {
    let subject = chance(60) ? random.pick([Kind.int, .string, .bool]) : hashableKind(1)
    var clauses = many(below(4)) { programs -> Fragment in
      let labels = programs.many(programs.chance(15) ? 2 : 1) { "case \($0.leaf(subject)):" as Fragment }
      if programs.chance(20) {
        return "\(labels, separator: " ") { \(programs.expression(programs.anyKind(1), 1)); break; }"
      }
      return "\(labels, separator: " ") return \(programs.expression(kind, depth - 1));"
    }
    switch below(5) {
    case 0: clauses.append("default: break;")
    case 1: clauses.append("case \(leaf(subject)):")
    case 2: clauses.append("default:")
    case 3:
      let label: Fragment = chance(50) ? "default:" : "case \(leaf(subject)):"
      let last: Fragment = "\(label) \(parenthesizedStatement(anyKind(1), 1));"
      clauses.append(last.labelled("last clause that ends without break"))
    default: break
    }
    let value = expression(subject, depth - 1)
    let rest = expression(kind, depth - 1)
    return ("switch (\(value)) {\n\(clauses, separator: "\n")\n}\nreturn \(rest);" as Fragment).labelled("switch")
  }

  /// A statement other than the last.
  private mutating func statement(depth: Int, result: Kind) -> Fragment {
    switch below(12) {
    case 0, 1, 2, 3, 4: return constant(depth: depth)
    case 5, 6: return destructuring(depth: depth)
    case 7:
      return ("if (\(expression(.bool, depth))) { return \(expression(result, depth - 1)); }" as Fragment)
        .labelled("if")
    case 8:
      let name = freshName()
      let (kind, given) = (anyKind(1), anyKind(0))
      let (pattern, variables) = self.pattern(for: given, 1)
      let body = within(variables) { $0.body(of: kind, depth: depth - 1) }
      scope.append(Variable(name: name, kind: .function([given], kind)))
      return ("function \(name)(\(pattern)) \(body)" as Fragment).labelled("nested function declaration")
    case 9 where chance(40):
      let blocks = many(2) { $0.chance(50) ? "{}" : "{ \($0.within([]) { $0.constant(depth: 1) }) }" as Fragment }
      return ("if (\(expression(.bool, depth))) \(blocks[0]) else \(blocks[1])" as Fragment)
        .labelled("if with else that goes on")
    case 9: return ("{ \(within([]) { $0.constant(depth: 1) }) }" as Fragment).labelled("block")
    case 10:
      let elements = expression(.array(anyKind(0)), depth - 1)
      let (pattern, variables) = namePattern(.int)
      let function = within(variables) { $0.arrow(pattern, $0.anyKind(0), 1) }
      return ("\(elements).forEach((_, \(pattern)) => \(function)(\(pattern)));" as Fragment).labelled("xs.forEach")
    default: return ("\(parenthesizedStatement(anyKind(1), depth - 1));" as Fragment).labelled("expression statement")
    }
  }

  private mutating func parenthesizedStatement(_ kind: Kind, _ depth: Int) -> Fragment {
    "(\(expression(kind, depth)))"
  }

  // MARK: Bindings

  /// `const name = value;`. The name stays in scope.
  mutating func constant(depth: Int) -> Fragment {
    let kind = chance(30) ? kindInScope() : anyKind(2)
    let value = expression(kind, depth)
    let (pattern, variables) = namePattern(kind)
    scope += variables
    return "\(chance(85) ? "const" : "let") \(pattern) = \(value);"
  }

  /// `const pattern = value;`. Its names stay in scope.
  mutating func destructuring(depth: Int) -> Fragment {
    let kind: Kind
    switch below(4) {
    case 0: kind = .tuple(many(below(3) + 1) { $0.anyKind(1) })
    case 1: kind = .array(anyKind(0))
    case 2: kind = .dictionary(anyKind(0))
    default:
      let names = distinctKeys(below(3) + 1)
      kind = .record(names.map { Kind.Field(name: $0, kind: anyKind(1)) })
    }
    let value = expression(kind, depth)
    let (pattern, variables) = self.structure(for: kind, 2)
    scope += variables
    return ("const \(pattern) = \(value);" as Fragment).labelled("destructuring")
  }

  /// A name for a value.
  mutating func namePattern(_ kind: Kind) -> (pattern: Fragment, variables: [Variable]) {
    let name = freshName()
    return (Fragment(stringLiteral: name), [Variable(name: name, kind: kind)])
  }

  /// A name, or sometimes a pattern that destructures the value.
  mutating func pattern(for kind: Kind, _ depth: Int) -> (pattern: Fragment, variables: [Variable]) {
    depth > 0 && chance(45) ? structure(for: kind, depth) : namePattern(kind)
  }

  /// A pattern that destructures the value if it has parts.
  private mutating func structure(for kind: Kind, _ depth: Int) -> (pattern: Fragment, variables: [Variable]) {
    var parts: [Fragment] = []
    var variables: [Variable] = []
    func add(_ inner: (pattern: Fragment, variables: [Variable]), before: Fragment = "", after: Fragment = "") {
      parts.append("\(before)\(inner.pattern)\(after)")
      variables += inner.variables
    }
    switch kind {
    case .tuple(let kinds):
      let taken = chance(25) && !kinds.isEmpty ? below(kinds.count) : kinds.count
      for kind in kinds.prefix(taken) {
        if chance(8) {
          parts.append(("" as Fragment).labelled("hole in a pattern"))
        } else {
          add(pattern(for: kind, depth - 1))
        }
      }
      if taken < kinds.count || chance(10) {
        add(
          namePattern(.tuple(Array(kinds.dropFirst(taken)))), before: ("..." as Fragment).labelled("rest of an Array"))
      } else if parts.last?.text.isEmpty == true {
        parts[parts.count - 1] = Fragment(stringLiteral: freshName())
      }
      return ("[\(parts)]", variables)
    case .array(let element):
      for _ in 0..<(below(2) + 1) { add(namePattern(element), after: defaultValue(element)) }
      if chance(50) { add(namePattern(kind), before: ("..." as Fragment).labelled("rest of an Array")) }
      return ("[\(parts)]", variables)
    case .record(let fields):
      let taken = chance(30) && !fields.isEmpty ? below(fields.count) + 1 : fields.count
      for field in fields.prefix(taken) {
        add(pattern(for: field.kind, depth - 1), before: "\(key(field.name)): ")
      }
      if taken < fields.count || chance(10) {
        add(
          namePattern(.record(Array(fields.dropFirst(taken)))), before: ("..." as Fragment).labelled("rest of a Record")
        )
      }
      return ("{\(parts)}", variables)
    case .dictionary(let element):
      for name in distinctKeys(below(2) + 1) {
        add(namePattern(element), before: "\(key(name)): ", after: defaultValue(element))
      }
      if chance(40) { add(namePattern(kind), before: ("..." as Fragment).labelled("rest of a Record")) }
      return ("{\(parts)}", variables)
    default: return namePattern(kind)
    }
  }

  private mutating func defaultValue(_ kind: Kind) -> Fragment {
    (" = \(expression(kind, 1))" as Fragment).labelled("default in a pattern")
  }
}
