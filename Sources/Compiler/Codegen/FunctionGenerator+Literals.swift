internal import Engine

/// Array, record and template literals.
extension FunctionGenerator {
  /// The maximum number of parts that one instruction builds a literal from. A literal with more parts is built in
  /// pieces.
  private static let partLimit = ImageLayout.maximumPieces

  // MARK: Constants

  /// The value of a literal that consists only of literals. It is built into the image. Nil for other expressions.
  func constant(of expression: Expression) -> Constant? {
    switch expression.node {
    case .integer(let magnitude):
      return .integer(Int64(truncatingIfNeeded: magnitude))
    case .unary(.negate, let operand):
      guard case .integer(let magnitude) = operand.node else { return nil }
      return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
    case .string(let symbol):
      return .string(symbol)
    case .boolean(let flag):
      return .boolean(flag)
    case .array(let elements):
      var values: [Constant] = []
      for element in elements {
        guard case .value(let part) = element, let value = constant(of: part) else { return nil }
        values.append(value)
      }
      return values.isEmpty ? .library(LibraryConstant.emptyArray) : .array(values)
    case .record(let properties):
      var fields: [(key: Symbol, value: Constant)] = []
      for property in properties {
        guard case .field(let name, let part) = property, let value = constant(of: part) else { return nil }
        fields.append((name.symbol, value))
      }
      return fields.isEmpty ? .library(LibraryConstant.emptyRecord) : .record(fields)
    default:
      return nil
    }
  }

  /// Charges for a constant literal the cost of building it from its parts.
  mutating func chargeConstant(_ expression: Expression) {
    switch expression.node {
    case .unary(_, let operand):
      chargeConstant(operand)
      assembler.charge(.neg)
    case .array(let elements):
      for case .value(let part) in elements { chargeConstant(part) }
      assembler.charge(.arrayNew, .elements, elements.count)
    case .record(let properties):
      var keyBytes = 0
      for case .field(let name, let part) in properties {
        chargeConstant(part)
        keyBytes += program.symbols[name.symbol].count
      }
      let count = properties.count
      assembler.charge(
        GasRow.objectNew.cost
          + (count > FunctionGenerator.partLimit
            ? BulkWork.mergingUnits(fields: count, keyBytes: keyBytes) : BulkWork.elements.units(count)))
    default:
      assembler.charge(.stackPush)
    }
  }

  // MARK: Arrays and Records

  /// Builds a literal that is not constant.
  mutating func literal(_ expression: Expression, to register: Int) {
    switch expression.node {
    case .array(let elements): array(elements, to: register)
    case .record(let properties): record(properties, to: register)
    default: preconditionFailure("all other literals are constants")
    }
  }

  /// An Array of elements and spreads.
  mutating func array(_ elements: [Element], to register: Int) {
    let isPlain = elements.allSatisfy { if case .value = $0 { true } else { false } }
    if isPlain && elements.count <= FunctionGenerator.partLimit {
      let base = top
      for case .value(let part) in elements { evaluate(part, to: allocate()) }
      assembler.charge(.arrayNew, .elements, elements.count)
      assembler.emit(.newArray, a: register, b: base, c: elements.count)
      return
    }
    pieces(elements, to: register)
  }

  /// Builds an Array literal in pieces. Each run of values becomes an Array of its own. All pieces are then spread into
  /// one Array, like the program's own spreads. Only the final Array is charged, for the values in it.
  private mutating func pieces(_ elements: [Element], to register: Int) {
    var kinds: [Constant] = []
    let base = top
    var index = 0
    while index < elements.count {
      let piece = allocate()
      if case .spread(let source) = elements[index] {
        evaluate(source, to: piece)
        assembler.span = source.span
        assembler.emit(.checkSpread, a: piece)
        index += 1
      } else {
        index = run(of: elements, from: index, to: piece)
      }
      kinds.append(.integer(LiteralPiece.spread.rawValue))
      if kinds.count == FunctionGenerator.partLimit && index < elements.count { limit(.literalTooLarge) }
    }
    assembler.emit(.buildArray, a: register, b: base, c: context.constants.add(.array(kinds)))
  }

  /// Builds an Array of the consecutive values from `start` on. Returns the index after the last one.
  private mutating func run(of elements: [Element], from start: Int, to register: Int) -> Int {
    var index = start
    let saved = top
    let base = top
    while index < elements.count, index - start < FunctionGenerator.partLimit, case .value(let part) = elements[index] {
      evaluate(part, to: allocate())
      index += 1
    }
    assembler.emit(.newArray, a: register, b: base, c: index - start)
    top = saved
    return index
  }

  private mutating func record(_ properties: [Property], to register: Int) {
    var keys: [Symbol] = []
    for property in properties { if case .field(let name, _) = property { keys.append(name.symbol) } }
    if keys.count == properties.count && keys.count <= FunctionGenerator.partLimit {
      let base = top
      for case .field(_, let part) in properties { evaluate(part, to: allocate()) }
      assembler.charge(.objectNew, .elements, keys.count)
      assembler.emit(.newRecord, a: register, b: base, c: context.constants.add(.recordLayout(keys)))
      return
    }
    parts(properties, to: register)
  }

  /// Builds a Record literal that is large, or has spreads or computed keys. Each run of fields with known keys becomes
  /// a Record of its own, which is spread like the program's own spreads.
  private mutating func parts(_ properties: [Property], to register: Int) {
    var kinds: [Constant] = []
    let base = top
    var index = 0
    while index < properties.count {
      switch properties[index] {
      case .field:
        index = run(of: properties, from: index, to: allocate())
        kinds.append(.integer(LiteralPiece.written.rawValue))
      case .computed(let key, let value):
        let part = allocate(2)
        evaluate(key, to: part)
        assembler.span = key.span
        assembler.emit(.checkKey, a: part)
        evaluate(value, to: part + 1)
        kinds.append(.integer(LiteralPiece.single.rawValue))
        index += 1
      case .spread(let source):
        let part = allocate()
        evaluate(source, to: part)
        assembler.span = source.span
        assembler.emit(.checkRecord, a: part)
        kinds.append(.integer(LiteralPiece.spread.rawValue))
        index += 1
      }
      if kinds.count == FunctionGenerator.partLimit && index < properties.count { limit(.literalTooLarge) }
    }
    assembler.emit(.buildRecord, a: register, b: base, c: context.constants.add(.array(kinds)))
  }

  /// Builds a Record of the consecutive fields with known keys from `start` on. Returns the index after the last one.
  private mutating func run(of properties: [Property], from start: Int, to register: Int) -> Int {
    var index = start
    var keys: [Symbol] = []
    let saved = top
    let base = top
    while index < properties.count, keys.count < FunctionGenerator.partLimit,
      case .field(let name, let part) = properties[index]
    {
      evaluate(part, to: allocate())
      keys.append(name.symbol)
      index += 1
    }
    assembler.emit(.newRecord, a: register, b: base, c: context.constants.add(.recordLayout(keys)))
    top = saved
    return index
  }

  // MARK: Templates

  /// A template literal. STR_CONCAT is charged after each substitution, and the bulk of the result at the end.
  mutating func template(_ texts: [Symbol], _ substitutions: [Expression], to register: Int) {
    let base = top
    for (index, text) in texts.enumerated() {
      if !program.symbols[text].isEmpty {
        _ = load(.string(text), into: allocate())
      }
      guard index < substitutions.count else { continue }
      let part = allocate()
      evaluate(substitutions[index], to: part)
      assembler.charge(.strConcat)
      assembler.span = substitutions[index].span
      assembler.emit(.checkText, a: part)
    }
    if top == base {
      // There is neither text nor a substitution, and `template` needs at least one part.
      _ = load(.library(LibraryConstant.emptyString), into: register)
    } else {
      assembler.emit(.template, a: register, b: base, c: top - base)
    }
  }

  /// Reports a program that is too large for the image format.
  mutating func limit(_ code: DiagnosticCode) {
    context.diagnostics.append(Diagnostic(code, at: assembler.span))
  }
}
