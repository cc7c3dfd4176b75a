/// Reading and building Arrays and Records where that charges: see `RunningMachine.charging`.
extension Machine {
  // MARK: Reading

  /// The value of a field whose key is interned, or `NoSuchField`.
  mutating func field(_ key: Value, of record: RecordView) throws(Trap) -> Value {
    let index = record.shape.index(ofInterned: key)
    if index < 0 { throw noSuchField(key) }
    return record[index]
  }

  /// The trap, with the key in its details.
  mutating func noSuchField(_ key: Value) -> Trap {
    trapDetail = (key, .undefined)
    return .noSuchField
  }

  /// The trap, with index and length in its details.
  mutating func indexOutOfRange(_ index: Int64, length: Int) -> Trap {
    // The details outlive every budget, so the index is not boxed: its bits stand for themselves.
    trapDetail = (Value(bits: UInt64(bitPattern: index)), Value(small: length))
    return .indexOutOfRange
  }

  /// What `a[e]` costs: by the kind of `a`, on a String that is not all ASCII by the place, on a Record by the key.
  func indexCharge(_ object: Value, _ index: Value) -> Int {
    switch kind(of: object) {
    case .array: GasRow.arrayAccess.cost
    case .string: stringIndexCharge(object, index)
    default: keyCharge(object, index)
    }
  }

  /// What taking a field costs by a key that is computed: the bytes of the key are hashed and compared.
  @inline(__always)
  func keyCharge(_ object: Value, _ key: Value) -> Int {
    guard kind(of: object) == .record, isString(key) else { return GasRow.propAccess.cost }
    return GasRow.propAccess.cost &+ BulkWork.canonicalText.units(StringView(memory, key.offset).byteCount)
  }

  /// `a[e]` where it is not an element of an Array: fields, characters, errors. The interpreter has charged
  /// ARRAY_ACCESS, which is taken back for the real charge.
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

  /// The charge of a computed key in a pattern, whose PROP_ACCESS the interpreter has charged.
  private mutating func chargeKey(_ object: Value, _ key: Value) throws(Trap) {
    gas &+= Int64(GasRow.propAccess.cost)
    try charge(keyCharge(object, key))
  }

  /// The field of a Record with a computed key that a pattern names, or `NoSuchField`.
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

  /// The field of a Record with a computed key that a pattern names, or `undefined`.
  mutating func takeComputedOrUndefined(_ object: Value, _ key: Value) throws(Trap) -> Value {
    try chargeKey(object, key)
    let (record, string) = (try record(object), try string(key))
    let index = record.shape.index(of: string)
    if index >= 0 { return record[index] }
    // ECMAScript would find an inherited function here, and not take the default.
    if InheritedNames.contains(string) { throw noSuchField(key) }
    return .undefined
  }

  /// The elements of the Array in register `source` from `start` on.
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

  /// The Record in register `source` without the keys in `count` registers from `keys` on.
  mutating func takeRestFields(of r: Registers, _ source: Int, except keys: Int, count: Int) throws(Trap) -> Value {
    guard isRecord(r[source]) else {
      try charge(GasRow.objectNew.cost)
      throw .typeMismatch
    }
    let fields = try record(r[source]).count
    try charge(row: .objectNew, .elements, fields)
    try reserve(words: 1 &+ RecordView.headerWords &+ 2 &* fields)
    let record = RecordView(memory, r[source].offset)
    let shape = heap.makeShape(count: fields)
    for index in 0..<fields { shape[index] = record.shape[index] }
    // Keys that were taken are struck out, each found at once; the others move up.
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

  /// An Array literal with spreads: `pieces` says of each register whether it is a single value or one to spread.
  mutating func buildArray(_ values: Registers, pieces: Value) throws(Trap) -> Value {
    let pieces = ArrayView(memory, pieces.offset)
    // A String is charged by its bytes, which are known without walking.
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

  /// The elements of an Array, or the bytes of a String, that is spread.
  private func size(ofSpread value: Value) -> Int {
    isString(value) ? StringView(memory, value.offset).byteCount : ArrayView(memory, value.offset).count
  }

  /// How many elements an Array or a String gives when it is spread, and words that have to be allocated for them.
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

  /// A Record literal with spreads or computed keys, or a large one: `pieces` has a `LiteralPiece` for each
  /// part: a key with its value takes two registers, a Record to spread or one that the literal writes out takes one. A key that comes again replaces the value.
  ///
  /// Charges for the fields given; if there is more than what the literal writes out, also for putting them in order, for
  /// hashing the computed keys, and for comparing those of spread Records.
  mutating func buildRecord(_ values: Registers, pieces: Value) throws(Trap) -> Value {
    let pieces = ArrayView(memory, pieces.offset)
    var (count, computedBytes, spreadBytes, isMerged) = (0, 0, 0, false)
    var register = 0
    for index in 0..<pieces.count {
      let isWritten = pieces[index] == LiteralPiece.written.word
      isMerged = isMerged || !isWritten
      if pieces[index] == LiteralPiece.single.word {
        count &+= 1
        computedBytes = TextSize.sum(computedBytes, StringView(memory, values[register].offset).byteCount)
        register &+= 2
      } else {
        let shape = try record(values[register]).shape
        if !isWritten {
          for field in 0..<shape.count { spreadBytes = TextSize.sum(spreadBytes, shape.key(at: field).byteCount) }
        }
        count &+= shape.count
        register &+= 1
      }
    }
    if count > ObjectHeader.maximum { throw .memoryExhausted }
    let merging =
      BulkWork.ordering.units(BulkWork.ordering(of: count)) &+ BulkWork.canonicalText.units(computedBytes)
      &+ BulkWork.stringComparison.units(spreadBytes)
    try charge(GasRow.objectNew.cost &+ BulkWork.elements.units(count) &+ (isMerged ? merging : 0))
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
