internal import Engine

/// Conditions: expressions whose value decides a jump and is not kept.
extension FunctionGenerator {
  /// Evaluates a condition and jumps to `label` if its value is `sense`; otherwise, continues with the next
  /// instruction.
  ///
  /// - Parameter row: the cost of the construct that uses the condition. It is charged after the condition is evaluated
  ///   and before a value that is not a Bool is rejected. If the condition is a comparison that jumps by itself, it is
  ///   always a Bool; then the row is charged on both paths after the jump.
  mutating func condition(_ expression: Expression, charging row: GasRow, jumpIf sense: Bool, to label: inout Label) {
    let outer = assembler.span
    assembler.span = expression.span
    defer { assembler.span = outer }
    let saved = top
    defer { top = saved }
    let firstEdge = assembler.edgeCount(of: label)
    switch expression.node {
    case .unary(.not, let operand):
      condition(operand, charging: .lnot, jumpIf: !sense, to: &label)
      assembler.charge(row, onEdgesOf: &label, from: firstEdge)
      assembler.charge(row)
    case .binary(let operation, let left, let right) where operation.isComparison:
      compare(operation, left, right, jumpIf: sense, to: &label)
      assembler.charge(row, onEdgesOf: &label, from: firstEdge)
      assembler.charge(row)
    case .logical(let operation, let left, let right):
      // The left side decides alone if it is false for `&&`, or true for `||`.
      let decisive = operation == .or
      let own: GasRow = operation == .and ? .land : .lor
      if sense == decisive {
        condition(left, charging: own, jumpIf: decisive, to: &label)
        assembler.charge(row, onEdgesOf: &label, from: firstEdge)
        condition(right, charging: row, jumpIf: sense, to: &label)
      } else {
        var decided = Label()
        condition(left, charging: own, jumpIf: decisive, to: &decided)
        assembler.charge(row, onEdgesOf: &decided, from: 0)
        condition(right, charging: row, jumpIf: sense, to: &label)
        assembler.bind(&decided)
      }
    default:
      let register = evaluate(expression)
      assembler.charge(row)
      assembler.jump(sense ? .jumpIfTrue : .jumpIfFalse, a: register, to: &label)
    }
  }

  /// Compares and jumps in one instruction.
  private mutating func compare(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, jumpIf sense: Bool, to label: inout Label
  ) {
    let first = evaluate(left)
    let test = sense ? operation : operation.negated
    if case .integer(let magnitude) = right.node, magnitude <= 0x7fff {
      assembler.charge(.stackPush)
      assembler.charge(operation.row)
      assembler.jump(test.immediateJump, a: first, b: Int(magnitude), to: &label)
      return
    }
    let second = evaluate(right)
    assembler.charge(operation.row)
    switch test {
    case .less: assembler.jump(.jumpIfLess, a: first, b: second, to: &label)
    case .lessOrEqual: assembler.jump(.jumpIfLessOrEqual, a: first, b: second, to: &label)
    case .greater: assembler.jump(.jumpIfLess, a: second, b: first, to: &label)
    case .greaterOrEqual: assembler.jump(.jumpIfLessOrEqual, a: second, b: first, to: &label)
    case .equal: assembler.jump(.jumpIfEqual, a: first, b: second, to: &label)
    default: assembler.jump(.jumpIfNotEqual, a: first, b: second, to: &label)
    }
  }
}

extension BinaryOperator {
  var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    default: false
    }
  }

  /// The comparison that is true exactly when this one is false. All orders here are total.
  fileprivate var negated: BinaryOperator {
    switch self {
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    case .equal: .notEqual
    case .notEqual: .equal
    default: self
    }
  }

  /// The jump that compares with a small literal on the right.
  fileprivate var immediateJump: Opcode {
    switch self {
    case .less: .jumpIfLessImmediate
    case .lessOrEqual: .jumpIfLessOrEqualImmediate
    case .greater: .jumpIfGreaterImmediate
    case .greaterOrEqual: .jumpIfGreaterOrEqualImmediate
    case .equal: .jumpIfEqualImmediate
    default: .jumpIfNotEqualImmediate
    }
  }
}
