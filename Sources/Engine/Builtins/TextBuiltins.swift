// The built-ins of Text: hashes and encodings of a String's UTF-8 bytes. Each charges for the bytes of its arguments.
//
// Functions that decode return a Result. `Err` holds `{code, offset}` as for `JSON.parse`, with the same codes. The
// offset is in bytes of the text that was passed.

extension Machine {
  /// Charges for the bytes of the arguments.
  ///
  /// - Throws: `TypeMismatch` if an argument is not a String.
  private mutating func chargeText(_ call: BuiltinCall) throws(Trap) {
    var count = 0
    for index in 0..<call.count {
      let value = argument(index, of: call)
      guard isString(value) else { throw mismatch(call) }
      count = TextSize.sum(count, knownString(value).byteCount)
    }
    try charge(call, .byteCoding, count)
  }

  /// `{Ok: text}` of a String at the top of the heap that has no length in code units yet. If it is not UTF-8, `Err`
  /// with the place in the source that `offset` returns for its first invalid byte.
  private mutating func decoded(
    _ text: StringView, _ offset: (_ invalidByte: Int) -> Int
  ) throws(Trap) -> Value {
    let invalid = memory.withBytes(at: text.bytes, count: text.byteCount) { UTF8Text.firstInvalidByte(of: $0) }
    if let invalid {
      let defect = JSONDefect(code: .invalidUTF8, offset: offset(invalid))
      heap.release(to: text.offset)
      return try makeErr(defect)
    }
    let value = heap.measured(text)
    return makeOk(try reserve(words: Machine.variantWords, keeping: value))
  }

  // MARK: Hashes

  /// `Text.sha256(text)`: SHA-256 (FIPS 180-4) in lowercase hexadecimal.
  mutating func textSha256(_ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    try reserve(words: Machine.digestWords)
    let string = knownString(argument(0, of: call))
    var hash = SHA256()
    hash.put(memory, string.bytes, count: string.byteCount)
    return write(hash.finish(), to: makeDigestText())
  }

  /// `Text.hmacSha256(key, message)`: HMAC (RFC 2104) with SHA-256, in lowercase hexadecimal.
  mutating func textHmacSha256(_ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    try reserve(words: Machine.digestWords)
    let key = hmacKey(knownString(argument(0, of: call)))
    let message = knownString(argument(1, of: call))
    var inner = SHA256()
    for index in 0..<64 { inner.put(key[index] ^ 0x36) }
    inner.put(memory, message.bytes, count: message.byteCount)
    let digest = inner.finish()
    var outer = SHA256()
    for index in 0..<64 { outer.put(key[index] ^ 0x5c) }
    for index in 0..<32 { outer.put(SHA256.byte(index, of: digest)) }
    return write(outer.finish(), to: makeDigestText())
  }

  /// A key of the block's size: a longer key is hashed, a shorter one is padded with zeros.
  private func hmacKey(_ key: StringView) -> InlineArray<64, UInt8> {
    var block = InlineArray<64, UInt8>(repeating: 0)
    if key.byteCount <= 64 {
      for index in 0..<key.byteCount { block[index] = key[index] }
      return block
    }
    var hash = SHA256()
    hash.put(memory, key.bytes, count: key.byteCount)
    let digest = hash.finish()
    for index in 0..<32 { block[index] = SHA256.byte(index, of: digest) }
    return block
  }

  // MARK: Base64

  /// `Text.base64Encode(text)` (RFC 4648, section 4, with padding) and `Text.base64UrlEncode(text)` (section 5, without
  /// padding).
  mutating func textBase64Encode(_ coding: Base64, _ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count = coding.encodedCount(knownString(argument(0, of: call)).byteCount)
    let text = try newString(TextSize(byteCount: count, utf16Count: count))
    coding.encode(knownString(argument(0, of: call)), to: text)
    return Value(text.offset)
  }

  /// `Text.base64Decode(text)` and `Text.base64UrlDecode(text)`: a Result. Each value has exactly one accepted text:
  /// its padding is that of the encoder, its unused bits are 0, and it has no other characters.
  mutating func textBase64Decode(_ coding: Base64, _ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count: Int
    switch coding.decodedCount(knownString(argument(0, of: call))) {
    case .success(let bytes): count = bytes
    case .failure(let defect): return try makeErr(defect)
    }
    let text = try newString(TextSize(byteCount: count, utf16Count: 0))
    coding.decode(knownString(argument(0, of: call)), to: text)
    // Each byte begins in the character with the same position in its group.
    return try decoded(text) { $0 / 3 &* 4 &+ $0 % 3 }
  }

  // MARK: URLs

  /// `Text.urlEncode(text)`: the same as encodeURIComponent (ECMA-262 19.2.6.4). Letters, digits and `-_.!~*'()` stay
  /// as they are.
  mutating func textUrlEncode(_ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count = URLCoding.encodedCount(knownString(argument(0, of: call)))
    if count == knownString(argument(0, of: call)).byteCount { return argument(0, of: call) }
    let text = try newString(TextSize(byteCount: count, utf16Count: count))
    URLCoding.encode(knownString(argument(0, of: call)), to: text)
    return Value(text.offset)
  }

  /// `Text.urlDecode(text)`: the same as decodeURIComponent (ECMA-262 19.2.6.2), as a Result.
  mutating func textUrlDecode(_ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count: Int
    switch URLCoding.decodedCount(knownString(argument(0, of: call))) {
    case .success(let bytes): count = bytes
    case .failure(let defect): return try makeErr(defect)
    }
    let text = try newString(TextSize(byteCount: count, utf16Count: 0))
    let source = knownString(argument(0, of: call))
    URLCoding.decode(source, to: text)
    return try decoded(text) { URLCoding.sourceOffset(ofDecoded: $0, in: source) }
  }
}
