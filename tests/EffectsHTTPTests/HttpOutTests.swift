import EffectsHTTP
import Host
import OperatingSystem
import TestSupport
import Testing

/// `HttpOut` with a real server on this machine.
@Suite struct HttpOutTests {
  private let scope = RequestScope(
    identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), seed: Hash256(of: []))

  private func effect(
    _ servers: [String], limits: HTTPLimits = .standard, secrets: [HTTPGrant.Header] = [], authorities: String? = nil
  ) throws -> HttpOutEffect {
    try HttpOutEffect(
      try servers.map { try #require(HTTPGrant($0, secrets: secrets), "\($0)") }, limits: limits,
      authorities: authorities)
  }

  private func call(_ effect: HttpOutEffect, _ operation: String, _ arguments: CBORValue...) -> EffectResult {
    effect.perform(HostCall(operation: operation, arguments: arguments, sequence: 0), in: scope)
  }

  private func code(_ result: EffectResult) -> String? { result.error?.code }

  @Test func methodsBodiesAndHeadersReachTheServer() throws {
    let server = try LoopbackServer(in: try Workspace())
    let base = "http://127.0.0.1:\(server.port)"
    let http = try effect([base])
    let url = CBORValue.string("\(base)/echo?a=1")
    let got = try call(http, "get", url, ["X-Mine": "yes"]).get()
    #expect(got["status"] == 200 && got["headers"]?["x-twice"] == "one")
    #expect(got["body"]?.text?.contains(#""x-mine": "yes""#) == true)
    #expect(got["body"]?.text?.contains(#""host": "127.0.0.1:\#(server.port)""#) == true)
    #expect(try call(http, "post", url, "\u{e9}=1").get()["body"]?.text?.contains(#""body": "\u00e9=1""#) == true)
    _ = try call(http, "put", url, "two", ["content-type": "text/plain"]).get()
    _ = try call(http, "delete", url).get()
    _ = try call(http, "request", ["method": "PATCH", "url": url, "body": "three"]).get()
    #expect(try call(http, "request", ["method": "HEAD", "url": url]).get()["body"] == "")
    #expect(try call(http, "get", .string("\(base)/missing")).get()["status"] == 404)
    #expect(
      server.requests == [
        "GET /echo?a=1 ", "POST /echo?a=1 \u{e9}=1", "PUT /echo?a=1 two", "DELETE /echo?a=1 ", "PATCH /echo?a=1 three",
        "HEAD /echo?a=1 ", "GET /missing ",
      ])
  }

  /// A server that is not granted is refused before anything is sent, however the URL is written.
  @Test(arguments: [
    "http://localhost:PORT/", "https://127.0.0.1:PORT/", "http://127.0.0.1/", "http://127.0.0.1:1PORT/",
    "http://127.0.0.2:PORT/", "http://granted.example:PORT/", "http://127.0.0.1.example:PORT/",
    // Other forms of the same address.
    "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0x7f.1:PORT/", "http://0177.0.0.1:PORT/",
    "http://127.1:PORT/", "http://127.0.0.01:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/", "http://127.0.0.1.:PORT/", "http://%31%32%37.0.0.1:PORT/",
    // User information before the host, and characters that other parsers take for its delimiters.
    "http://127.0.0.1:PORT@evil.example/", "http://evil.example@127.0.0.1:PORT/",
    "http://user:word@127.0.0.1:PORT/", "http://127.0.0.1:PORT\\@evil.example/", "http://evil.example\\.127.0.0.1/",
    "http://127.0.0.1:PORT#@evil.example/", "//127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "file:///etc/passwd",
    "http:/127.0.0.1:PORT/", "http:///127.0.0.1:PORT/", "http://127.0.0.1:PORT/ x", "http://127.0.0.1:PORT/\r\nX: y",
    "http://127.0.0.1:PORT/\u{e9}", "http://\u{ff11}27.0.0.1:PORT/", "http://127.0.0.1:/", "http://127.0.0.1:0PORT/",
    "http://127.0.0.1:99999/", "", " http://127.0.0.1:PORT/",
  ])
  func serversThatAreNotGrantedGetNothing(template: String) throws {
    let server = try LoopbackServer(in: try Workspace())
    let http = try effect(["http://127.0.0.1:\(server.port)"])
    let url = template.replacing("PORT", with: String(server.port))
    let told = code(call(http, "get", .string(url)))
    #expect(told == "HostNotAllowed" || told == "InvalidUrl", "\(url): \(told ?? "a response")")
    #expect(server.requests == [])
  }

  @Test(
    arguments: [
      ["host": "evil"], ["Content-Length": "1"], ["Transfer-Encoding": "chunked"], ["Proxy-Authorization": "x"],
      ["bad name": "x"], ["": "x"], ["x": "a\r\nb: c"], ["x": "\u{e9}"], ["x": 1], ["a": "1", "A": "2"],
      ["Authorization": "mine"],
    ] as [CBORValue])
  func headersThatAreNotTheProgramsAreRefused(headers: CBORValue) throws {
    let secret = try #require(HTTPGrant.Header("Authorization", "Bearer s3cret"))
    let http = try effect(["http://127.0.0.1:9"], secrets: [secret])
    #expect(code(call(http, "get", "http://127.0.0.1:9/", headers)) == "InvalidArgument")
  }

  /// The largest allowed requests are sent, and larger ones are not.
  @Test func requestsThatAreTooLargeAreNotSent() throws {
    let server = try LoopbackServer(in: try Workspace())
    let base = "http://127.0.0.1:\(server.port)"
    let http = try effect([base])
    let path = "\(base)/item?"
    func url(_ count: Int) -> CBORValue { .string(path + String(repeating: "x", count: count - path.utf8.count)) }
    func headers(_ count: Int, valueBytes: Int = 1) -> CBORValue {
      .record((0..<count).map { .init("x-\($0 + 100)", .string(String(repeating: "v", count: valueBytes))) })
    }
    #expect(try call(http, "get", url(8192)).get()["status"] == 200)
    #expect(code(call(http, "get", url(8193))) == "LimitExceeded")
    #expect(code(call(http, "get", url(100), headers(101))) == "LimitExceeded")
    // Names of 5 bytes.
    #expect(code(call(http, "get", url(100), headers(64, valueBytes: 1019))) != "LimitExceeded")
    #expect(code(call(http, "get", url(100), headers(64, valueBytes: 1020))) == "LimitExceeded")
    #expect(server.requests.count == 2)
  }

  @Test func redirectionsStayWithinTheGrant() throws {
    let folder = try Workspace()
    let (server, other) = (try LoopbackServer(in: folder), try LoopbackServer(in: folder))
    let (base, foreign) = ("http://127.0.0.1:\(server.port)", "http://127.0.0.1:\(other.port)")
    let http = try effect([base])
    func redirect(_ to: String, _ status: Int = 302) -> CBORValue {
      .string("\(base)/redirect?status=\(status)&to=\(to)")
    }
    #expect(try call(http, "get", redirect("/item")).get()["body"] == "/item")
    #expect(code(call(http, "get", redirect("\(foreign)/item"))) == "HostNotAllowed")
    #expect(other.requests == [])
    #expect(code(call(http, "get", .string("\(base)/loop"))) == "TooManyRedirects")
    #expect(server.requests.filter { $0.hasPrefix("GET /loop") }.count == 6)

    let both = try effect([base, foreign])
    let secret: CBORValue = ["Authorization": "mine", "X-Other": "stays"]
    let moved = try call(both, "get", redirect("\(foreign)/echo"), secret).get()["body"]?.text ?? ""
    #expect(moved.contains("stays") && !moved.contains("mine"))
    let posted = try call(both, "post", redirect("/echo", 303), "data").get()["body"]?.text ?? ""
    #expect(posted.contains(#""method": "GET""#) && posted.contains(#""body": """#))
    let kept = try call(both, "post", redirect("/echo", 307), "data").get()["body"]?.text ?? ""
    #expect(kept.contains(#""method": "POST""#) && kept.contains(#""body": "data""#))
  }

  /// The host's own headers reach only the server that they are for.
  @Test func secretsReachTheirServerAlone() throws {
    let folder = try Workspace()
    let (server, other) = (try LoopbackServer(in: folder), try LoopbackServer(in: folder))
    let base = "http://127.0.0.1:\(server.port)"
    let secret = try #require(HTTPGrant.Header("Authorization", "Bearer s3cret"))
    let granted = try #require(HTTPGrant(base, secrets: [secret]))
    let foreign = try #require(HTTPGrant("http://127.0.0.1:\(other.port)"))
    let http = try HttpOutEffect([granted, foreign])
    #expect(try call(http, "get", .string("\(base)/item")).get()["status"] == 200)
    let echoed = call(http, "get", .string("\(base)/echo"))
    #expect(code(echoed) == "SecretInResponse" && !"\(echoed)".contains("s3cret"))
    let moved = call(http, "get", .string("\(base)/redirect?to=http://127.0.0.1:\(other.port)/echo"))
    #expect(try moved.get()["body"]?.text?.contains("authorization") == false)
  }

  @Test func timeSizeAndRedirectsAreLimited() throws {
    let server = try LoopbackServer(in: try Workspace())
    let base = "http://127.0.0.1:\(server.port)"
    let http = try effect([base], limits: HTTPLimits(milliseconds: 30_000, bodyBytes: 1000, redirects: 1))
    let hasty = try effect([base], limits: HTTPLimits(milliseconds: 2000, bodyBytes: 1000, redirects: 1))
    #expect(try call(http, "get", .string("\(base)/big?bytes=1000")).get()["body"]?.text?.count == 1000)
    #expect(code(call(http, "get", .string("\(base)/big?bytes=1001"))) == "TooLarge")
    #expect(code(call(hasty, "get", .string("\(base)/slow?seconds=20"))) == "OutcomeUnknown")
    #expect(code(call(http, "get", .string("\(base)/bytes"))) == "BodyNotText")
    server.stop()
    let closed = try effect(["http://127.0.0.1:9"])
    #expect(code(call(closed, "get", "http://127.0.0.1:9/")) == "ConnectionFailed")
  }

  @Test func certificatesOfServersAreVerified() throws {
    let folder = try Workspace()
    let server = try LoopbackServer(in: folder, certificate: try folder.certificateForLocalhost())
    let name = "localhost:\(server.port)"
    let trusting = try effect([name], authorities: folder("cert.pem"))
    #expect(try call(trusting, "get", .string("https://\(name)/item")).get()["body"] == "/item")
    // This certificate is not signed by a trusted authority, and it is not for that address.
    #expect(code(call(try effect([name]), "get", .string("https://\(name)/item"))) == "TlsFailed")
    let address = "127.0.0.1:\(server.port)"
    let other = try effect([address], authorities: folder("cert.pem"))
    #expect(code(call(other, "get", .string("https://\(address)/item"))) == "TlsFailed")
    #expect(server.requests == ["GET /item "])
  }

  @Test(arguments: [
    "", "example.com/path", "user@example.com", "*.example.com", "example", "1.2.3", "https://", "ftp://x.y",
  ])
  func grantsMustNameAServer(server: String) {
    // A name without a dot is valid: `example` is the one valid grant in the list.
    #expect((HTTPGrant(server) == nil) == (server != "example"))
  }
}
