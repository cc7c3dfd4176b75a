import Compiler
import Engine

// Array, record and template literals.

extension Evaluation {
  /// An Array of elements and spreads; it is also used for the arguments of a call with a spread.
  func array(_ elements: [Element], _ scope: Activation) throws(Stop) -> [Value] {
    var values: [Value] = []
    var size = 0
    for element in elements {
      switch element {
      case .value(let part):
        values.append(try evaluate(part, scope))
        size = Size.sum(size, 1)
      case .spread(let source):
        switch try evaluate(source, scope) {
        case .array(let parts):
          values += parts
          size = Size.sum(size, parts.count)
        case .string(let text):
          values += text.characters.map { .string($0) }
          // A String is paid for by its bytes.
          size = Size.sum(size, Size.product(text.byteCount, characterWords))
        default: throw .typeMismatch
        }
      }
    }
    try charge(.arrayNew, .elements, size)
    return try built(values.count) { values }
  }

  /// A Record literal. The fields given are paid for, including those that replace one another. With a spread, a computed
  /// key, or more than 64 parts, the keys, sorting the fields, and the bytes of keys are paid for, too.
  func record(_ properties: [Property], _ scope: Activation) throws(Stop) -> Value {
    var fields: [(key: Text, value: Value)] = []
    var (isPlain, computedBytes, keyBytes) = (properties.count <= 64, 0, 0)
    for property in properties {
      switch property {
      case .field(let name, let value):
        let key = text(name.symbol)
        fields.append((key, try evaluate(value, scope)))
        keyBytes = Size.sum(keyBytes, key.byteCount)
      case .computed(let key, let value):
        guard let key = try evaluate(key, scope).asString else { throw .typeMismatch }
        fields.append((key, try evaluate(value, scope)))
        isPlain = false
        computedBytes = Size.sum(computedBytes, key.byteCount)
        keyBytes = Size.sum(keyBytes, key.byteCount)
      case .spread(let source):
        guard let record = try evaluate(source, scope).asRecord else { throw .typeMismatch }
        fields += record.fields.map { ($0.key, $0.value) }
        isPlain = false
        keyBytes = record.fields.reduce(keyBytes) { Size.sum($0, $1.key.byteCount) }
      }
    }
    var units = GasRow.objectNew.units + BulkWork.elements.units(of: (isPlain ? 1 : 2) * fields.count)
    if !isPlain {
      units += BulkWork.ordering.units(of: orderingSize(of: fields.count))
      units += BulkWork.canonicalText.units(of: computedBytes)
      units += BulkWork.keyComparison.units(of: keyComparisonSize(of: keyBytes, among: fields.count))
    }
    try charge(units)
    return .record(Record(fields))
  }

  /// A template literal: STR_CONCAT for each substitution, the bulk of the result at the end.
  func template(_ texts: [Symbol], _ substitutions: [Expression], _ scope: Activation) throws(Stop) -> Value {
    var parts = [text(texts[0])]
    for (substitution, following) in zip(substitutions, texts.dropFirst()) {
      let value = try evaluate(substitution, scope)
      try charge(.strConcat)
      guard let text = canonicalText(of: value) else { throw .typeMismatch }
      parts += [text, self.text(following)]
    }
    let size = parts.reduce(0) { Size.sum($0, $1.byteCount) }
    try charge(BulkWork.stringBuilding.units(of: size))
    return .string(try built(size) { Text.joined(parts) })
  }

  /// The text of a String, an Int, a Decimal or a Bool. Other values have no text.
  func canonicalText(of value: Value) -> Text? {
    switch value {
    case .string(let text): text
    case .int, .decimal, .bool: Text(ascii: JSON.text(ofSimple: value))
    default: nil
    }
  }
}
