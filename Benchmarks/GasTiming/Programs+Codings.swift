extension AdversaryProgram {
  private static let long = "const s = 'abcdefgh'.repeat(10000);"

  /// CBOR, hashes, base64, URLs.
  static let codings = [
    AdversaryProgram("Hash.cbor of digits", "Hash.cbor(v)", setup: "const v = Array.from({length: 10000}, () => 1);"),
    AdversaryProgram("Hash.cbor of a string", "Hash.cbor(s)", setup: long),
    AdversaryProgram(
      "Hash.cbor of decimals", "Hash.cbor(v)", setup: "const v = Array.from({length: 1000}, () => Decimal('1.5'));"),
    AdversaryProgram(
      "Hash.cbor of round decimals", "Hash.cbor(v)",
      setup: "const v = Array.from({length: 1000}, () => Decimal('1000000000000000000000000000000000'));"),
    AdversaryProgram(
      "Hash.cbor of long decimals", "Hash.cbor(v)",
      setup: "const v = Array.from({length: 1000}, () => Decimal('1234567890123456.789012345678901234'));"),
    AdversaryProgram(
      "Hash.cbor of empty arrays", "Hash.cbor(v)", setup: "const v = Array.from({length: 10000}, () => []);"),
    AdversaryProgram(
      "Hash.cbor of empty records", "Hash.cbor(v)", setup: "const v = Array.from({length: 10000}, () => ({}));"),
    AdversaryProgram(
      "Hash.cbor of small records", "Hash.cbor(v)", setup: "const v = Array.from({length: 3000}, () => ({a: 1, b: 2}));"
    ),
    AdversaryProgram(
      "Hash.cbor of a large record", "Hash.cbor(v)",
      setup: "const v = Object.fromEntries(Array.from({length: 10000}, (x, i) => [`${i}`, i]));"),
    AdversaryProgram(
      "Hash.cbor of a large map", "Hash.cbor(v)",
      setup: "const v = Map.of(Array.from({length: 50000}, (x, i) => [i, i]));"),
    AdversaryProgram(
      "Hash.cbor of a map of arrays", "Hash.cbor(v)",
      setup: "const v = Map.of(Array.from({length: 10000}, (x, i) => [[i], i]));"),
    AdversaryProgram(
      "Hash.cbor of small maps", "Hash.cbor(v)",
      setup: "const v = Array.from({length: 3000}, () => Map.of([[1, 1], [2, 1]]));"),
    AdversaryProgram("Hash.cbor of a small value", "Hash.cbor(1)"),
    AdversaryProgram("Hash.fnv1a of a string", "Hash.fnv1a(s)", setup: long),
    AdversaryProgram("Hash.fnv1a of digits", "Hash.fnv1a(v)", setup: "const v = Array.from({length: 10000}, () => 1);"),
    AdversaryProgram("Hash.sha256 of a string", "Hash.sha256(s)", setup: long),
    AdversaryProgram(
      "Hash.sha256 of digits", "Hash.sha256(v)", setup: "const v = Array.from({length: 10000}, () => 1);"),
    AdversaryProgram("Hash.sha256 of a small value", "Hash.sha256(1)"),
    AdversaryProgram("Text.sha256", "Text.sha256(s)", setup: long),
    AdversaryProgram("Text.sha256 of nothing", "Text.sha256('')"),
    AdversaryProgram("Text.hmacSha256", "Text.hmacSha256(s, s)", setup: long),
    AdversaryProgram("Text.hmacSha256 of nothing", "Text.hmacSha256('', '')"),
    AdversaryProgram("Text.base64Encode", "Text.base64Encode(s)", setup: long),
    AdversaryProgram(
      "Text.base64Decode", "Text.base64Decode(s)", setup: "const s = Text.base64Encode('abcdefgh'.repeat(10000));"),
    AdversaryProgram(
      "Text.base64Decode of wide text", "Text.base64Decode(s)", setup: "const s = Text.base64Encode('ä'.repeat(10000));"
    ),
    AdversaryProgram(
      "Text.base64Decode of no text", "Text.base64Decode(s)", setup: "const s = 'A'.repeat(40000) + '/w==';"),
    AdversaryProgram("Text.urlEncode", "Text.urlEncode(s)", setup: "const s = '/'.repeat(80000);"),
    AdversaryProgram("Text.urlEncode, nothing to do", "Text.urlEncode(s)", setup: long),
    AdversaryProgram("Text.urlDecode", "Text.urlDecode(s)", setup: "const s = '%2f'.repeat(30000);"),
    AdversaryProgram("Text.urlDecode of plain text", "Text.urlDecode(s)", setup: long),
    AdversaryProgram("Text.urlDecode of no text", "Text.urlDecode(s)", setup: "const s = '%61'.repeat(30000) + '%ff';"),
  ]
}
