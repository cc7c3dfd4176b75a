// The built-ins of Hash. ECMAScript has none of them.
//
// Each charges for its row, and then for the CBOR of the value as it is measured.

extension Machine {
  /// `Hash.cbor(value)`: the canonical CBOR in hexadecimal.
  mutating func hashCbor(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let size = try measureCBOR(argument(0, of: call))
    let digits = TextSize.sum(size.byteCount, size.byteCount)
    let room = try reserve(words: StringView.wordCount(byteCount: digits), scratch: size.sortingWords)
    let text = heap.makeString(byteCount: digits, utf16Count: digits)
    var sink = HexSink(text)
    try writeCBOR(argument(0, of: call), to: &sink, sortingAt: room)
    return Value(text.offset)
  }

  /// `Hash.fnv1a(value)`: the 64-bit FNV-1a hash of the canonical CBOR in hexadecimal.
  mutating func hashFnv1a(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let size = try measureCBOR(argument(0, of: call))
    let room = try reserve(words: StringView.wordCount(byteCount: 16), scratch: size.sortingWords)
    let text = heap.makeString(byteCount: 16, utf16Count: 16)
    var hash = FNV1a()
    try writeCBOR(argument(0, of: call), to: &hash, sortingAt: room)
    var sink = HexSink(text)
    for index in 0..<8 { sink.put(UInt8(truncatingIfNeeded: hash.value >> UInt64(56 &- 8 &* index))) }
    return Value(text.offset)
  }

  /// `Hash.sha256(value)`: SHA-256 of the canonical CBOR in hexadecimal. Also charges for hashing the bytes.
  mutating func hashSha256(_ call: BuiltinCall) throws(Trap) -> Value {
    try charge(call)
    let size = try measureCBOR(argument(0, of: call))
    try charge(.byteCoding, size.byteCount)
    let room = try reserve(words: Machine.digestWords, scratch: size.sortingWords)
    let text = makeDigestText()
    var hash = SHA256()
    try writeCBOR(argument(0, of: call), to: &hash, sortingAt: room)
    return write(hash.finish(), to: text)
  }

  /// The number of words of a String of 64 digits.
  static let digestWords = StringView.wordCount(byteCount: 64)

  /// A String for a SHA-256 digest, which the caller must write. Reserved: `digestWords`.
  mutating func makeDigestText() -> StringView { heap.makeString(byteCount: 64, utf16Count: 64) }

  /// Writes a SHA-256 digest in lowercase hexadecimal.
  func write(_ digest: InlineArray<8, UInt32>, to text: StringView) -> Value {
    var sink = HexSink(text)
    for index in 0..<32 { sink.put(SHA256.byte(index, of: digest)) }
    return Value(text.offset)
  }
}
