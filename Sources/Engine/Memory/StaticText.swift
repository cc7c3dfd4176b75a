extension StaticString {
  /// The bytes of the literal.
  public var bytes: [UInt8] {
    withUTF8Buffer { buffer in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(buffer.count)
      for index in buffer.indices { bytes.append(unsafe buffer[index]) }
      return bytes
    }
  }

  /// Whether the literal's bytes are these.
  public func equals(_ other: [UInt8]) -> Bool { equals(other.span) }

  /// Whether the literal's bytes are these.
  public func equals(_ other: Span<UInt8>) -> Bool {
    guard other.count == utf8CodeUnitCount else { return false }
    return withUTF8Buffer { buffer in
      for index in buffer.indices where unsafe buffer[index] != other[index] { return false }
      return true
    }
  }
}
