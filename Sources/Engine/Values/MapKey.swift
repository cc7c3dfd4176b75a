/// A key of a Map, in the form in which the Map stores it.
///
/// The CBOR of a key decides its place and which keys are equal. For JsonNull, Bool, Int and String it is easy to
/// compute, so the key is stored as the value itself. A key of any other kind is an object. It is made once and shared
/// by all Maps that have the key, so a walk over a Map never walks over its keys:
///
/// ```
///  header                      word 1            word 2   word 3 …
/// ┌───────────────────────────┬─────────────────┬────────┬──────────────────────────────┐
/// │ mapKey, first = CBOR bytes│ hash (no value) │ key    │ CBOR bytes, padded with zeros│
/// └───────────────────────────┴─────────────────┴────────┴──────────────────────────────┘
/// ```
/// A key is read as a sequence of four-bit digits: the kind's tag, the hash with its highest digits first, the bytes of
/// the CBOR. The order of these digits is the canonical order. No CBOR data item is a prefix of another, so the digits
/// of two different keys differ somewhere.
struct MapKey {
  private let memory: LinearMemory
  /// The value, or the object described above.
  let word: Value
  /// The tag of the key's kind.
  let tag: UInt8
  /// FNV-1a of the CBOR.
  let hash: UInt64
  /// The first bytes of the CBOR; nil if they are part of the body.
  private let head: CBORHead?
  /// The other bytes of the CBOR.
  private let body: HeapOffset
  private let bodyCount: Int

  /// Words in front of the bytes of a `mapKey` object.
  static let headerWords = 3

  /// Digits before the first digit of the CBOR.
  static let leadingDigits = 17

  /// Words of a `mapKey` object.
  static func wordCount(byteCount: Int) -> Int { headerWords &+ (byteCount &+ 7) >> 3 }

  /// - Parameter word: JsonNull, a Bool, an Int, a String or a `mapKey` object.
  init(_ memory: LinearMemory, _ word: Value) {
    self.memory = memory
    self.word = word
    let header = word.isReference ? ObjectHeader(bits: memory[word.offset]) : ObjectHeader(bits: 0)
    if header.is(.string) {
      let string = StringView(memory, word.offset)
      (tag, hash) = (Kind.string.rawValue, string.keyHash)
      (head, body, bodyCount) = (CBORHead(.text, count: string.byteCount), string.bytes, string.byteCount)
    } else if header.is(.mapKey) {
      tag = MapKey.tag(ofComposite: ObjectHeader(bits: memory[MapKey.value(memory, word).offset]))
      hash = memory[word.offset.advanced(words: 1)]
      (head, body, bodyCount) = (nil, word.offset.advanced(words: MapKey.headerWords), header.first)
    } else {
      let head = MapKey.head(memory, word)
      var hash = FNV1a()
      hash.put(head)
      tag = (word.isInlineInteger || word.isReference ? Kind.int : word.isBool ? .bool : .jsonNull).rawValue
      self.hash = hash.value
      (self.head, body, bodyCount) = (head, HeapOffset(0), 0)
    }
  }

  /// The CBOR of JsonNull, a Bool or an Int.
  private static func head(_ memory: LinearMemory, _ word: Value) -> CBORHead {
    if word.isInlineInteger { return CBORHead(integer: word.inlineInteger) }
    if word.isReference { return CBORHead(integer: Int64(bitPattern: memory[word.offset.advanced(words: 1)])) }
    return word == .true ? .true : word == .false ? .false : .null
  }

  private static func tag(ofComposite header: ObjectHeader) -> UInt8 {
    switch header.kind {
    case .decimal: Kind.decimal.rawValue
    case .array: Kind.array.rawValue
    case .record: Kind.record.rawValue
    default: Kind.map.rawValue
    }
  }

  /// The key as guests see it.
  static func value(_ memory: LinearMemory, _ word: Value) -> Value {
    guard word.isReference, ObjectHeader(bits: memory[word.offset]).is(.mapKey) else { return word }
    return Value(bits: memory[word.offset.advanced(words: 2)])
  }

  /// Length of the CBOR in bytes.
  var byteCount: Int { (head?.count ?? 0) &+ bodyCount }

  private func byte(_ index: Int) -> UInt8 {
    let headCount = head?.count ?? 0
    if let head, index < headCount { return head[index] }
    return memory[byte: HeapOffset(body.bytes &+ index &- headCount)]
  }

  /// Writes the CBOR to a sink.
  func write<Sink: ByteSink>(to sink: inout Sink) {
    if let head { sink.put(head) }
    sink.put(memory, body, count: bodyCount)
  }

  // MARK: Digits

  /// A digit of the key; 0 after the last one.
  func digit(_ index: Int) -> Int {
    if index == 0 { return Int(tag) }
    if index < MapKey.leadingDigits { return Int(truncatingIfNeeded: hash >> UInt64(64 &- 4 &* index) & 15) }
    let position = index &- MapKey.leadingDigits
    if position >> 1 >= byteCount { return 0 }
    let byte = byte(position >> 1)
    return Int(position & 1 == 0 ? byte >> 4 : byte & 15)
  }

  /// The first digit in which two keys differ, or nil if they are equal.
  func firstDifference(from other: MapKey) -> Int? {
    if word == other.word { return nil }
    if tag != other.tag { return 0 }
    if hash != other.hash { return 1 &+ (hash ^ other.hash).leadingZeroBitCount >> 2 }
    if byteCount == other.byteCount && hasEqualBytes(other) { return nil }
    let index = firstDifferentByte(from: other)
    let isInHighDigit = (byte(index) ^ other.byte(index)) >> 4 != 0
    return MapKey.leadingDigits &+ 2 &* index &+ (isInHighDigit ? 0 : 1)
  }

  /// The index of the first byte of the CBOR in which two different keys of the same kind differ.
  private func firstDifferentByte(from other: MapKey) -> Int {
    let headCount = head?.count ?? 0
    var index = 0
    while index < headCount {
      if byte(index) != other.byte(index) { return index }
      index &+= 1
    }
    // The heads are the same. No CBOR is a prefix of another, so the bodies differ before one of them ends.
    return index &+ memory.firstDifference(body, other.body, byteCount: min(bodyCount, other.bodyCount))
  }

  /// Whether two keys of the same kind, with CBOR of the same length, are equal.
  private func hasEqualBytes(_ other: MapKey) -> Bool {
    if bodyCount > 0 { return memory.equalBytes(body, other.body, byteCount: bodyCount) }
    for index in 0..<byteCount where byte(index) != other.byte(index) { return false }
    return true
  }

  // MARK: Orders

  /// A number that orders keys as far as it goes: the tag, and as much of the hash as there is room for.
  var prefix: UInt64 { UInt64(tag) << 60 | hash >> 4 }

  /// The same for the order of CBOR: the length, if it is below 65,535, and the first six bytes.
  static func prefixInCBOR(_ memory: LinearMemory, _ word: Value) -> UInt64 {
    if let integer = integer(memory, word) {
      let head = CBORHead(integer: integer)
      return UInt64(head.count) << 48 | head.firstSixBytes
    }
    return MapKey(memory, word).prefixInCBOR
  }

  private var prefixInCBOR: UInt64 {
    var prefix = UInt64(min(byteCount, 0xffff))
    if byteCount >= 0xffff { return prefix << 48 }
    for index in 0..<6 { prefix = prefix << 8 | (index < byteCount ? UInt64(byte(index)) : 0) }
    return prefix
  }

  /// Whether this key comes before another in canonical order.
  func precedes(_ other: MapKey) -> Bool {
    guard let index = firstDifference(from: other) else { return false }
    return digit(index) < other.digit(index)
  }

  /// Whether the first of two keys comes before the second in CBOR (RFC 7049, section 3.9).
  static func precedesInCBOR(_ memory: LinearMemory, _ left: Value, _ right: Value) -> Bool {
    if let a = integer(memory, left), let b = integer(memory, right) {
      return CBORHead(integer: a).precedes(CBORHead(integer: b))
    }
    if isString(memory, left) && isString(memory, right) {
      let (a, b) = (StringView(memory, left.offset), StringView(memory, right.offset))
      if a.byteCount != b.byteCount { return a.byteCount < b.byteCount }
      return memory.compareBytes(a.bytes, b.bytes, byteCount: a.byteCount) < 0
    }
    let (a, b) = (MapKey(memory, left), MapKey(memory, right))
    if a.byteCount != b.byteCount { return a.byteCount < b.byteCount }
    if a.head == nil && b.head == nil { return memory.compareBytes(a.body, b.body, byteCount: a.byteCount) < 0 }
    for index in 0..<a.byteCount where a.byte(index) != b.byte(index) { return a.byte(index) < b.byte(index) }
    return false
  }

  /// The value of a key that is an Int; nil for any other.
  @inline(__always)
  private static func integer(_ memory: LinearMemory, _ word: Value) -> Int64? {
    if word.isInlineInteger { return word.inlineInteger }
    guard word.isReference, ObjectHeader(bits: memory[word.offset]).is(.boxedInteger) else { return nil }
    return Int64(bitPattern: memory[word.offset.advanced(words: 1)])
  }

  @inline(__always)
  private static func isString(_ memory: LinearMemory, _ word: Value) -> Bool {
    word.isReference && ObjectHeader(bits: memory[word.offset]).is(.string)
  }
}
