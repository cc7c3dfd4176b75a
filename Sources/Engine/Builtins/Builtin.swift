/// A function, a method or a constant of the library, by namespace.
///
/// The names of each namespace are an enum, with their rows and the functions that execute them, in the files
/// `BuiltinTable+….swift`. The compiler resolves names with the rows, and the machine checks and charges calls with
/// them. The gas schedule and the published tables are made from them.
public enum Builtin: Hashable, Sendable {
  case global(GlobalBuiltin)
  case string(StringBuiltin)
  case array(ArrayBuiltin)
  case object(ObjectBuiltin)
  case int(IntBuiltin)
  case math(MathBuiltin)
  case json(JSONBuiltin)
  case option(OptionBuiltin)
  case result(ResultBuiltin)
  case decimal(DecimalBuiltin)
  case map(MapBuiltin)
  case hash(HashBuiltin)
  case text(TextBuiltin)

  /// The row of the table.
  public var definition: Definition {
    switch self {
    case .global(let member): member.definition
    case .string(let member): member.definition
    case .array(let member): member.definition
    case .object(let member): member.definition
    case .int(let member): member.definition
    case .math(let member): member.definition
    case .json(let member): member.definition
    case .option(let member): member.definition
    case .result(let member): member.definition
    case .decimal(let member): member.definition
    case .map(let member): member.definition
    case .hash(let member): member.definition
    case .text(let member): member.definition
    }
  }
}

// MARK: - Numbers

/// Images refer to built-ins by number, so a number never changes. All enums share one sequence: a new built-in of any
/// namespace takes the first free number.
extension Builtin: RawRepresentable, CaseIterable {
  /// The number.
  public var rawValue: UInt16 {
    switch self {
    case .global(let member): member.rawValue
    case .string(let member): member.rawValue
    case .array(let member): member.rawValue
    case .object(let member): member.rawValue
    case .int(let member): member.rawValue
    case .math(let member): member.rawValue
    case .json(let member): member.rawValue
    case .option(let member): member.rawValue
    case .result(let member): member.rawValue
    case .decimal(let member): member.rawValue
    case .map(let member): member.rawValue
    case .hash(let member): member.rawValue
    case .text(let member): member.rawValue
    }
  }

  /// The built-in with a number; nil if there is none.
  public init?(rawValue: UInt16) {
    guard Int(rawValue) < Builtin.allCases.count else { return nil }
    self = Builtin.allCases[Int(rawValue)]
  }

  /// All built-ins, each at the index that is its number.
  public static let allCases: [Builtin] = {
    var all: [Builtin] = []
    for namespace in Namespace.allCases { all += namespace.members }
    all.sort { $0.rawValue < $1.rawValue }
    return all
  }()
}

// MARK: - Names

extension Builtin {
  /// The place of a name: on its own, as a member of a namespace, or as a method of values of the namespace's kind.
  public enum Namespace: UInt8, CaseIterable, Sendable {
    case global, string, array, object, int, math, json, option, result, decimal, map, hash, text

    /// The namespace's name in programs; empty for `global`.
    public var name: StaticString {
      switch self {
      case .global: ""
      case .string: "String"
      case .array: "Array"
      case .object: "Object"
      case .int: "Int"
      case .math: "Math"
      case .json: "JSON"
      case .option: "Option"
      case .result: "Result"
      case .decimal: "Decimal"
      case .map: "Map"
      case .hash: "Hash"
      case .text: "Text"
      }
    }

    /// Everything in this namespace.
    fileprivate var members: [Builtin] {
      switch self {
      case .global: GlobalBuiltin.allCases.map { .global($0) }
      case .string: StringBuiltin.allCases.map { .string($0) }
      case .array: ArrayBuiltin.allCases.map { .array($0) }
      case .object: ObjectBuiltin.allCases.map { .object($0) }
      case .int: IntBuiltin.allCases.map { .int($0) }
      case .math: MathBuiltin.allCases.map { .math($0) }
      case .json: JSONBuiltin.allCases.map { .json($0) }
      case .option: OptionBuiltin.allCases.map { .option($0) }
      case .result: ResultBuiltin.allCases.map { .result($0) }
      case .decimal: DecimalBuiltin.allCases.map { .decimal($0) }
      case .map: MapBuiltin.allCases.map { .map($0) }
      case .hash: HashBuiltin.allCases.map { .hash($0) }
      case .text: TextBuiltin.allCases.map { .text($0) }
      }
    }

    /// The namespace with this name; nil if there is none.
    public static func find(_ name: [UInt8]) -> Namespace? { allCases.first { $0 != .global && $0.name.equals(name) } }
  }

  /// The namespace of the name.
  public var namespace: Namespace {
    switch self {
    case .global: .global
    case .string: .string
    case .array: .array
    case .object: .object
    case .int: .int
    case .math: .math
    case .json: .json
    case .option: .option
    case .result: .result
    case .decimal: .decimal
    case .map: .map
    case .hash: .hash
    case .text: .text
    }
  }

  /// The function or constant `namespace.name` (or the global `name`); nil if there is none.
  public static func find(_ name: [UInt8], in namespace: Namespace) -> Builtin? {
    namespace.members.first { $0.definition.form != .method && $0.definition.name.equals(name) }
  }

  /// The method of Strings (`.string`) or Arrays (`.array`) with this name; nil if there is none.
  public static func findMethod(_ name: [UInt8], of namespace: Namespace) -> Builtin? {
    namespace.members.first { $0.definition.form == .method && $0.definition.name.equals(name) }
  }
}
