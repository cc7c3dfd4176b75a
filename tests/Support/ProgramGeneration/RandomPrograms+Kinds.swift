// The kinds of values in programs.
extension RandomPrograms {
  /// Any kind with at most this depth of nested kinds.
  mutating func anyKind(_ depth: Int) -> Kind {
    let functions = depth > 0 && chance(7)
    if functions {
      return .function(many(below(3)) { $0.anyKind(depth - 1) }, anyKind(depth - 1))
    }
    return kind(depth) { $0.anyKind($1) }
  }

  /// The kind of something in scope, or of the result of a function in scope, so that declarations are used.
  mutating func kindInScope() -> Kind {
    guard !scope.isEmpty else { return anyKind(2) }
    let kind = random.pick(scope).kind
    if case .function(_, let result) = kind, chance(85) { return result }
    return kind
  }

  /// A kind whose values can be printed as JSON.
  mutating func serializableKind(_ depth: Int) -> Kind {
    kind(depth, mapKey: .string) { $0.serializableKind($1) }
  }

  /// A kind whose values have CBOR.
  mutating func hashableKind(_ depth: Int) -> Kind { kind(depth) { $0.hashableKind($1) } }

  /// A kind whose values survive a round trip through JSON.
  mutating func requestKind() -> Kind {
    jsonKind(2)
  }

  mutating func jsonKind(_ depth: Int) -> Kind {
    let scalars: [Kind] = [.int, .int, .string, .bool, .null]
    if depth == 0 || chance(40) { return random.pick(scalars) }
    switch below(4) {
    case 0: return .array(jsonKind(depth - 1))
    case 1: return .tuple(many(below(3) + 1) { $0.jsonKind(depth - 1) })
    case 2: return .dictionary(jsonKind(depth - 1))
    default: return .record(fields { $0.jsonKind(depth - 1) })
    }
  }

  /// A kind for an open kind of a signature.
  mutating func kind(for open: OpenKind) -> Kind {
    switch open {
    case .any: anyKind(1)
    case .error: random.pick([.string, .string, .defect, anyKind(0)])
    case .hashable: hashableKind(1)
    case .serializable: serializableKind(1)
    case .printable: random.pick([.string, .int, .bool, .decimal])
    case .number: random.pick([.int, .decimal])
    }
  }

  private mutating func kind(
    _ depth: Int, mapKey: Kind? = nil, _ element: (inout RandomPrograms, Int) -> Kind
  ) -> Kind {
    let scalars: [(weight: Int, value: Kind)] = [
      (40, .int), (28, .string), (18, .bool), (3, .null), (11, .decimal),
    ]
    if depth == 0 || chance(35) { return random.pick(weighted: scalars) }
    switch random.pick(weighted: [(30, 0), (12, 1), (20, 2), (12, 3), (12, 4), (8, 5), (10, 6)]) {
    case 0: return .array(element(&self, depth - 1))
    case 1: return .tuple(many(below(3) + 1) { element(&$0, depth - 1) })
    case 2: return .record(fields { element(&$0, depth - 1) })
    case 3: return .dictionary(element(&self, depth - 1))
    case 4: return .option(element(&self, depth - 1))
    case 5:
      return .result(element(&self, depth - 1), random.pick([.string, .string, .defect, element(&self, depth - 1)]))
    default: return .map(mapKey ?? hashableKind(min(1, depth - 1)), element(&self, depth - 1))
    }
  }

  /// Fields of a Record, with different names. A few Records have so many that a search among them costs more than the
  /// row; those have small values.
  private mutating func fields(_ kind: (inout RandomPrograms) -> Kind) -> [Kind.Field] {
    if chance(4) {
      let names = distinctKeys(3) + (0..<(11 + below(8))).map { "field\($0)" }
      return names.map { Kind.Field(name: $0, kind: random.pick([.int, .string, .bool])) }
    }
    var names = RandomPrograms.keys
    return (0..<(below(3) + 1)).map { _ in
      Kind.Field(name: names.remove(at: below(names.count)), kind: kind(&self))
    }
  }

  /// Names of fields: short ones, one that needs quotes, and one that methods also have.
  static let keys = ["a", "b", "c", "id", "name", "total", "length", "x y", "ключ", "0", "delete"]

  /// Names of 98 bytes with one hash. As long as they have this length, both halves of each pair lead from one hash to
  /// the same one.
  static let collidingKeys = ["Nd$%>aF7S][4K*", "V.aapo17JS'Jt("].flatMap { first in
    ["6!A!H^q0/!J+>/", "9*=)z[@/:;BV+1"].map { second in
      first + second + "f<bb,.KzAL)eUi7#YYa@8&c1ix;MeVK8!Ba#}D_j~57-O)aDG#3-<08:QX+I{25%Y_W1Oq"
    }
  }
}
