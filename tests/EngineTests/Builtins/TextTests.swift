import Engine
import Foundation
import TestSupport
import Testing

/// Hashes and encodings of strings, compared with Node.js.
@Suite struct TextTests {
  /// The results of Node.js for an expression of each string `s`, whose UTF-8 is `bytes`.
  private func node(_ expression: String, _ texts: [String]) throws -> [String] {
    let script = """
      const crypto = require("crypto");
      const decode = (bytes) => {
        try { return {Ok: new TextDecoder("utf-8", {fatal: true, ignoreBOM: true}).decode(bytes)}; }
        catch { return null; }
      };
      const answer = (s, bytes) => { try { return \(expression); } catch { return null; } };
      const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
      console.log(JSON.stringify(texts.map((s) => JSON.stringify(answer(s, Buffer.from(s, "utf8"))))));
      """
    let input = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    let output = try Workspace().run("node", ["-e", script], input: input).successfulOutput
    return try JSONDecoder().decode([String].self, from: Data(output.utf8))
  }

  /// Expects agreement on all strings. Where Node.js returns null, the engine's Result must be an `Err`.
  private func expectAgreement(_ call: String, _ expression: String, _ texts: [String]) throws {
    for (text, expected) in zip(texts, try node(expression, texts)) {
      let source = "const s = \(Expressions.literal(text)); \(call)"
      let body = try Guest.run(source, budgets: MachineBudgets.small).body
      if expected == "null" {
        #expect(body.hasPrefix(#"{"Err":{"#), "\(source)")
      } else {
        #expect(try canonical(body) == canonical(expected), "\(source)")
      }
    }
  }

  private func canonical(_ json: String) throws -> String {
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys]
    return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
  }

  private func texts(_ count: Int, seed: UInt64, _ alphabets: [String]) -> [String] {
    var random = Expressions(seed: seed)
    return (0..<count).map { _ in
      let alphabet = Array(random.pick(alphabets).unicodeScalars)
      var scalars = String.UnicodeScalarView()
      for _ in 0..<(random.chance(10) ? 50 + random.below(100) : random.below(12)) {
        scalars.append(random.pick(alphabet))
      }
      return String(scalars)
    }
  }

  private let anyText = [
    "ab", "aé日💩", "\u{0}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}", " !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~",
  ]

  @Test func hashesAgreeWithNode() throws {
    let texts =
      texts(100, seed: 61, anyText) + [55, 56, 63, 64, 65, 119, 120, 128].map { String(repeating: "x", count: $0) }
    try expectAgreement("Text.sha256(s)", "crypto.createHash('sha256').update(bytes).digest('hex')", texts)
    try expectAgreement(
      "Text.hmacSha256(s, 'message')", "crypto.createHmac('sha256', bytes).update('message').digest('hex')", texts)
    try expectAgreement(
      "Text.hmacSha256('key', s)", "crypto.createHmac('sha256', 'key').update(bytes).digest('hex')", texts)
  }

  @Test func encodingAgreesWithNodeAndCanBeDecoded() throws {
    let texts = texts(150, seed: 62, anyText)
    try expectAgreement("Text.base64Encode(s)", "bytes.toString('base64')", texts)
    try expectAgreement("Text.base64UrlEncode(s)", "bytes.toString('base64url')", texts)
    try expectAgreement("Text.urlEncode(s)", "encodeURIComponent(s)", texts)
    try expectAgreement("Text.base64Decode(Text.base64Encode(s))", "({Ok: s})", texts)
    try expectAgreement("Text.base64UrlDecode(Text.base64UrlEncode(s))", "({Ok: s})", texts)
    try expectAgreement("Text.urlDecode(Text.urlEncode(s))", "({Ok: s})", texts)
  }

  /// Node.js decodes leniently. A string is strictly valid if encoding the result gives the same string.
  @Test func base64DecodingIsStrict() throws {
    let alphabets = ["QUJD", "Aa0+/=", "Aa0-_", "QUJD=", "4pyTw6k", "_/+- \n="]
    let texts =
      texts(400, seed: 63, alphabets) + ["QQ==", "QR==", "QUI=", "QUJ=", "Q", "QQ", "QQ=", "QQ===", "====", "="]
    for (function, encoding) in [("base64Decode", "base64"), ("base64UrlDecode", "base64url")] {
      try expectAgreement(
        "Text.\(function)(s)",
        "Buffer.from(s, '\(encoding)').toString('\(encoding)') === s ? decode(Buffer.from(s, '\(encoding)')) : null",
        texts)
    }
  }

  @Test func urlDecodingAgreesWithNode() throws {
    let escapes = [
      "%41", "%c3%a9", "%C3", "%", "%4", "%zz", "a", "é", "+", "%e6%97%a5", "%f0%9f%92%a9", "%ed%a0%80", "%00",
    ]
    var random = Expressions(seed: 64)
    let texts = (0..<400).map { _ in (0..<random.below(6)).map { _ in random.pick(escapes) }.joined() }
    try expectAgreement("Text.urlDecode(s)", "({Ok: decodeURIComponent(s)})", texts)
  }

  /// The offset at which decoding fails.
  @Test(arguments: [
    ("Text.base64Decode('QUJD*UJD')", "UnexpectedCharacter", 4), ("Text.base64Decode('QUJDQ')", "UnexpectedEnd", 5),
    ("Text.base64Decode('QR==')", "UnexpectedCharacter", 1), ("Text.base64Decode('QUJD/w==')", "InvalidUtf8", 4),
    ("Text.base64Decode('QUH/')", "InvalidUtf8", 2), ("Text.base64UrlDecode('QQ==')", "UnexpectedCharacter", 2),
    ("Text.base64Decode('Q===')", "UnexpectedCharacter", 1), ("Text.base64UrlDecode('QUJDQ')", "UnexpectedEnd", 5),
    ("Text.urlDecode('é%4')", "InvalidEscape", 2), ("Text.urlDecode('%41é%c3')", "InvalidUtf8", 5),
  ])
  func decodingErrorsNameTheOffset(call: String, code: String, offset: Int) throws {
    let result = try Guest.body("const {Err: {code, offset}} = \(call); [code, offset]")
    #expect(result == #"["\#(code)",\#(offset)]"#)
  }

  @Test func functionsTakeOnlyStringsAndChargeByLength() throws {
    for name in [
      "sha256", "base64Encode", "base64Decode", "base64UrlEncode", "base64UrlDecode", "urlEncode", "urlDecode",
    ] {
      #expect(try Guest.body("Text.\(name)(1)") == #"{"error":"TypeMismatch"}"#)
      let small = try Guest.run("Text.\(name)('a'.repeat(32)); 1").gas
      #expect(try Guest.run("Text.\(name)('a'.repeat(64)); 1").gas == small + 8 + 1)
    }
    #expect(try Guest.body("Text.hmacSha256('a', 1)") == #"{"error":"TypeMismatch"}"#)
  }
}
