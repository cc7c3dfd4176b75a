/// The arguments and result of a built-in, parsed from a line such as `xs.map((T, Int, [T]) => U) => [U]`.
struct Signature: Sendable {
  /// The name as programs write it, without the receiver of a method.
  let name: String
  /// The kind before the dot, or nil if this is not a method.
  let receiver: Kind?
  /// The required arguments.
  let required: [Kind]
  /// The optional arguments.
  let optional: [Kind]
  /// The kind of any further arguments, or nil.
  let rest: Kind?
  /// The result.
  let result: Kind
  /// Whether it is a value rather than a function.
  let isConstant: Bool

  /// The name in coverage tables: `s.at`, `xs.map`, `JSON.parse`.
  var label: String {
    switch receiver {
    case .string: "s.\(name)"
    case nil: name
    default: "xs.\(name)"
    }
  }

  /// Whether it ends the run for an empty String or Array, or for most positions.
  var needsElements: Bool {
    ["at", "with", "charCodeAt", "codePointAt"].contains(name) || name.hasPrefix("reduce") && required.count == 1
  }

  /// The namespace before the dot, or an empty string.
  var namespace: Substring { name.split(separator: ".").count == 2 ? name.split(separator: ".")[0] : "" }

  init(_ line: String) {
    var reader = SignatureReader(line)
    if line.hasPrefix("[") {
      receiver = reader.kind()
      _ = reader.take(".")
      name = reader.word()
    } else {
      let first = reader.word()
      receiver = first == "s" ? .string : nil
      let member = reader.take(".") ? reader.word() : nil
      name = receiver == nil ? first + (member.map { ".\($0)" } ?? "") : member ?? ""
    }
    isConstant = !reader.take("(")
    var (required, optional, rest) = ([Kind](), [Kind](), Kind?.none)
    while !isConstant, !reader.take(")") {
      if reader.take("...") {
        rest = reader.kind()
      } else {
        let kind = reader.kind()
        if reader.take("?") { optional.append(kind) } else { required.append(kind) }
      }
      _ = reader.take(",")
    }
    _ = reader.take("=>")
    (self.required, self.optional, self.rest) = (required, optional, rest)
    result = reader.kind()
  }
}

/// Parses kinds in the notation of `Signature`. The lines are part of this module, so errors are not handled.
private struct SignatureReader {
  private var text: Substring

  init(_ line: String) { text = line[...] }

  mutating func take(_ token: String) -> Bool {
    text = text.drop { $0 == " " }
    guard text.hasPrefix(token) else { return false }
    text = text.dropFirst(token.count)
    return true
  }

  mutating func word() -> String {
    text = text.drop { $0 == " " }
    let word = text.prefix { $0.isLetter || $0.isNumber }
    text = text.dropFirst(word.count)
    return String(word)
  }

  mutating func kind() -> Kind {
    if take("[") {
      let kinds = kinds(until: "]")
      return kinds.count == 1 ? .array(kinds[0]) : .tuple(kinds)
    }
    if take("(") {
      let parameters = kinds(until: ")")
      _ = take("=>")
      return .callback(parameters, kind())
    }
    let name = word()
    let arguments = take("<") ? kinds(until: ">") : []
    switch name {
    case "Bool": return .bool
    case "Int": return .int
    case "Decimal": return .decimal
    case "String": return .string
    case "Defect": return .defect
    case "Failure": return .failure
    case "Option": return .option(arguments[0])
    case "Result": return .result(arguments[0], arguments[1])
    case "Map": return .map(arguments[0], arguments[1])
    case "Record": return .dictionary(arguments[0])
    default: return Kind.Special(rawValue: name).map(Kind.special) ?? .variable(name)
    }
  }

  private mutating func kinds(until end: String) -> [Kind] {
    var kinds: [Kind] = []
    while !take(end) {
      kinds.append(kind())
      _ = take(",")
    }
    return kinds
  }
}

/// The kinds that the open kinds of a signature are bound to.
struct Bindings {
  private var kinds: [String: Kind] = [:]

  /// Whether a kind of the signature can be the wanted one. Binds its open kinds.
  mutating func unify(_ pattern: Kind, _ wanted: Kind) -> Bool {
    switch (pattern, wanted) {
    case (.variable(let name), _):
      if let known = kinds[name] { return known == wanted }
      guard OpenKind(name).admits(wanted) else { return false }
      kinds[name] = wanted
      return true
    case (.array(let a), .array(let b)), (.option(let a), .option(let b)), (.dictionary(let a), .dictionary(let b)):
      return unify(a, b)
    case (.map(let a, let b), .map(let c, let d)), (.result(let a, let b), .result(let c, let d)):
      return unify(a, c) && unify(b, d)
    case (.tuple(let a), .tuple(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { unify($0, $1) }
    default: return pattern == wanted
    }
  }

  /// The kind with all open kinds replaced. `choose` provides kinds for those that are not bound yet, and binds them.
  mutating func close(_ kind: Kind, _ choose: (OpenKind) -> Kind) -> Kind {
    switch kind {
    case .variable(let name):
      let chosen = kinds[name] ?? choose(OpenKind(name))
      kinds[name] = chosen
      return chosen
    case .array(let element): return .array(close(element, choose))
    case .option(let element): return .option(close(element, choose))
    case .dictionary(let element): return .dictionary(close(element, choose))
    case .map(let key, let value): return .map(close(key, choose), close(value, choose))
    case .result(let value, let error): return .result(close(value, choose), close(error, choose))
    case .tuple(let kinds): return .tuple(kinds.map { close($0, choose) })
    case .callback(let parameters, let result):
      return .callback(parameters.map { close($0, choose) }, close(result, choose))
    default: return kind
    }
  }
}

/// What an open kind can be. The first letter of its name says so.
enum OpenKind {
  /// T, U, V: anything.
  case any
  /// E: the error of a Result, which can be anything.
  case error
  /// K: a key of a Map.
  case hashable
  /// S: can be printed as JSON.
  case serializable
  /// P: can be printed in templates.
  case printable
  /// N: Int or Decimal.
  case number

  init(_ name: String) {
    switch name {
    case "K": self = .hashable
    case "S": self = .serializable
    case "P": self = .printable
    case "N": self = .number
    case "E": self = .error
    default: self = .any
    }
  }

  func admits(_ kind: Kind) -> Bool {
    switch self {
    case .any, .error: true
    case .hashable: kind.isHashable
    case .serializable: kind.isSerializable
    case .printable: [.string, .int, .decimal, .bool].contains(kind)
    case .number: [.int, .decimal].contains(kind)
    }
  }
}
