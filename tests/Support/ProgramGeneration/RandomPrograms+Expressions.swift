// Expressions of a requested kind.
extension RandomPrograms {
  /// An expression that gives a value of this kind, unless it is a fault or something in it fails.
  ///
  /// - Parameter depth: the maximum number of nested expressions.
  mutating func expression(_ kind: Kind, _ depth: Int) -> Fragment {
    if faults > 0, below(1000) < faults { return fault(kind, min(depth, 2)) }
    switch kind {
    case .special(let form) where form != .turns && chance(6):
      return expression(special(isText: form) ? .string : .int, depth - 1)
    case .special(let form): return special(form)
    case .callback(let parameters, let result): return callback(parameters, result, depth)
    default: break
    }
    if depth <= 0 || chance(18) { return leaf(kind) }
    switch random.pick(weighted: [(30, 0), (34, 1), (22, 2), (14, 3)]) {
    case 0: return operation(kind, depth) ?? leaf(kind)
    case 1: return libraryCall(kind, depth) ?? leaf(kind)
    case 2: return access(kind, depth)
    default: return leaf(kind)
    }
  }

  /// Whether an argument of this form is a String.
  private func special(isText form: Kind.Special) -> Bool {
    switch form {
    case .position, .count, .scale, .codePoint, .turns: false
    default: true
    }
  }

  /// A name in scope, or a literal.
  mutating func leaf(_ kind: Kind) -> Fragment {
    let names = scope.filter { $0.kind == kind }
    if !names.isEmpty, chance(75) {
      // The innermost names are the most likely.
      let index = max(below(names.count), below(names.count))
      return Fragment(stringLiteral: names[index].name)
    }
    return literal(kind)
  }

  // MARK: Operators and literals with parts

  /// An operator or a literal of this kind with expressions in it, or nil if the kind has none.
  private mutating func operation(_ kind: Kind, _ depth: Int) -> Fragment? {
    let below = depth - 1
    switch kind {
    case .int: return arithmetic(.int, below)
    case .decimal: return arithmetic(.decimal, below)
    case .bool: return condition(below)
    case .string:
      if chance(45) {
        return ("(\(expression(.string, below)) + \(expression(.string, below)))" as Fragment).labelled("+ of Strings")
      }
      return template(below)
    case .array(let element): return array(of: element, below)
    case .tuple(let kinds): return "[\(kinds.map { expression($0, below) })]"
    case .record(let fields): return record(fields, below)
    case .dictionary(let element): return dictionary(of: element, below)
    case .function(let parameters, let result): return lambda(parameters, result, depth)
    default: return nil
    }
  }

  private mutating func arithmetic(_ kind: Kind, _ depth: Int) -> Fragment {
    let left = expression(kind, depth)
    switch random.pick(weighted: [(35, "+"), (25, "-"), (16, "*"), (8, "/"), (kind == .int ? 10 : 0, "%"), (6, "neg")])
    {
    case "neg": return ("(- \(left))" as Fragment).labelled("-x")
    case "*":
      // A small factor, so that few products overflow.
      let factor = chance(85) ? small(kind) : expression(kind, depth)
      return ("(\(left) * \(factor))" as Fragment).labelled("*")
    case let division where division == "/" || division == "%":
      let divisor = chance(90) ? small(kind) : expression(kind, depth)
      return ("(\(left) \(division) \(divisor))" as Fragment).labelled(division)
    case let sum: return ("(\(left) \(sum) \(expression(kind, depth)))" as Fragment).labelled(sum)
    }
  }

  /// A small nonzero number.
  private mutating func small(_ kind: Kind) -> Fragment {
    let number = "\(below(7) + 1)"
    if kind == .int { return Fragment(stringLiteral: chance(20) ? "-\(number)" : number) }
    return Fragment(stringLiteral: "Decimal('\(number).\(below(4))')")
  }

  private mutating func condition(_ depth: Int) -> Fragment {
    switch below(10) {
    case 0: return ("!\(expression(.bool, depth))" as Fragment).labelled("!")
    case 1, 2:
      let name = random.pick(["&&", "||"])
      return ("(\(expression(.bool, depth)) \(name) \(expression(.bool, depth)))" as Fragment).labelled(name)
    case 3, 4, 5:
      let name = random.pick(["<", "<=", ">", ">="])
      let kind = random.pick([Kind.int, .int, .string, .decimal])
      return ("(\(expression(kind, depth)) \(name) \(expression(kind, depth)))" as Fragment).labelled(name)
    default: return equality(depth)
    }
  }

  /// A comparison of two values that are often equal: the same expression twice, or two expressions from the same
  /// random choices, which differ only in the names of their variables.
  private mutating func equality(_ depth: Int) -> Fragment {
    let kind = chance(25) ? Kind.function([anyKind(1)], anyKind(0)) : anyKind(2)
    let start = random
    let left = expression(kind, depth)
    let right: Fragment
    switch below(5) {
    case 0: right = left
    case 1, 2:
      var again = random
      random = start
      right = expression(kind, depth)
      swap(&random, &again)
    default: right = expression(kind, depth)
    }
    let name = chance(75) ? "===" : "!=="
    var isOfFunctions = false
    if case .function = kind { isOfFunctions = true }
    return ("(\(left) \(name) \(right))" as Fragment).labelled(isOfFunctions ? "\(name) of functions" : name)
  }

  private mutating func template(_ depth: Int) -> Fragment {
    let pieces = many(below(3) + 1) { random -> Fragment in
      let text = random.random.pick(["", "a", "-", " = ", "é", "\\n", "\\`", "{}", "$"])
      return "\(text)${\(random.expression(random.kind(for: .printable), depth))}"
    }
    return ("`\(pieces, separator: "")`" as Fragment).labelled("template")
  }

  private mutating func array(of element: Kind, _ depth: Int) -> Fragment {
    let elements = many(below(4)) { random -> Fragment in
      if random.chance(20) {
        return ("...\(random.expression(.array(element), depth))" as Fragment).labelled("spread in an Array")
      }
      return random.expression(element, depth)
    }
    if element == .string, chance(15) {
      return ("[...\(expression(.string, depth))]" as Fragment).labelled("spread of a String")
    }
    return "[\(elements)]"
  }

  private mutating func record(_ fields: [Kind.Field], _ depth: Int) -> Fragment {
    let written = fields.map { field -> Fragment in
      if chance(10) {
        let name = RandomPrograms.quoted(field.name)
        return ("[\(name)]: \(expression(field.kind, depth))" as Fragment).labelled("computed key")
      }
      return "\(key(field.name)): \(expression(field.kind, depth))"
    }
    if chance(15) {
      // The written fields replace those of the spread Record.
      return ("({...\(expression(.record(fields), depth)), \(written.dropFirst().map { $0 })})" as Fragment)
        .labelled("spread in a Record")
    }
    return "({\(written)})"
  }

  private mutating func dictionary(of element: Kind, _ depth: Int) -> Fragment {
    var parts = distinctKeys(below(3)).map { "\(key($0)): \(expression(element, depth))" as Fragment }
    if chance(35) {
      let spread = "...\(expression(.dictionary(element), depth))" as Fragment
      parts.insert(spread.labelled("spread in a Record"), at: below(parts.count + 1))
    }
    if chance(20) {
      parts.append(
        ("[\(expression(.string, depth))]: \(expression(element, depth))" as Fragment).labelled("computed key"))
    }
    return "({\(parts)})"
  }

  // MARK: Expressions of any kind

  /// An expression that extracts the value from something, or selects it.
  private mutating func access(_ kind: Kind, _ depth: Int) -> Fragment {
    let below = depth - 1
    switch self.below(9) {
    case 0, 1:
      return ("(\(expression(.bool, below)) ? \(expression(kind, below)) : \(expression(kind, below)))" as Fragment)
        .labelled("? :")
    case 2, 3: return call(kind, below)
    case 4:
      let elements = many(self.below(3) + 1) { $0.expression(kind, below) }
      return ("[\(elements)][\("\(self.below(elements.count))")]" as Fragment).labelled("xs[i]")
    case 5:
      let name = random.pick(RandomPrograms.keys)
      let record = "({\(key(name)): \(expression(kind, below)), other: \(leaf(anyKind(0)))})" as Fragment
      return chance(50) && isName(name)
        ? ("\(record).\(name)" as Fragment).labelled("r.name")
        : ("\(record)[\(RandomPrograms.quoted(name))]" as Fragment).labelled("r[\"name\"]")
    case 6: return field(kind) ?? call(kind, below)
    case 7:
      let argument = anyKind(1)
      let (pattern, variables) = self.pattern(for: argument, 1)
      let value = expression(argument, below)
      let function = within(variables) { $0.arrow(pattern, kind, below) }
      return ("\(function)(\(value))" as Fragment).labelled("function called in place")
    default:
      let parameter = anyKind(0)
      let (pattern, variables) = namePattern(parameter)
      let function = within(variables) { $0.arrow(pattern, kind, below) }
      let value = expression(parameter, below)
      return ("({f: \(function)}).f(\(value))" as Fragment).labelled("r.f(x)")
    }
  }

  /// A field of this kind in a Record that is in scope, or nil.
  private mutating func field(_ kind: Kind) -> Fragment? {
    let fields = scope.flatMap { variable -> [Fragment] in
      switch variable.kind {
      case .record(let fields):
        return fields.filter { $0.kind == kind }.map { field in
          isName(field.name)
            ? "\(variable.name).\(field.name)" : "\(variable.name)[\(RandomPrograms.quoted(field.name))]"
        }
      case .tuple(let kinds):
        return kinds.indices.filter { kinds[$0] == kind }.map { "\(variable.name)[\("\($0)")]" }
      default: return []
      }
    }
    return fields.isEmpty ? nil : random.pick(fields).labelled("field of a name")
  }

  /// A call of a function that is in scope, or of a new function expression if there is none.
  private mutating func call(_ kind: Kind, _ depth: Int) -> Fragment {
    let functions = scope.compactMap { variable -> (name: String, parameters: [Kind])? in
      guard case .function(let parameters, let result) = variable.kind, result == kind else { return nil }
      return (variable.name, parameters)
    }
    guard !functions.isEmpty else {
      let parameters = many(below(2)) { $0.anyKind(0) }
      let arguments = parameters.map { expression($0, depth) }
      return ("\(lambda(parameters, kind, depth))(\(arguments))" as Fragment).labelled("function called in place")
    }
    let function = functions[max(below(functions.count), below(functions.count))]
    let arguments = function.parameters.map { expression($0, depth) }
    if chance(7) {
      return ("\(function.name)(...[\(arguments)])" as Fragment).labelled("call with spread")
    }
    return ("\(function.name)(\(arguments))" as Fragment).labelled("call of a name")
  }

  // MARK: The library

  /// A call of a built-in that returns this kind, or nil if none was found.
  private mutating func libraryCall(_ kind: Kind, _ depth: Int) -> Fragment? {
    if let special = byHand(kind, depth) { return special }
    var fitting: [(signature: Signature, bindings: Bindings)] = []
    for signature in performsEffects ? Library.signatures + Library.effects : Library.signatures {
      var bindings = Bindings()
      // Built-ins that can return any kind would crowd out the others.
      if case .variable = signature.result, !chance(25) { continue }
      if bindings.unify(signature.result, kind) { fitting.append((signature, bindings)) }
    }
    guard !fitting.isEmpty else { return nil }
    var (signature, bindings) = random.pick(fitting)
    func close(_ kind: Kind, _ programs: inout RandomPrograms) -> Kind {
      bindings.close(kind) { programs.kind(for: $0) }
    }
    var length = 0
    let receiver = signature.receiver.map { kind -> Fragment in
      let closed = close(kind, &self)
      guard signature.needsElements, chance(92) else { return expression(closed, depth - 1) }
      length = below(3) + 1
      return filled(closed, length, depth - 1)
    }
    var kinds = signature.required
    for kind in signature.optional {
      guard chance(45) else { break }
      kinds.append(kind)
    }
    if let rest = signature.rest { kinds += many(below(4)) { _ in rest } }
    let arguments = kinds.map { kind -> Fragment in
      let closed = close(kind, &self)
      if length > 0, closed == .special(.position) { return Fragment(stringLiteral: "\(below(length))") }
      return expression(closed, depth - 1)
    }
    if signature.isConstant { return Fragment(stringLiteral: signature.name).labelled(signature.label) }
    let dot: Fragment = receiver.map { "\($0)." } ?? ""
    return ("\(dot)\(signature.name)(\(arguments))" as Fragment).labelled(signature.label)
  }

  /// An Array or a String with at least this many elements.
  private mutating func filled(_ kind: Kind, _ length: Int, _ depth: Int) -> Fragment {
    if case .array(let element) = kind { return "[\(many(length) { $0.expression(element, depth) })]" }
    return Fragment(stringLiteral: RandomPrograms.quoted(random.pick(["abc", "aaba", "x, y", "\u{e9}\u{65e5}a"])))
  }

  /// Built-ins whose arguments can't be described by a signature.
  private mutating func byHand(_ kind: Kind, _ depth: Int) -> Fragment? {
    switch kind {
    case .array(let element) where chance(8):
      let function = callback([.null, .int], element, depth - 1)
      return ("Array.from({length: \(special(.count))}, \(function))" as Fragment).labelled("Array.from")
    case .result(let value, .defect) where chance(value == .string ? 12 : 60):
      return ("JSON.parse(\(RandomPrograms.quoted(jsonText(of: value, 2).text)))" as Fragment).labelled("JSON.parse")
    case .int where chance(3): return ("\(expression(.string, depth - 1)).length" as Fragment).labelled("s.length")
    case .int where chance(3):
      return ("\(expression(.array(anyKind(1)), depth - 1)).length" as Fragment).labelled("xs.length")
    case .string where chance(3):
      return ("\(expression(.string, depth - 1))[\(special(.position))]" as Fragment).labelled("s[i]")
    case .string where chance(5): return unwrapped(.string, error: .defect, depth)
    case .decimal where chance(15): return unwrapped(.decimal, error: .string, depth)
    default:
      guard chance(3), kind.isSerializable else { return nil }
      let text = RandomPrograms.quoted(jsonText(of: kind, 2).text)
      let parsed = ("JSON.parse(\(text))" as Fragment).labelled("JSON.parse")
      guard isReadable(kind) else { return nil }
      return "\(parsed).Ok"
    }
  }

  /// The value in a Result of this kind, or a replacement. Decoding and arithmetic return Results that few places
  /// request.
  private mutating func unwrapped(_ kind: Kind, error: Kind, _ depth: Int) -> Fragment {
    let result = expression(.result(kind, error), depth - 1)
    return ("Result.unwrapOr(\(result), \(leaf(kind)))" as Fragment).labelled("Result.unwrapOr")
  }

  /// Whether `jsonText` supports values of this kind.
  private func isReadable(_ kind: Kind) -> Bool {
    switch kind {
    case .bool, .int, .string, .null: true
    case .array(let element), .dictionary(let element): isReadable(element)
    case .tuple(let kinds): kinds.allSatisfy(isReadable)
    case .record(let fields): fields.allSatisfy { isReadable($0.kind) }
    default: false
    }
  }
}
