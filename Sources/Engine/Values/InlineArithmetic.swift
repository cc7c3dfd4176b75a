// Operators on inline integers, computed on whole words. The interpreter uses them without looking at objects.

extension Value {
  /// The word as a signed number. Inline integers have the same order as these numbers.
  @inline(__always)
  var signedBits: Int64 { Int64(bitPattern: bits) }

  /// The sum of two inline integers; meaningless if either is not inline.
  @inline(__always)
  func addingInline(_ other: Value) -> (Value, overflow: Bool) {
    let (sum, overflow) = signedBits.addingReportingOverflow(other.signedBits &- 1)
    return (Value(bits: UInt64(bitPattern: sum)), overflow)
  }

  /// The difference of two inline integers; meaningless if either is not inline.
  @inline(__always)
  func subtractingInline(_ other: Value) -> (Value, overflow: Bool) {
    let (difference, overflow) = signedBits.subtractingReportingOverflow(other.signedBits &- 1)
    return (Value(bits: UInt64(bitPattern: difference)), overflow)
  }

  /// The product of two inline integers; meaningless if either is not inline.
  @inline(__always)
  func multipliedInline(_ other: Value) -> (Value, overflow: Bool) {
    let (product, overflow) = (signedBits &- 1).multipliedReportingOverflow(by: other.signedBits >> 1)
    return (Value(bits: UInt64(bitPattern: product | 1)), overflow)
  }
}
