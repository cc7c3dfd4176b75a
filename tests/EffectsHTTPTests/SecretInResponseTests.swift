import EffectsHTTP
import Foundation
import Host
import TestSupport
import Testing

/// Responses that repeat a header that the host adds to requests. Python produces the forms that a secret can take.
@Suite struct SecretInResponseTests {
  private static let token = #"tok-3n/Wq+8"z~%aB\_x9"#
  private static let password = "pass/w?rd+9 z"

  /// Prints a name and the bytes of each form that a part of a secret can take.
  private static let forms = #"""
    import base64, json, sys, urllib.parse
    part = sys.argv[1].encode()
    text = part.decode()
    forms = {"plain": text, "JSON": json.dumps({"echo": text}), "JSON with a slash": json.dumps(text).replace("/", "\\/"),
      "JSON in numbers": "".join(f"\\u{b:04x}" for b in part), "in capital numbers": "".join(f"\\u{b:04X}" for b in part),
      "percent": urllib.parse.quote(text, safe=""), "all percent": "".join(f"%{b:02x}" for b in part),
      "form": urllib.parse.quote_plus(text), "hex": part.hex(), "capital hex": part.hex().upper()}
    for count in range(3):
      for alphabet, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
        code = encode(b"ab"[:count] + part + b"tail").decode()
        forms[f"{alphabet} behind {count}"] = code
        forms[f"{alphabet} behind {count} in JSON"] = json.dumps(code).replace("/", "\\/")
        forms[f"{alphabet} behind {count} in percent"] = urllib.parse.quote(code, safe="")
      forms[f"base64 behind {count} in lines"] = base64.encodebytes(b"x" * (48 + count) + part).decode()
    for name, form in forms.items(): print(json.dumps([name, form.encode().hex()]))
    """#

  private func forms(of part: String, in folder: Workspace) throws -> [(name: String, hex: String)] {
    try folder.run("python3", ["-c", Self.forms, part]).successfulOutput.split(separator: "\n").map { line in
      let pair = try JSONDecoder().decode([String].self, from: Data(line.utf8))
      return (pair[0], pair[1])
    }
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  private func header(_ value: String) throws -> HTTPGrant.Header {
    try #require(HTTPGrant.Header("Authorization", value))
  }

  private func hex(_ text: String) -> String { text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

  /// The error code of a response with this body or header field, both in hexadecimal.
  private func code(_ desk: HTTPDesk, _ http: HttpOutEffect, body: String = "", field: String = "") -> String? {
    let head = hex("HTTP/1.1 200 OK\r\n") + field + hex("\r\nContent-Length: \(body.count / 2)\r\n\r\n")
    return desk.call(http, "get", .string("\(desk.base)/raw?hex=\(head)\(body)")).error?.code
  }

  /// A secret, and the parts of it that must not come back.
  static let secrets: [(value: String, parts: [String])] = [
    ("Bearer \(token)", [token, "Bearer \(token)"]), (token, [token]),
    ("Basic \(base64("user:\(password)"))", [base64("user:\(password)"), "user:\(password)", password]),
    ("bASIC \(base64("a-user:short"))", [base64("a-user:short"), "a-user:short"]),
    ("Token  two words", ["two words"]), ("one two", []), ("x 12345678", ["12345678"]), ("12345 67", ["12345 67"]),
  ]

  @Test(arguments: secrets) func noPartComesBackInAnyForm(value: String, parts: [String]) throws {
    let desk = try HTTPDesk()
    let http = try desk.effect(secrets: [try header(value)])
    for part in parts {
      for form in try forms(of: part, in: desk.folder) {
        #expect(code(desk, http, body: hex("<") + form.hex + hex(">")) == "SecretInResponse", "\(form.name) of \(part)")
        if form.name.contains("lines") { continue }
        let field = hex("X-Echo: ") + form.hex
        #expect(code(desk, http, field: field) == "SecretInResponse", "\(form.name) of \(part) in a header")
      }
    }
  }

  @Test func namesOfHeadersAreSearchedInAnyCase() throws {
    let desk = try HTTPDesk()
    let secret = "Tok-3nWq_8zAB.x9"
    let http = try desk.effect(secrets: [try header("Bearer \(secret)")])
    let base64 = Self.base64("ab\(secret)").replacing("=", with: "")
    for name in [secret, secret.lowercased(), "X-\(secret.uppercased())-Y", hex(secret), "A%2D\(secret)", base64] {
      #expect(code(desk, http, field: hex("\(name): 1")) == "SecretInResponse", "\(name)")
    }
  }

  /// Only a whole part counts as a hit. Otherwise a program could guess a secret piece by piece.
  @Test(arguments: [
    (
      "Bearer \(token)",
      ["Bearer", "Bearer tok-3n/", String(token.dropLast()), String(token.dropFirst()), token.uppercased()]
    ),
    (
      "Basic \(base64("a-long-user-name:\(password)"))",
      ["Basic", "a-long-user-name", "a-long-user-name:pass", "pass/w?r"]
    ),
    // Too short to be searched for.
    ("Bearer tok1234", ["tok1234"]), ("abc1234", ["abc1234"]), ("Basic \(base64("u:pass"))", ["u:pass", "pass"]),
  ])
  func piecesOfASecretAreNoHits(value: String, pieces: [String]) throws {
    let desk = try HTTPDesk()
    let http = try desk.effect(secrets: [try header(value)])
    for piece in pieces {
      for form in try forms(of: piece, in: desk.folder) where !form.name.contains("base64") {
        #expect(code(desk, http, body: hex("<") + form.hex + hex(">")) == nil, "\(form.name) of \(piece)")
      }
    }
  }

  /// One server must not reveal another server's secret to a program. The location of a redirection is part of the
  /// response.
  @Test func secretsAreFoundInOtherServersAndInLocations() throws {
    let folder = try Workspace()
    let (server, other) = (try LoopbackServer(in: folder), try LoopbackServer(in: folder))
    let (base, foreign) = ("http://127.0.0.1:\(server.port)", "http://127.0.0.1:\(other.port)")
    let http = try HttpOutEffect([
      try #require(HTTPGrant(base, secrets: [header("Bearer s3cret-token")])), try #require(HTTPGrant(foreign)),
    ])
    let scope = try HTTPDesk()
    for url in ["\(foreign)/s3cret-token", "\(base)/redirect?to=\(foreign)/s3cret-token"] {
      #expect(scope.call(http, "get", .string(url)).error?.code == "SecretInResponse", "\(url)")
    }
    #expect(other.requests == ["GET /s3cret-token "])
  }

  @Test(arguments: [
    ("authorization", ""), ("host", "example.com"), ("Content-Length", "1"), ("transfer-encoding", "chunked"),
    ("Connection", "close"), ("TE", "trailers"), ("trailer", "x"), ("upgrade", "h2c"), ("expect", "100-continue"),
    ("keep-alive", "1"), ("proxy-authorization", "Basic x"),
  ])
  func headersOfTheConnectionCannotBeSecrets(name: String, value: String) throws {
    let header = try #require(HTTPGrant.Header(name, value))
    #expect(HTTPGrant("example.com", secrets: [header]) == nil)
  }
}
