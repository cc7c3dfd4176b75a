import Compiler

/// Determines which functions have the same code: the same tree up to the names of bound variables. Literals are
/// compared by value, parentheses are ignored, `a["b"]` is `a.b`, and a reference to a top-level binding identifies
/// that binding.
struct CodeComparison {
  private let program: Program
  /// The results so far, by the numbers of the two functions.
  private var known: [[Int]: Bool] = [:]

  init(_ program: Program) { self.program = program }

  /// Whether two functions have the same code.
  mutating func areSame(_ left: FunctionNode, _ right: FunctionNode) -> Bool {
    if left.id == right.id { return true }
    let pair = [left.id.index, right.id.index]
    if let answer = known[pair] { return answer }
    var walk = TreeComparison(program, left, right)
    let answer = walk.match(left, right)
    known[pair] = answer
    return answer
  }
}

/// One walk through two trees side by side.
private struct TreeComparison {
  private let program: Program
  /// The captures of the two functions, position by position.
  private let leftCaptures: [BindingID]
  private let rightCaptures: [BindingID]
  /// Variables bound inside that were reached at the same place.
  private var partners: [BindingID: BindingID] = [:]
  private var reversePartners: [BindingID: BindingID] = [:]

  init(_ program: Program, _ left: FunctionNode, _ right: FunctionNode) {
    self.program = program
    leftCaptures = program.functions[left.id.index].captures
    rightCaptures = program.functions[right.id.index].captures
  }

  // MARK: Names

  /// Whether two variables bound inside are the same. They are, from the first time that they are reached at the same
  /// place.
  private mutating func match(_ left: BindingID, _ right: BindingID) -> Bool {
    if let partner = partners[left] { return partner == right }
    guard reversePartners[right] == nil else { return false }
    partners[left] = right
    reversePartners[right] = left
    return true
  }

  private mutating func match(_ left: BindingName?, _ right: BindingName?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return match(left.id, right.id)
  }

  private mutating func match(_ left: ReferenceID, _ right: ReferenceID) -> Bool {
    switch (program.references[left.index].target, program.references[right.index].target) {
    case (.binding(let a), .binding(let b)), (.binding(let a), .moduleMember(let b)),
      (.moduleMember(let a), .binding(let b)), (.moduleMember(let a), .moduleMember(let b)):
      return matchUses(of: a, b)
    case (.builtin(let a), .builtin(let b)), (.builtin(let a), .builtinMember(let b)),
      (.builtinMember(let a), .builtin(let b)), (.builtinMember(let a), .builtinMember(let b)):
      return a == b
    case (.effect(let a, let first), .effect(let b, let second)):
      return a == b && first == second
    default:
      return false
    }
  }

  private mutating func matchUses(of left: BindingID, _ right: BindingID) -> Bool {
    let isTopLevel = program.bindings[left.index].owner == nil
    if isTopLevel || program.bindings[right.index].owner == nil { return left == right }
    let (a, b) = (leftCaptures.firstIndex(of: left), rightCaptures.firstIndex(of: right))
    return a == nil && b == nil ? match(left, right) : a == b
  }

  /// The meaning of a member access that refers to a single thing: a member of the library or of another file.
  private func staticReference(_ expression: Expression) -> ReferenceID? {
    guard case .member(let object, _) = expression.node, case .name(_, let reference) = object.node else { return nil }
    switch program.references[reference.index].target {
    case .builtinMember, .moduleMember, .effect: return reference
    default: return nil
    }
  }

  /// The name that a use of a name, or such a member access, refers to.
  private func reference(_ expression: Expression) -> ReferenceID? {
    if case .name(_, let reference) = expression.node { return reference }
    return staticReference(expression)
  }

  // MARK: Functions and patterns

  mutating func match(_ left: FunctionNode, _ right: FunctionNode) -> Bool {
    guard left.isArrow == right.isArrow, matchOwnNames(left, right),
      matchAll(
        left.parameters, right.parameters,
        { $0.match($1.pattern, $2.pattern) && $0.match($1.defaultValue, $2.defaultValue) }),
      match(left.rest, right.rest)
    else { return false }
    switch (left.body, right.body) {
    case (.expression(let a), .expression(let b)): return match(a, b)
    case (.block(let a), .block(let b)): return match(a, b)
    default: return false
    }
  }

  /// The names of function expressions are bound inside the function expressions.
  private mutating func matchOwnNames(_ left: FunctionNode, _ right: FunctionNode) -> Bool {
    func ownName(_ node: FunctionNode) -> BindingName? {
      node.name.flatMap { program.bindings[$0.id.index].kind == .functionExpressionName ? $0 : nil }
    }
    return match(ownName(left), ownName(right))
  }

  private mutating func match(_ left: Pattern?, _ right: Pattern?) -> Bool {
    switch (left, right) {
    case (nil, nil): return true
    case (.name(let a), .name(let b)): return match(a.id, b.id)
    case (.array(let a, let restA, _), .array(let b, let restB, _)):
      return matchAll(
        a, b,
        { walk, a, b in
          guard let a, let b else { return a == nil && b == nil }
          return walk.match(a.pattern, b.pattern) && walk.match(a.defaultValue, b.defaultValue)
        }) && match(restA, restB)
    case (.record(let a, let restA, _), .record(let b, let restB, _)):
      return matchAll(
        a, b,
        {
          $0.match($1.key, $2.key) && $0.match($1.pattern, $2.pattern) && $0.match($1.defaultValue, $2.defaultValue)
        }) && match(restA, restB)
    default: return false
    }
  }

  private mutating func match(_ left: PatternField.Key, _ right: PatternField.Key) -> Bool {
    func key(_ key: PatternField.Key) -> Key {
      switch key {
      case .name(let name): .known(name.symbol)
      case .computed(let expression): computedKey(expression)
      }
    }
    return match(key(left), key(right))
  }

  /// A key, known at compile time or computed.
  private enum Key {
    case known(Symbol)
    case computed(Expression)
  }

  /// `[e]`: a String literal counts as a written key.
  private func computedKey(_ expression: Expression) -> Key {
    if case .string(let symbol) = expression.node { return .known(symbol) }
    return .computed(expression)
  }

  private mutating func match(_ left: Key, _ right: Key) -> Bool {
    switch (left, right) {
    case (.known(let a), .known(let b)): return a == b
    case (.computed(let a), .computed(let b)): return match(a, b)
    default: return false
    }
  }

  // MARK: Expressions

  private mutating func match(_ left: Expression?, _ right: Expression?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    if let a = reference(left), let b = reference(right) { return match(a, b) }
    if reference(left) != nil || reference(right) != nil { return false }
    if let (objectA, keyA) = access(left), let (objectB, keyB) = access(right) {
      return match(objectA, objectB) && match(keyA, keyB)
    }
    switch (left.node, right.node) {
    case (.integer(let a), .integer(let b)): return a == b
    case (.string(let a), .string(let b)): return a == b
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.template(let textsA, let a), .template(let textsB, let b)):
      return textsA == textsB && matchAll(a, b, { $0.match($1, $2) })
    case (.array(let a), .array(let b)): return match(a, b)
    case (.record(let a), .record(let b)): return matchAll(a, b, { $0.match($1, $2) })
    case (.function(let a), .function(let b)): return match(a, b)
    case (.unary(let a, let operandA), .unary(let b, let operandB)): return a == b && match(operandA, operandB)
    case (.binary(let a, let leftA, let rightA), .binary(let b, let leftB, let rightB)):
      return a == b && match(leftA, leftB) && match(rightA, rightB)
    case (.logical(let a, let leftA, let rightA), .logical(let b, let leftB, let rightB)):
      return a == b && match(leftA, leftB) && match(rightA, rightB)
    case (.conditional(let a, let thenA, let otherwiseA), .conditional(let b, let thenB, let otherwiseB)):
      return match(a, b) && match(thenA, thenB) && match(otherwiseA, otherwiseB)
    case (.call(let a, let argumentsA), .call(let b, let argumentsB)):
      return match(a, b) && match(argumentsA, argumentsB)
    default: return false
    }
  }

  /// The parts of `a.b` and `a[b]`.
  private func access(_ expression: Expression) -> (Expression, Key)? {
    switch expression.node {
    case .member(let object, let name): (object, .known(name.symbol))
    case .index(let object, let index): (object, computedKey(index))
    default: nil
    }
  }

  private mutating func match(_ left: [Element], _ right: [Element]) -> Bool {
    matchAll(
      left, right,
      { walk, a, b in
        switch (a, b) {
        case (.value(let a), .value(let b)), (.spread(let a), .spread(let b)): return walk.match(a, b)
        default: return false
        }
      })
  }

  private mutating func match(_ left: Property, _ right: Property) -> Bool {
    func member(_ property: Property) -> (Key, Expression)? {
      switch property {
      case .field(let name, let value): (.known(name.symbol), value)
      case .computed(let key, let value): (computedKey(key), value)
      case .spread: nil
      }
    }
    if let (keyA, a) = member(left), let (keyB, b) = member(right) { return match(keyA, keyB) && match(a, b) }
    guard case .spread(let a) = left, case .spread(let b) = right else { return false }
    return match(a, b)
  }

  private mutating func matchAll<Part>(
    _ left: [Part], _ right: [Part], _ match: (inout TreeComparison, Part, Part) -> Bool
  ) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { match(&self, $0, $1) }
  }

  // MARK: Statements

  private mutating func match(_ left: [Statement], _ right: [Statement]) -> Bool {
    matchAll(left, right, { $0.match($1, $2) })
  }

  private mutating func match(_ left: Statement?, _ right: Statement?) -> Bool {
    switch (left?.node, right?.node) {
    case (nil, nil), (.breaking, .breaking), (.empty, .empty): return true
    case (.expression(let a), .expression(let b)): return match(a, b)
    case (.declaration(let a), .declaration(let b)):
      return matchAll(a, b, { $0.match($1.pattern, $2.pattern) && $0.match($1.value, $2.value) })
    case (.function(let a), .function(let b)): return match(a.name, b.name) && match(a, b)
    case (.block(let a), .block(let b)): return match(a, b)
    case (.conditional(let a, let thenA, let otherwiseA), .conditional(let b, let thenB, let otherwiseB)):
      return match(a, b) && match(thenA, thenB) && match(otherwiseA, otherwiseB)
    case (.selection(let a, let casesA), .selection(let b, let casesB)):
      return match(a, b) && matchAll(casesA, casesB, { $0.match($1.test, $2.test) && $0.match($1.body, $2.body) })
    case (.returning(let a), .returning(let b)): return match(a, b)
    case (.throwing(let a), .throwing(let b)): return match(a, b)
    default: return false
    }
  }
}
