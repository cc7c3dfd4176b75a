/// What a built-in takes and gives, read from a line such as `xs.map((T, Int, [T]) => U) => [U]`.
struct Signature: Sendable {
  /// The name as programs write it, without the receiver of a method.
  let name: String
  /// The kind before the dot, of a method.
  let receiver: Kind?
  /// The arguments that must be there.
  let required: [Kind]
  /// Those that may be there.
  let optional: [Kind]
  /// Any number of these.
  let rest: Kind?
  /// What it gives.
  let result: Kind
  /// Whether it is a value and no call.
  let isConstant: Bool

  /// The name under which it is counted: `String.at`, `Array.map`, `JSON.parse`.
  var label: String {
    switch receiver {
    case .string: "s.\(name)"
    case nil: name
    default: "xs.\(name)"
    }
  }

  /// Whether it ends the run on a String or an Array without elements, or for most of the positions.
  var needsElements: Bool {
    ["at", "with", "charCodeAt", "codePointAt"].contains(name) || name.hasPrefix("reduce") && required.count == 1
  }

  /// The namespace before the dot, or nothing.
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

/// Reads kinds as `Signature` writes them. The lines are this module's own, so it has no errors.
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

/// What the open kinds of a signature stand for.
struct Bindings {
  private var kinds: [String: Kind] = [:]

  /// Whether a kind of the signature can be the wanted one; what that makes of the open kinds is kept.
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

  /// The kind with nothing open: what is not bound yet is bound to what `choose` gives.
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

/// What an open kind may stand for; its name's first letter says it.
enum OpenKind {
  /// T, U, V: anything.
  case any
  /// E: what an Err holds, anything.
  case error
  /// K: a key of a Map.
  case hashable
  /// S: what prints as JSON.
  case serializable
  /// P: what has a text in templates.
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
