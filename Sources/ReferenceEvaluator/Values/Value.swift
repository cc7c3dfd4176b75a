import Compiler
import Engine

/// A value of the language. All values are immutable.
indirect enum Value {
  case null
  case bool(Bool)
  case int(Int64)
  case decimal(Decimal)
  case string(Text)
  case array([Value])
  case record(Record)
  case map(MapValue)
  case function(Closure)
  /// A function of the library.
  case builtin(Builtin)
  case undefined

  /// The number of the kind: the first criterion of the order of keys.
  var tag: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .int: 2
    case .decimal: 3
    case .string: 4
    case .array: 5
    case .record: 6
    case .map: 7
    case .function, .builtin: 8
    case .undefined: 9
    }
  }

  /// The name that `JSON.kind` gives.
  var kindName: Text {
    switch self {
    case .null: "JsonNull"
    case .bool: "Bool"
    case .int: "Int"
    case .decimal: "Decimal"
    case .string: "String"
    case .array: "Array"
    case .record: "Record"
    case .map: "Map"
    case .function, .builtin: "Function"
    case .undefined: "undefined"
    }
  }

  var isUndefined: Bool { if case .undefined = self { true } else { false } }

  var isCallable: Bool {
    switch self {
    case .function, .builtin: true
    case .null, .bool, .int, .decimal, .string, .array, .record, .map, .undefined: false
    }
  }

  /// Whether it takes memory of its own, and not just a word: everything but Bools, JSON's null, `undefined`, and Ints
  /// of 63 bits.
  var takesMemory: Bool {
    switch self {
    case .null, .bool, .undefined: false
    case .int(let integer): integer != (integer << 1) >> 1
    case .decimal, .string, .array, .record, .map, .function, .builtin: true
    }
  }

  // MARK: Kinds that operations require

  var asBool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  var asInt: Int64? { if case .int(let integer) = self { integer } else { nil } }
  var asDecimal: Decimal? { if case .decimal(let number) = self { number } else { nil } }
  var asString: Text? { if case .string(let text) = self { text } else { nil } }
  var asArray: [Value]? { if case .array(let elements) = self { elements } else { nil } }
  var asRecord: Record? { if case .record(let record) = self { record } else { nil } }
  var asMap: MapValue? { if case .map(let map) = self { map } else { nil } }
}

/// A function of the program, with what it captured when it was made.
final class Closure {
  let node: FunctionNode
  /// In the order of `FunctionScope.captures`. These are cells, since a function may be made before a captured name has
  /// its value.
  let captures: [Cell]

  init(_ node: FunctionNode, captures: [Cell]) {
    self.node = node
    self.captures = captures
  }

  /// The minimum number of arguments: the position of the last parameter without a default.
  var minimumArity: Int { node.minimumArity }

  /// The maximum number of arguments; nil if there is no limit.
  var maximumArity: Int? { node.rest == nil ? node.parameters.count : nil }
}

/// Holds the value of a name, from when its block is entered; nil until it is initialised.
final class Cell {
  var value: Value?
}
