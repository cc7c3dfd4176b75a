/// A Record: its fields in the canonical order of their keys.
struct Record {
  struct Field {
    let key: Text
    let value: Value
  }

  let fields: [Field]

  static var empty: Record { Record([]) }

  /// A Record with fields in any order. If a key occurs more than once, the last field wins.
  init(_ given: [(key: Text, value: Value)]) {
    var latest: [CanonicalKey: (key: Text, value: Value)] = [:]
    for field in given { latest[CanonicalKey(.string(field.key))] = field }
    fields = latest.sorted { $0.key < $1.key }.map { Field(key: $0.value.key, value: $0.value.value) }
  }

  /// The value of a field, or nil.
  subscript(key: Text) -> Value? { fields.first { $0.key == key }?.value }
}

/// A Map: its pairs in the canonical order of their keys.
struct MapValue {
  struct Pair {
    let canonical: CanonicalKey
    let key: Value
    let value: Value
  }

  let pairs: [Pair]

  static var empty: MapValue { MapValue(pairs: []) }

  private init(pairs: [Pair]) { self.pairs = pairs }

  /// The pair of a key, or nil.
  subscript(key: CanonicalKey) -> Pair? { pairs.first { $0.canonical == key } }

  /// The Map with one more pair, which replaces a pair with the same key.
  func setting(_ pair: Pair) -> MapValue {
    let before = pairs.filter { $0.canonical < pair.canonical }
    let after = pairs.filter { pair.canonical < $0.canonical }
    return MapValue(pairs: before + [pair] + after)
  }

  /// The Map without a key.
  func removing(_ key: CanonicalKey) -> MapValue { MapValue(pairs: pairs.filter { $0.canonical != key }) }
}

/// The criteria by which keys are compared and ordered: the kind's tag, the FNV-1a hash of the CBOR, the CBOR bytes.
struct CanonicalKey: Hashable, Comparable {
  let tag: Int
  let hash: UInt64
  let cbor: [UInt8]

  /// - Precondition: the value has CBOR.
  init(_ value: Value) { self.init(value, cbor: CBOR.bytes(of: value)) }

  /// A key whose CBOR is already known.
  init(_ value: Value, cbor: [UInt8]) {
    tag = value.tag
    hash = fnv1a(cbor)
    self.cbor = cbor
  }

  static func < (left: CanonicalKey, right: CanonicalKey) -> Bool {
    if left.tag != right.tag { return left.tag < right.tag }
    if left.hash != right.hash { return left.hash < right.hash }
    return left.cbor.lexicographicallyPrecedes(right.cbor)
  }
}
