// The built-ins of Text: hashes and codings of a String's UTF-8 bytes. Each is paid for by the bytes of its arguments.
//
// What decodes gives a Result: `Err` holds `{code, offset}` as that of `JSON.parse` does, with the same codes, the
// offset in bytes of the text that was given.

extension Machine {
  /// The trap of a call with an argument that is no String; otherwise the charge for the bytes of the arguments.
  private mutating func chargeText(_ call: BuiltinCall) throws(Trap) {
    var count = 0
    for index in 0..<call.count {
      let value = argument(index, of: call)
      guard isString(value) else { throw mismatch(call) }
      count = TextSize.sum(count, knownString(value).byteCount)
    }
    try charge(call, .byteCoding, count)
  }

  /// `{Ok: text}` of a String that lies at the top of the heap, still without its length in code units; or, if it is no
  /// UTF-8, the `Err` for the place in the source that `offset` finds for its first invalid byte.
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

  /// A key of the block's size: a longer one is hashed, zeros follow a shorter one.
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

  /// `Text.base64Encode(text)` (RFC 4648, section 4, with padding) and `Text.base64UrlEncode(text)` (section 5,
  /// without).
  mutating func textBase64Encode(_ coding: Base64, _ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count = coding.encodedCount(knownString(argument(0, of: call)).byteCount)
    let text = try newString(TextSize(byteCount: count, utf16Count: count))
    coding.encode(knownString(argument(0, of: call)), to: text)
    return Value(text.offset)
  }

  /// `Text.base64Decode(text)` and `Text.base64UrlDecode(text)`: a Result. There is one text for each value: the padding
  /// is what the encoding gives, bits that are left over are 0, nothing else stands before, between or after.
  mutating func textBase64Decode(_ coding: Base64, _ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count: Int
    switch coding.decodedCount(knownString(argument(0, of: call))) {
    case .success(let bytes): count = bytes
    case .failure(let defect): return try makeErr(defect)
    }
    let text = try newString(TextSize(byteCount: count, utf16Count: 0))
    coding.decode(knownString(argument(0, of: call)), to: text)
    // Each byte begins in the character with the same place in its group.
    return try decoded(text) { $0 / 3 &* 4 &+ $0 % 3 }
  }

  // MARK: URLs

  /// `Text.urlEncode(text)`: what ECMA-262 19.2.6.4 (encodeURIComponent) does. Letters, digits and `-_.!~*'()` stay.
  mutating func textUrlEncode(_ call: BuiltinCall) throws(Trap) -> Value {
    try chargeText(call)
    let count = URLCoding.encodedCount(knownString(argument(0, of: call)))
    if count == knownString(argument(0, of: call)).byteCount { return argument(0, of: call) }
    let text = try newString(TextSize(byteCount: count, utf16Count: count))
    URLCoding.encode(knownString(argument(0, of: call)), to: text)
    return Value(text.offset)
  }

  /// `Text.urlDecode(text)`: what ECMA-262 19.2.6.2 (decodeURIComponent) does, as a Result.
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
