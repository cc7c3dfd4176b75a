/// Reading and building Arrays and Records, where this charges: see `RunningMachine.charging`.
extension Machine {
  // MARK: Reading

  /// The value of a field whose key is interned, or `NoSuchField`. Charges for the search if there are many fields.
  mutating func field(_ key: Value, of record: RecordView) throws(Trap) -> Value {
    let index = try fieldIndex(ofInterned: key, record.shape)
    if index < 0 { throw noSuchField(key) }
    return record[index]
  }

  /// The index of a key that is interned in the image, or -1. In a small Record, its place costs nothing beyond the row
  /// that is charged already. In a large one, the search is charged here.
  private mutating func fieldIndex(ofInterned key: Value, _ shape: ShapeView) throws(Trap) -> Int {
    guard shape.isLarge else { return shape.index(ofInterned: key) }
    let string = StringView(memory, key.offset)
    try charge(BulkWork.searchUnits(forKeyOf: string.byteCount, among: shape.count))
    return shape.index(of: string, hash: string.knownKeyHash)
  }

  /// `a.key` where `a` is not a small Record with that field: a field of a large one, the `length` of a String or an Array,
  /// or an error.
  @inline(never)
  mutating func getFieldSlowly(_ object: Value, _ key: Value) throws(Trap) -> Value {
    switch memory.kind(of: object) {
    case .record:
      return try field(key, of: RecordView(memory, object.offset))
    case .string:
      if isLength(key) { return Value(small: StringView(memory, object.offset).utf16Count) }
    case .array:
      if isLength(key) { return Value(small: ArrayView(memory, object.offset).count) }
    case .jsonNull, .bool, .int, .decimal, .map, .function, .undefined:
      throw .typeMismatch
    }
    throw noSuchField(key)
  }

  private func isLength(_ key: Value) -> Bool {
    let shape = ShapeView(memory, image.constant(LibraryConstant.lengthShape).offset)
    return shape[0] == key
  }

  /// The `NoSuchField` trap, with the key in its details.
  mutating func noSuchField(_ key: Value) -> Trap {
    trapDetail = (key, .undefined)
    return .noSuchField
  }

  /// The `IndexOutOfRange` trap, with index and length in its details.
  mutating func indexOutOfRange(_ index: Int64, length: Int) -> Trap {
    // The details must need no memory, so the index is not boxed: the word holds its 64 bits.
    trapDetail = (Value(bits: UInt64(bitPattern: index)), Value(small: length))
    return .indexOutOfRange
  }

  /// The price of `a[e]`. It depends on the kind of `a`; for a String that is not all ASCII, also on the index; for a
  /// Record, also on the key.
  func indexCharge(_ object: Value, _ index: Value) -> Int {
    switch kind(of: object) {
    case .array: GasRow.arrayAccess.cost
    case .string: stringIndexCharge(object, index)
    default: keyCharge(object, index)
    }
  }

  /// The price of reading a field by a computed key: the key is hashed, and searched among the fields.
  @inline(__always)
  func keyCharge(_ object: Value, _ key: Value) -> Int {
    guard kind(of: object) == .record, isString(key) else { return GasRow.propAccess.cost }
    let bytes = StringView(memory, key.offset).byteCount
    return GasRow.propAccess.cost &+ BulkWork.canonicalText.units(bytes)
      &+ BulkWork.searchUnits(forKeyOf: bytes, among: RecordView(memory, object.offset).count)
  }

  /// `a[e]` where it is not an element of an Array: fields, characters, errors. The interpreter has charged
  /// ARRAY_ACCESS; this is replaced with the actual charge.
  @inline(never)
  mutating func getIndexSlowly(_ object: Value, _ index: Value) throws(Trap) -> Value {
    gas &+= Int64(GasRow.arrayAccess.cost)
    switch kind(of: object) {
    case .array:
      try charge(GasRow.arrayAccess.cost)
      throw indexOutOfRange(try integer(index), length: ArrayView(memory, object.offset).count)
    case .string:
      return try characterAt(object, index)
    case .record:
      try charge(keyCharge(object, index))
      return try computedField(object, index)
    default:
      try charge(GasRow.propAccess.cost)
      throw .typeMismatch
    }
  }

  // MARK: Patterns

  /// The field of a Record that a pattern names, or `NoSuchField`.
  mutating func takeField(_ object: Value, _ key: Value) throws(Trap) -> Value {
    try field(key, of: memory.record(object))
  }

  /// The field of a Record that a pattern names, or `undefined`.
  mutating func takeFieldOrUndefined(_ object: Value, _ key: Value) throws(Trap) -> Value {
    let record = try memory.record(object)
    let index = try fieldIndex(ofInterned: key, record.shape)
    return index < 0 ? .undefined : record[index]
  }

  /// Charges for a computed key in a pattern. The interpreter has charged PROP_ACCESS; this is replaced with the actual
  /// charge.
  private mutating func chargeKey(_ object: Value, _ key: Value) throws(Trap) {
    gas &+= Int64(GasRow.propAccess.cost)
    try charge(keyCharge(object, key))
  }

  /// The field that a computed key in a pattern names, or `NoSuchField`.
  mutating func takeComputed(_ object: Value, _ key: Value) throws(Trap) -> Value {
    try chargeKey(object, key)
    return try computedField(object, key)
  }

  private mutating func computedField(_ object: Value, _ key: Value) throws(Trap) -> Value {
    let (record, string) = (try record(object), try string(key))
    let index = record.shape.index(of: string)
    if index < 0 { throw noSuchField(key) }
    return record[index]
  }

  /// The field that a computed key in a pattern names, or `undefined`.
  mutating func takeComputedOrUndefined(_ object: Value, _ key: Value) throws(Trap) -> Value {
    try chargeKey(object, key)
    let (record, string) = (try record(object), try string(key))
    let index = record.shape.index(of: string)
    if index >= 0 { return record[index] }
    // In ECMAScript, this would find an inherited function and not use the default.
    if InheritedNames.contains(string) { throw noSuchField(key) }
    return .undefined
  }

  /// The elements of the Array in register `source`, from index `start` on.
  mutating func takeRestElements(of r: Registers, _ source: Int, from start: Int) throws(Trap) -> Value {
    guard isArray(r[source]) else {
      try charge(GasRow.arrayNew.cost)
      throw .typeMismatch
    }
    let count = max(0, knownArray(r[source]).count &- start)
    try charge(row: .arrayNew, .elements, count)
    try reserve(words: ArrayView.headerWords &+ count)
    let array = ArrayView(memory, r[source].offset)
    let rest = heap.makeArray(count: count)
    if count > 0 {
      memory.copy(from: array.elements.advanced(words: start), to: rest.elements, byteCount: count &* 8)
    }
    return Value(rest.offset)
  }

  /// The fields of the Record in register `source`, except those whose keys are in the `count` registers from `keys`
  /// on.
  mutating func takeRestFields(of r: Registers, _ source: Int, except keys: Int, count: Int) throws(Trap) -> Value {
    guard isRecord(r[source]) else {
      try charge(GasRow.objectNew.cost)
      throw .typeMismatch
    }
    let fields = try record(r[source]).count
    var keyBytes = 0
    for taken in 0..<count {
      keyBytes = TextSize.sum(keyBytes, StringView(memory, r[keys &+ taken].offset).byteCount)
    }
    try charge(
      GasRow.objectNew.cost &+ BulkWork.elements.units(2 &* fields)
        &+ BulkWork.steps.units(TextSize.product(count, Int64(BulkWork.steps(among: fields))))
        &+ BulkWork.keyComparison.units(BulkWork.comparison(of: keyBytes, among: fields)))
    try reserve(words: 1 &+ RecordView.headerWords &+ 2 &* fields)
    let record = RecordView(memory, r[source].offset)
    let shape = heap.makeShape(count: fields)
    for index in 0..<fields { shape[index] = record.shape[index] }
    // Removes the keys that were taken, each found by a search, and then closes the gaps.
    for taken in 0..<count {
      let index = record.shape.index(of: StringView(memory, r[keys &+ taken].offset))
      if index >= 0 { shape[index] = .undefined }
    }
    var kept = 0
    for index in 0..<fields where shape[index] != .undefined {
      shape[kept] = shape[index]
      kept &+= 1
    }
    heap.shrink(shape, to: kept)
    let rest = heap.makeRecord(shape: ShapeView(memory, shape.offset))
    var position = 0
    for index in 0..<fields where position < kept && record.shape[index] == rest.shape[position] {
      rest[position] = record[index]
      position &+= 1
    }
    return Value(rest.offset)
  }

  // MARK: Building

  /// An Array literal with spreads. `pieces` says for each register whether it holds a single value or a value to
  /// spread.
  mutating func buildArray(_ values: Registers, pieces: Value) throws(Trap) -> Value {
    let pieces = ArrayView(memory, pieces.offset)
    // A String is charged by its bytes; their number is known without decoding it.
    var given = 0
    for index in 0..<pieces.count {
      given = TextSize.sum(given, pieces[index] == LiteralPiece.single.word ? 1 : size(ofSpread: values[index]))
    }
    try charge(row: .arrayNew, .elements, given)
    var (count, words) = (0, ArrayView.headerWords)
    for index in 0..<pieces.count {
      if pieces[index] == LiteralPiece.single.word {
        count &+= 1
      } else {
        let (elements, extra) = spreadSize(values[index])
        count &+= elements
        words &+= extra
      }
    }
    if count > ObjectHeader.maximum { throw .memoryExhausted }
    try reserve(words: words &+ count)
    let array = heap.makeArray(count: count)
    var target = 0
    for index in 0..<pieces.count {
      if pieces[index] == LiteralPiece.single.word {
        array[target] = values[index]
        target &+= 1
      } else {
        target = spread(values[index], into: array, at: target)
      }
    }
    return Value(array.offset)
  }

  /// The most words that each byte of a String takes when its characters become Strings: ASCII characters are constants
  /// of the image, and others have at least two bytes.
  static let characterWords: Int64 = 2

  /// The number of elements of a spread Array, or of words for a spread String.
  private func size(ofSpread value: Value) -> Int {
    isString(value)
      ? TextSize.product(StringView(memory, value.offset).byteCount, Machine.characterWords)
      : ArrayView(memory, value.offset).count
  }

  /// The number of elements that a spread Array or String has, and the words to allocate for them.
  private func spreadSize(_ value: Value) -> (count: Int, words: Int) {
    guard isString(value) else { return (ArrayView(memory, value.offset).count, 0) }
    let string = StringView(memory, value.offset)
    return (codePointCount(of: string), codePointWords(of: string))
  }

  private mutating func spread(_ value: Value, into array: ArrayView, at target: Int) -> Int {
    if isString(value) { return spreadCodePoints(of: StringView(memory, value.offset), into: array, at: target) }
    let source = ArrayView(memory, value.offset)
    memory.copy(
      from: source.elements, to: array.elements.advanced(words: target), byteCount: source.count &* 8)
    return target &+ source.count
  }

  /// A Record literal with spreads or computed keys, or a large one. `pieces` has a `LiteralPiece` for each part. A
  /// computed key and its value take two registers. A Record to spread, or one with the fields that the literal writes
  /// out, takes one. If a key occurs again, its value replaces the earlier one.
  ///
  /// Charges for the fields given. If they come in more than one part, it also charges for the keys of a new shape, for
  /// ordering the fields, for hashing the computed keys, and for comparing all keys.
  mutating func buildRecord(_ values: Registers, pieces: Value) throws(Trap) -> Value {
    let pieces = ArrayView(memory, pieces.offset)
    let isMerged = pieces.count != 1 || pieces[0] != LiteralPiece.written.word
    var (count, computedBytes, keyBytes) = (0, 0, 0)
    var register = 0
    for index in 0..<pieces.count {
      if pieces[index] == LiteralPiece.single.word {
        count &+= 1
        let bytes = StringView(memory, values[register].offset).byteCount
        computedBytes = TextSize.sum(computedBytes, bytes)
        keyBytes = TextSize.sum(keyBytes, bytes)
        register &+= 2
      } else {
        let shape = try record(values[register]).shape
        for field in 0..<shape.count { keyBytes = TextSize.sum(keyBytes, shape.key(at: field).byteCount) }
        count &+= shape.count
        register &+= 1
      }
    }
    if count > ObjectHeader.maximum { throw .memoryExhausted }
    let units =
      isMerged
      ? BulkWork.mergingUnits(fields: count, keyBytes: keyBytes) &+ BulkWork.canonicalText.units(computedBytes)
      : BulkWork.elements.units(count)
    try charge(GasRow.objectNew.cost &+ units)
    var builder = try RecordBuilder(capacity: count, machine: &self)
    register = 0
    for index in 0..<pieces.count {
      if pieces[index] == LiteralPiece.single.word {
        builder.append(key: image.interned(StringView(memory, values[register].offset)), value: values[register &+ 1])
        register &+= 2
      } else {
        let record = RecordView(memory, values[register].offset)
        for field in 0..<record.count { builder.append(key: record.shape[field], value: record[field]) }
        register &+= 1
      }
    }
    return builder.finish(machine: &self)
  }
}
