// Reads values that may be of any kind. This needs only memory, so it can neither charge nor collect.

extension LinearMemory {
  /// The header of the object that a value refers to; nil if the value is not a reference.
  @inline(__always)
  func header(of value: Value) -> ObjectHeader? {
    value.isReference ? ObjectHeader(bits: self[value.offset]) : nil
  }

  /// Whether a value is a String.
  @inline(__always)
  func isString(_ value: Value) -> Bool {
    guard let header = header(of: value) else { return false }
    return header.is(.string)
  }

  /// Whether two values are Strings.
  @inline(__always)
  func areStrings(_ left: Value, _ right: Value) -> Bool { isString(left) && isString(right) }

  /// Whether a value has a canonical text: a String, an Int, a Decimal or a Bool.
  func hasText(_ value: Value) -> Bool {
    guard let header = header(of: value) else { return value.isInlineInteger || value.isBool }
    return header.is(.string) || header.is(.boxedInteger) || header.is(.decimal)
  }

  /// The value as a String, or `TypeMismatch`.
  @inline(__always)
  func string(_ value: Value) throws(Trap) -> StringView {
    guard isString(value) else { throw .typeMismatch }
    return StringView(self, value.offset)
  }

  /// The value as an Array, or `TypeMismatch`.
  @inline(__always)
  func array(_ value: Value) throws(Trap) -> ArrayView {
    guard let header = header(of: value), header.is(.array) else { throw .typeMismatch }
    return ArrayView(self, value.offset)
  }

  /// The value as a Record, or `TypeMismatch`.
  @inline(__always)
  func record(_ value: Value) throws(Trap) -> RecordView {
    guard let header = header(of: value), header.is(.record) else { throw .typeMismatch }
    return RecordView(self, value.offset)
  }

  /// The value as an Int, or `TypeMismatch`.
  @inline(__always)
  func integer(_ value: Value) throws(Trap) -> Int64 {
    if value.isInlineInteger { return value.inlineInteger }
    guard let header = header(of: value), header.is(.boxedInteger) else { throw .typeMismatch }
    return Int64(bitPattern: self[value.offset.advanced(words: 1)])
  }

  /// The value as a Decimal, or nil.
  @inline(__always)
  func decimalOrNil(_ value: Value) -> Decimal128? {
    guard let header = header(of: value), header.is(.decimal) else { return nil }
    return DecimalView(self, value.offset).number
  }
}
