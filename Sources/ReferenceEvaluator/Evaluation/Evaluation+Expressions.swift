import Compiler
import Engine

// Expressions. Each is charged as docs/gas.md says: its operands from left to right, then the operation itself. Then
// kinds are checked, then ranges.

extension Evaluation {
  /// The value of an expression.
  func evaluate(_ expression: Expression, _ scope: Activation) throws(Stop) -> Value {
    let outer = chargedSpan
    chargedSpan = expression.span
    let value = try evaluate(expression.node, expression.span, scope)
    chargedSpan = outer
    return value
  }

  private func evaluate(
    _ node: ExpressionNode, _ span: SourceSpan, _ scope: Activation
  ) throws(Stop) -> Value {
    switch node {
    case .integer(let magnitude):
      try charge(.stackPush)
      return .int(Int64(bitPattern: magnitude))
    case .string(let symbol):
      try charge(.stackPush)
      return .string(text(symbol))
    case .boolean(let flag):
      try charge(.stackPush)
      return .bool(flag)
    case .template(let texts, let substitutions): return try template(texts, substitutions, scope)
    case .name(_, let reference): return try read(reference, scope)
    case .array(let elements): return .array(try array(elements, scope))
    case .record(let properties): return try record(properties, scope)
    case .function(let node):
      try charge(.funcDecl, .elements, program.functions[node.id.index].captures.count)
      return .function(closure(node, in: scope))
    case .unary(let operation, let operand): return try unary(operation, operand, scope)
    case .binary(let operation, let left, let right): return try binary(operation, left, right, scope)
    case .logical(let operation, let left, let right):
      if let decided = try decision(operation, left, scope) { return decided }
      return try evaluate(right, scope)
    case .conditional(let test, let then, let otherwise):
      return try evaluate(try holds(test, charging: .ifElse, scope) ? then : otherwise, scope)
    case .member(let object, let name): return try member(object, name, scope)
    case .index(let object, let index): return try element(object, index, scope)
    case .call(let callee, let arguments): return try call(callee, arguments, scope)
    }
  }

  // MARK: Names

  /// Reads a name of any kind.
  func read(_ reference: ReferenceID, _ scope: Activation) throws(Stop) -> Value {
    try charge(.stackPush)
    switch program.references[reference.index].target {
    case .binding(let id), .moduleMember(let id): return try value(of: id, in: scope)
    case .builtin(let builtin), .builtinMember(let builtin): return constant(builtin)
    case .effect, .unresolved: preconditionFailure("effects are called, and a program with errors is not run")
    }
  }

  /// Whether a name, together with the member access around it, refers to a single thing: a member of the library or of
  /// another file, or an operation of the host.
  func isStatic(_ reference: ReferenceID) -> Bool {
    switch program.references[reference.index].target {
    case .builtinMember, .moduleMember, .effect: true
    default: false
    }
  }

  // MARK: Operators

  private func unary(_ operation: UnaryOperator, _ operand: Expression, _ scope: Activation) throws(Stop) -> Value {
    let value = try evaluate(operand, scope)
    switch operation {
    case .not:
      try charge(.lnot)
      guard let flag = value.asBool else { throw .typeMismatch }
      return .bool(!flag)
    case .negate:
      try charge(.neg)
      // 2^63 is a literal only as the operand of a minus sign. Its bits are already those of -2^63.
      if case .integer(1 << 63) = operand.node { return value }
      if let number = value.asDecimal { return .decimal(number.negated) }
      guard let integer = value.asInt else { throw .typeMismatch }
      if integer == .min { throw .integerOverflow }
      return .int(-integer)
    }
  }

  private func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ scope: Activation
  ) throws(Stop) -> Value {
    let (a, b) = (try evaluate(left, scope), try evaluate(right, scope))
    switch operation {
    case .add: return try add(a, b)
    case .subtract:
      try charge(.sub)
      return try arithmetic(
        a, b, { $0.subtractingReportingOverflow($1) }, { a, b throws(Decimal.Failure) in try a - b })
    case .multiply:
      try charge(.mul)
      return try arithmetic(
        a, b, { $0.multipliedReportingOverflow(by: $1) }, { a, b throws(Decimal.Failure) in try a * b })
    case .divide: return try divide(a, b)
    case .remainder: return try remainder(a, b)
    case .less: return .bool(try order(a, b, charging: .lt) < 0)
    case .lessOrEqual: return .bool(try order(a, b, charging: .le) <= 0)
    case .greater: return .bool(try order(a, b, charging: .gt) > 0)
    case .greaterOrEqual: return .bool(try order(a, b, charging: .ge) >= 0)
    case .equal: return .bool(try areEqual(a, b, charging: GasRow.strictEq.units))
    case .notEqual: return .bool(try !areEqual(a, b, charging: GasRow.strictNe.units))
    }
  }

  private func add(_ left: Value, _ right: Value) throws(Stop) -> Value {
    if let a = left.asString, let b = right.asString {
      try charge(.strConcat, .stringBuilding, Size.sum(a.byteCount, b.byteCount))
      return .string(try built(a.byteCount + b.byteCount) { a + b })
    }
    try charge(.add)
    return try arithmetic(
      left, right, { $0.addingReportingOverflow($1) }, { a, b throws(Decimal.Failure) in try a + b })
  }

  private func divide(_ left: Value, _ right: Value) throws(Stop) -> Value {
    try charge(.div)
    if left.asInt != nil, right.asInt == 0 { throw .divisionByZero }
    return try arithmetic(
      left, right, { $0.dividedReportingOverflow(by: $1) }, { a, b throws(Decimal.Failure) in try a / b })
  }

  private func remainder(_ left: Value, _ right: Value) throws(Stop) -> Value {
    try charge(.mod)
    guard let a = left.asInt, let b = right.asInt else { throw .typeMismatch }
    if b == 0 { throw .divisionByZero }
    // Int.MIN % -1 is 0, although the quotient does not fit.
    return .int(a.remainderReportingOverflow(dividingBy: b).partialValue)
  }

  /// An operation on two Ints or on two Decimals; no other pair is accepted.
  private func arithmetic(
    _ left: Value, _ right: Value, _ onInts: (Int64, Int64) -> (partialValue: Int64, overflow: Bool),
    _ onDecimals: (Decimal, Decimal) throws(Decimal.Failure) -> Decimal
  ) throws(Stop) -> Value {
    if let a = left.asInt, let b = right.asInt {
      let (result, overflow) = onInts(a, b)
      if overflow { throw .integerOverflow }
      return .int(result)
    }
    guard let a = left.asDecimal, let b = right.asDecimal else { throw .typeMismatch }
    do throws(Decimal.Failure) {
      return .decimal(try onDecimals(a, b))
    } catch {
      throw error == .overflow ? .decimalOverflow : .divisionByZero
    }
  }

  /// Negative, zero or positive if one value is less than, equal to or greater than the other: two Ints, two Decimals,
  /// or two Strings by their code units (ECMA-262 7.2.13).
  private func order(_ left: Value, _ right: Value, charging row: GasRow) throws(Stop) -> Int {
    if let a = left.asString, let b = right.asString {
      try charge(row, .stringComparison, min(a.byteCount, b.byteCount))
      return order(a, b)
    }
    try charge(row)
    return try order(left, right)
  }

  /// The order of two numbers of one kind.
  func order(_ left: Value, _ right: Value) throws(Stop) -> Int {
    if let a = left.asDecimal, let b = right.asDecimal { return a.compared(to: b) }
    guard let a = left.asInt, let b = right.asInt else { throw .typeMismatch }
    return a < b ? -1 : a == b ? 0 : 1
  }

  /// The order of two Strings.
  func order(_ left: Text, _ right: Text) -> Int {
    left == right ? 0 : left.units.lexicographicallyPrecedes(right.units) ? -1 : 1
  }

  // MARK: Conditions

  /// Whether a condition holds. The construct that uses it is charged once its value is known.
  func holds(_ condition: Expression, charging row: GasRow, _ scope: Activation) throws(Stop) -> Bool {
    let value = try evaluate(condition, scope)
    try charge(row)
    guard let flag = value.asBool else { throw .typeMismatch }
    return flag
  }

  /// The value of `a && b` or `a || b` if `a` decides; nil if `b` does.
  func decision(_ operation: LogicalOperator, _ left: Expression, _ scope: Activation) throws(Stop) -> Value? {
    let holds = try holds(left, charging: operation == .and ? .land : .lor, scope)
    return holds == (operation == .or) ? .bool(holds) : nil
  }

  // MARK: Parts of values

  private func member(_ object: Expression, _ name: Name, _ scope: Activation) throws(Stop) -> Value {
    if case .name(_, let reference) = object.node, isStatic(reference) { return try read(reference, scope) }
    let value = try evaluate(object, scope)
    chargedSpan = name.span
    try charge(.propAccess)
    let key = text(name.symbol)
    switch value {
    case .record(let record):
      try payForSearch(for: key, in: record)
      guard let field = record[key] else { throw .noSuchField(key) }
      return field
    case .string(let text) where key == "length": return .int(Int64(text.units.count))
    case .array(let elements) where key == "length": return .int(Int64(elements.count))
    case .string, .array: throw .noSuchField(key)
    default: throw .typeMismatch
    }
  }

  /// `x[e]`: the price depends on the kind of x.
  private func element(_ object: Expression, _ index: Expression, _ scope: Activation) throws(Stop) -> Value {
    let (value, key) = (try evaluate(object, scope), try evaluate(index, scope))
    chargedSpan = index.span
    switch value {
    case .array(let elements):
      try charge(.arrayAccess)
      guard let index = key.asInt else { throw .typeMismatch }
      guard index >= 0, index < elements.count else { throw .indexOutOfRange(index: index, length: elements.count) }
      return elements[Int(index)]
    case .string(let text):
      let place = key.asInt.flatMap { $0 >= 0 && $0 < text.units.count ? Int($0) : nil }
      try charge(.strIndex, .stringSearch, place.map { unitsWalked(in: text, to: $0) } ?? 0)
      guard let index = key.asInt else { throw .typeMismatch }
      guard let place else { throw .indexOutOfRange(index: index, length: text.units.count) }
      return .string(try codeUnit(of: text, at: place))
    case .record(let record):
      try payForComputedKey(key, of: value)
      guard let key = key.asString else { throw .typeMismatch }
      guard let field = record[key] else { throw .noSuchField(key) }
      return field
    default:
      try charge(.propAccess)
      throw .typeMismatch
    }
  }

  /// Pays for finding a field whose name is written in the program. In a small Record, it costs nothing beyond the row.
  func payForSearch(for name: Text, in record: Record) throws(Stop) {
    guard record.fields.count > 15 else { return }
    try charge(searchUnits(forKeyOf: name.byteCount, among: record.fields.count))
  }

  /// The price of a computed key: the row, and for a String as a key of a Record, hashing it and finding it.
  func payForComputedKey(_ key: Value, of object: Value) throws(Stop) {
    var units = GasRow.propAccess.units
    if let record = object.asRecord, let key = key.asString {
      units += BulkWork.canonicalText.units(of: key.byteCount)
      units += searchUnits(forKeyOf: key.byteCount, among: record.fields.count)
    }
    try charge(units)
  }

  /// The number of code units that are visited to find one: none if all characters are ASCII.
  func unitsWalked(in text: Text, to index: Int) -> Int { text.isASCII ? 0 : index }

  /// One code unit as a String.
  func codeUnit(of text: Text, at index: Int) throws(Stop) -> Text {
    guard let unit = Text(text.units[index...index]) else { throw .stringSplitsCodePoint }
    return unit
  }

  /// The value that `make` makes, unless it is so large that no heap could hold it.
  func built<Result>(_ size: Int, _ make: () -> Result) throws(Stop) -> Result {
    if size > Evaluation.largestSize { throw .memoryExhausted }
    return make()
  }

  /// The maximum number of bytes or elements of one value. A heap of the standard size holds far less.
  static let largestSize = 1 << 25
}
