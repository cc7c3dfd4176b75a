// Functions: expressions, declarations, bounded and mutual recursion.
extension RandomPrograms {
  /// A function that is called with exactly these arguments.
  mutating func lambda(_ parameters: [Kind], _ result: Kind, _ depth: Int) -> Fragment {
    let patterns = parameters.count == 1 ? [parameter(parameters[0])] : parameters.map { pattern(for: $0, 1) }
    var heads = patterns.map(\.pattern)
    var variables = patterns.flatMap(\.variables)
    if chance(6) { addOptionalParameter(&heads, &variables) }
    return within(variables) { programs in
      if programs.chance(25) {
        let name = programs.chance(40) ? programs.freshName() : ""
        return ("(function \(name)(\(heads)) \(programs.body(of: result, depth: depth - 1)))" as Fragment)
          .labelled("function expression")
      }
      return programs.arrow("\(heads)", result, depth)
    }
  }

  /// A function that the library calls. It may have fewer parameters than these.
  mutating func callback(_ parameters: [Kind], _ result: Kind, _ depth: Int) -> Fragment {
    let named = scope.filter {
      guard case .function(let taken, let given) = $0.kind else { return false }
      return given == result && taken.count <= parameters.count && zip(taken, parameters).allSatisfy(==)
    }
    if !named.isEmpty, chance(30) { return Fragment(stringLiteral: random.pick(named).name) }
    if chance(12), let builtin = builtinValue(parameters, result) { return builtin }
    let count = chance(65) ? min(1, parameters.count) : below(parameters.count + 1)
    return lambda(Array(parameters.prefix(max(count, parameters.count > 1 && chance(50) ? 2 : count))), result, depth)
  }

  /// A static function of the library as a value, or nil.
  private mutating func builtinValue(_ parameters: [Kind], _ result: Kind) -> Fragment? {
    let fitting = Library.signatures.filter { signature in
      guard signature.receiver == nil, !signature.isConstant, signature.rest == nil, signature.optional.isEmpty,
        (1...max(1, parameters.count)).contains(signature.required.count)
      else { return false }
      var bindings = Bindings()
      return bindings.unify(signature.result, result)
        && zip(signature.required, parameters).allSatisfy { bindings.unify($0, $1) }
    }
    guard !fitting.isEmpty else { return nil }
    return Fragment(stringLiteral: random.pick(fitting).name).labelled("built-in as a value")
  }

  /// An arrow function in parentheses. Its parameters must already be in scope.
  mutating func arrow(_ parameters: Fragment, _ result: Kind, _ depth: Int) -> Fragment {
    if chance(18), depth > 0 {
      return ("((\(parameters)) => \(body(of: result, depth: depth)))" as Fragment).labelled(
        "arrow function with a body")
    }
    return ("((\(parameters)) => \(expression(result, depth)))" as Fragment).labelled("arrow function")
  }

  // MARK: Parameters

  /// The only parameter of a function. Sometimes it shadows a name from outside.
  private mutating func parameter(_ kind: Kind) -> (pattern: Fragment, variables: [Variable]) {
    guard !scope.isEmpty, chance(10) else { return pattern(for: kind, 1) }
    let name = random.pick(scope).name
    return (Fragment(stringLiteral: name).labelled("shadowed name"), [Variable(name: name, kind: kind)])
  }

  /// Adds a parameter with a default, or a rest parameter, after the others.
  private mutating func addOptionalParameter(_ heads: inout [Fragment], _ variables: inout [Variable]) {
    let kind = anyKind(0)
    let name = freshName()
    if chance(55) {
      let value = within(variables) { $0.expression(kind, 1) }
      heads.append(("\(name) = \(value)" as Fragment).labelled("default of a parameter"))
      variables.append(Variable(name: name, kind: kind))
    } else {
      heads.append(("...\(name)" as Fragment).labelled("rest parameter"))
      // It is empty unless the call has more arguments.
      variables.append(Variable(name: name, kind: .array(kind)))
    }
  }

  // MARK: Declarations

  /// A function declaration, which stays in scope.
  mutating func functionDeclaration() -> Fragment {
    switch below(10) {
    case 0, 1: return countingFunction()
    case 2: return mutualRecursion()
    default: return plainFunction()
    }
  }

  private mutating func plainFunction() -> Fragment {
    let name = freshName()
    let result = anyKind(2)
    let kinds = many(below(4)) { $0.anyKind(1) }
    let patterns = kinds.map { pattern(for: $0, 1) }
    var heads = patterns.map(\.pattern)
    var variables = patterns.flatMap(\.variables)
    if chance(20) { addOptionalParameter(&heads, &variables) }
    let body = within(variables) { $0.body(of: result, depth: 4) }
    scope.append(Variable(name: name, kind: .function(kinds, result)))
    return ("function \(name)(\(heads)) \(body)" as Fragment).labelled("function declaration")
  }

  /// A function that calls itself as often as its first argument says, in tail position or not.
  private mutating func countingFunction() -> Fragment {
    let (name, turns, sum) = (freshName(), freshName(), freshName())
    let result = chance(50) ? Kind.int : anyKind(1)
    let variables = [Variable(name: turns, kind: .int), Variable(name: sum, kind: result)]
    let base = within(variables) { $0.expression(result, 2) }
    let next = within(variables) { $0.expression(result, 2) }
    let again: Fragment = "\(name)(\(turns) - 1, \(next))"
    scope.append(Variable(name: name, kind: .function([.special(.turns), result], result)))
    switch below(3) {
    case 0:
      return ("const \(name) = (\(turns), \(sum)) => \(turns) <= 0 ? \(base) : \(again);" as Fragment)
        .labelled("recursion in tail position")
    case 1:
      return
        ("function \(name)(\(turns), \(sum)) {\nif (\(turns) <= 0) { return \(base); }\nreturn \(again);\n}" as Fragment)
        .labelled("recursion in tail position")
    default:
      let part = freshName()
      let combined = within(variables + [Variable(name: part, kind: result)]) { $0.expression(result, 2) }
      let text =
        "function \(name)(\(turns), \(sum)) {\nif (\(turns) <= 0) { return \(base); }\nconst \(part) = \(again);\nreturn \(combined);\n}"
        as Fragment
      return text.labelled("recursion")
    }
  }

  /// Two functions that call each other in tail position.
  private mutating func mutualRecursion() -> Fragment {
    let (first, second, turns, sum) = (freshName(), freshName(), freshName(), freshName())
    let result = anyKind(1)
    let variables = [Variable(name: turns, kind: .int), Variable(name: sum, kind: result)]
    let parts = many(3) { programs in programs.within(variables) { $0.expression(result, 2) } }
    scope.append(Variable(name: first, kind: .function([.special(.turns), result], result)))
    let one =
      "function \(first)(\(turns), \(sum)) { return \(turns) <= 0 ? \(parts[0]) : \(second)(\(turns) - 1, \(parts[1])); }"
      as Fragment
    let other =
      "function \(second)(\(turns), \(sum)) { if (\(turns) <= 0) { return \(sum); } return \(first)(\(turns) - 1, \(parts[2])); }"
      as Fragment
    return ("\([one, other], separator: "\n")" as Fragment).labelled("mutual recursion in tail position")
  }
}
