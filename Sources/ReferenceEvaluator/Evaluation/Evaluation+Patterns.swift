import Compiler
import Engine

// Declarations, parameters and destructuring.

extension Evaluation {
  /// Gives a name its value, at the price of a declaration.
  private func declare(_ name: BindingName, _ value: Value, _ scope: Activation) throws(Stop) {
    chargedSpan = name.name.span
    try charge(.varDecl)
    cell(of: name.id, in: scope).value = value
  }

  /// Binds the names of a pattern to the parts of a value.
  func bind(_ pattern: Pattern, to value: Value, _ scope: Activation) throws(Stop) {
    let outer = chargedSpan
    switch pattern {
    case .name(let name): try declare(name, value, scope)
    case .array(let elements, let rest, let span):
      chargedSpan = span
      try bind(elements, rest, span, to: value, scope)
    case .record(let fields, let rest, let span):
      chargedSpan = span
      try bind(fields, rest, span, to: value, scope)
    }
    chargedSpan = outer
  }

  private func bind(
    _ elements: [PatternElement?], _ rest: Pattern?, _ span: SourceSpan, to value: Value, _ scope: Activation
  ) throws(Stop) {
    for case (let index, let element?) in elements.enumerated() {
      chargedSpan = span
      try charge(.arrayAccess)
      guard let array = value.asArray else { throw .typeMismatch }
      if index < array.count {
        try bind(element.pattern, element.defaultValue, to: array[index], scope)
      } else if element.defaultValue != nil {
        try bind(element.pattern, element.defaultValue, to: .undefined, scope)
      } else {
        throw .indexOutOfRange(index: Int64(index), length: array.count)
      }
    }
    if let rest {
      chargedSpan = span
      let left = value.asArray.map { $0.dropFirst(elements.count) } ?? []
      try charge(.arrayNew, .elements, left.count)
      if value.asArray == nil { throw .typeMismatch }
      try bind(rest, to: .array(Array(left)), scope)
    }
    // Even a pattern that takes nothing needs an Array.
    if value.asArray == nil { throw .typeMismatch }
  }

  private func bind(
    _ fields: [PatternField], _ rest: BindingName?, _ span: SourceSpan, to value: Value, _ scope: Activation
  ) throws(Stop) {
    var taken: [Text] = []
    for field in fields {
      let (key, part) = try take(field, of: value, scope)
      taken.append(key)
      try bind(field.pattern, field.defaultValue, to: part, scope)
    }
    if let rest {
      chargedSpan = span
      let all = value.asRecord?.fields ?? []
      let keyBytes = value.asRecord == nil ? 0 : taken.reduce(0) { Size.sum($0, $1.byteCount) }
      var units = GasRow.objectNew.units + BulkWork.elements.units(of: 2 * all.count)
      if value.asRecord != nil {
        units += BulkWork.steps.units(of: Size.product(taken.count, Int64(searchSteps(among: all.count))))
        units += BulkWork.keyComparison.units(of: keyComparisonSize(of: keyBytes, among: all.count))
      }
      try charge(units)
      if value.asRecord == nil { throw .typeMismatch }
      let left = all.filter { !taken.contains($0.key) }
      try declare(rest, .record(Record(left.map { ($0.key, $0.value) })), scope)
    }
    if value.asRecord == nil { throw .typeMismatch }
  }

  /// The key and the value of a field that a pattern names; `undefined` for one that is missing and has a default.
  private func take(_ field: PatternField, of value: Value, _ scope: Activation) throws(Stop) -> (Text, Value) {
    let given: Value
    let record = value.asRecord
    switch field.key {
    case .name(let name):
      given = .string(text(name.symbol))
      chargedSpan = name.span
      try charge(.propAccess)
      if let record { try payForSearch(for: text(name.symbol), in: record) }
    case .computed(let expression):
      given = try evaluate(expression, scope)
      chargedSpan = expression.span
      try payForComputedKey(given, of: value)
    }
    guard let record, let key = given.asString else { throw .typeMismatch }
    if let part = record[key] { return (key, part) }
    // ECMAScript would find an inherited function with such a name and not use the default.
    guard field.defaultValue != nil, !InheritedNames.contains(key.utf8) else { throw .noSuchField(key) }
    return (key, .undefined)
  }

  /// Binds a pattern to a value, or to its default if that is `undefined`.
  private func bind(
    _ pattern: Pattern, _ defaultValue: Expression?, to value: Value, _ scope: Activation
  ) throws(Stop) {
    try bind(pattern, to: try orDefault(value, defaultValue, scope), scope)
  }

  private func orDefault(_ value: Value, _ defaultValue: Expression?, _ scope: Activation) throws(Stop) -> Value {
    if value.isUndefined, let defaultValue { return try evaluate(defaultValue, scope) }
    return value
  }

  // MARK: Parameters

  /// The steps on entry: the Array of the rest parameter, then parameters and their defaults in order.
  func bindParameters(of node: FunctionNode, to arguments: [Value], _ scope: Activation) throws(Stop) {
    let count = node.parameters.count
    let rest = arguments.dropFirst(count)
    if node.rest != nil { try charge(.arrayNew, .elements, rest.count) }
    let patterns = node.parameters.map { $0.pattern } + (node.rest.map { [$0] } ?? [])
    try charge(BulkWork.elements.units(of: sharedNames(in: patterns)))
    for (index, parameter) in node.parameters.enumerated() {
      let given = index < arguments.count ? arguments[index] : .undefined
      try bindParameter(parameter.pattern, to: try orDefault(given, parameter.defaultValue, scope), scope)
    }
    if let pattern = node.rest { try bindParameter(pattern, to: .array(Array(rest)), scope) }
  }

  /// A plain parameter costs nothing.
  private func bindParameter(_ pattern: Pattern, to value: Value, _ scope: Activation) throws(Stop) {
    if case .name(let name) = pattern {
      cell(of: name.id, in: scope).value = value
    } else {
      try bind(pattern, to: value, scope)
    }
  }
}
