/// A Decimal in linear memory: header, the lower word, the upper word.
public struct DecimalView: Sendable {
  /// Where it is.
  public let offset: HeapOffset
  /// The number.
  public let number: Decimal128

  /// Words of the object.
  public static let wordCount = 3

  /// - Precondition: there is a Decimal at `offset`.
  @inline(__always)
  public init(_ memory: LinearMemory, _ offset: HeapOffset) {
    assert(ObjectHeader(bits: memory[offset]).is(.decimal), "not a Decimal")
    self.offset = offset
    number = Decimal128(low: memory[offset.advanced(words: 1)], high: memory[offset.advanced(words: 2)])
  }
}

extension Heap {
  /// Makes a Decimal (`DecimalView.wordCount` words).
  public mutating func makeDecimal(_ number: Decimal128) -> Value {
    let offset = allocate(words: DecimalView.wordCount)
    memory[offset] = ObjectHeader(.decimal).bits
    memory[offset.advanced(words: 1)] = number.low
    memory[offset.advanced(words: 2)] = number.high
    return Value(offset)
  }
}

extension Machine {
  /// The value as a Decimal, or nil.
  @inline(__always)
  func decimalOrNil(_ value: Value) -> Decimal128? { memory.decimalOrNil(value) }

  /// The value as a Decimal, or `TypeMismatch`.
  @inline(__always)
  func decimal(_ value: Value) throws(Trap) -> Decimal128 {
    guard let number = decimalOrNil(value) else { throw .typeMismatch }
    return number
  }

  /// Allocates a Decimal.
  mutating func newDecimal(_ number: Decimal128) throws(Trap) -> Value {
    try reserve(words: DecimalView.wordCount)
    return heap.makeDecimal(number)
  }
}
