import EffectsHTTP
import Host
import TestSupport
import Testing

/// The error that a program gets when no response comes. It says whether the request may have been received.
@Suite struct OutcomeTests {
  private static let short = HTTPLimits(milliseconds: 3000, bodyBytes: 1000, redirects: 5)

  /// Connections on which the request was sent, but no complete response came back.
  static let endings: [(name: String, answer: String, then: String)] = [
    ("closed", "", "close"), ("reset", "", "reset"), ("silent", "", "hang"),
    ("within the first line", "HTTP/1.1 200", "close"), ("within the head", "HTTP/1.1 200 OK\nContent-Le", "reset"),
    ("within the body", "HTTP/1.1 200 OK\nContent-Length: 10\n\n12345", "close"),
    ("reset within the body", "HTTP/1.1 200 OK\nContent-Length: 10\n\n12345", "reset"),
    ("reset within a body without a length", "HTTP/1.1 200 OK\n\n12345", "reset"),
    ("within the chunks", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\n12345\n", "close"),
    ("before the last chunk", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\n12345\n5\n", "reset"),
    ("silent within the body", "HTTP/1.1 200 OK\nContent-Length: 10\n\n12345", "hang"),
    ("an interim response alone", "HTTP/1.1 100 Continue\n\n", "close"), ("not HTTP", "this is not HTTP\n\n", "close"),
  ]

  @Test func aRequestThatWentOutMayHaveBeenReceived() throws {
    let desk = try HTTPDesk()
    let (http, hasty) = (try desk.effect(), try desk.effect(limits: Self.short))
    for (name, answer, then) in Self.endings {
      for operation in ["post", "get"] {
        let url = CBORValue.string(desk.raw(answer, then: then))
        let effect = then == "hang" ? hasty : http
        let result = operation == "get" ? desk.call(effect, "get", url) : desk.call(effect, "post", url, "pay")
        #expect(result.error?.code == "OutcomeUnknown", "\(name): \(result)")
        let reason = then == "hang" ? "time" : name == "not HTTP" ? "not HTTP" : ": the connection "
        #expect(result.error?.message.contains(reason) == true, "\(name): \(result)")
      }
    }
    // Bodies and heads that exceed the limits and never end.
    let head = "HTTP/1.1 200 OK\n"
    for url in [
      desk.raw("\(head)Content-Length: 9000\n\n", padding: 2000, then: "hang"),
      desk.raw("\(head)X: ", padding: 90_000, then: "hang"),
    ] {
      #expect(desk.call(hasty, "post", .string(url), "pay").error?.code == "OutcomeUnknown")
    }
  }

  @Test func aRequestOverTLSMayHaveBeenReceived() throws {
    let folder = try Workspace()
    let server = try LoopbackServer(in: folder, certificate: try folder.certificateForLocalhost())
    let base = "https://localhost:\(server.port)"
    let grant = try #require(HTTPGrant("localhost:\(server.port)"))
    let desk = try HTTPDesk()
    for (path, limits) in [
      ("slow?seconds=20", Self.short), ("raw?then=reset", .standard), ("raw?then=close", .standard),
    ] {
      let http = try HttpOutEffect([grant], limits: limits, authorities: folder("cert.pem"))
      let result = desk.call(http, "post", .string("\(base)/\(path)"), "pay")
      #expect(result.error?.code == "OutcomeUnknown", "\(path): \(result)")
    }
  }

  /// The same holds after a redirection, because the first request was received.
  @Test func aRedirectedRequestMayHaveBeenReceived() throws {
    let desk = try HTTPDesk()
    let http = try desk.effect(["http://127.0.0.1:9", "https://127.0.0.1:\(desk.server.port)"], limits: Self.short)
    let places = [
      "http://127.0.0.1:9/", "https://127.0.0.1:\(desk.server.port)/", "/slow?seconds=20", "/raw?then=reset",
    ]
    for place in places {
      let url = "\(desk.base)/redirect?status=307&to=\(place.replacing("?", with: "%3f"))"
      let result = desk.call(http, "post", .string(url), "pay")
      #expect(result.error?.code == "OutcomeUnknown", "\(place): \(result)")
    }
  }

  /// `ConnectionFailed`, `Timeout` and `TlsFailed` mean that no byte of the request was sent.
  @Test func otherErrorsSayThatNothingWasSent() throws {
    let desk = try HTTPDesk()
    let wrong = "https://127.0.0.1:\(desk.server.port)"
    let http = try desk.effect(["http://127.0.0.1:9", "http://no.such.name.invalid", wrong])
    #expect(desk.call(http, "post", "http://127.0.0.1:9/", "pay").error?.code == "ConnectionFailed")
    // How soon an unknown name is reported depends on the resolver.
    let unknown = desk.call(http, "post", "http://no.such.name.invalid/", "pay").error?.code
    #expect(unknown == "ConnectionFailed" || unknown == "Timeout")
    #expect(desk.call(http, "post", .string("\(wrong)/"), "pay").error?.code == "TlsFailed")
    #expect(desk.server.requests.allSatisfy { !$0.contains("pay") })

    let mute = try HTTPDesk(isMute: true)
    let secure = "https://127.0.0.1:\(mute.server.port)"
    let hasty = try mute.effect([secure], limits: Self.short)
    // The connection is open, but the handshake before the request never ends.
    #expect(mute.call(hasty, "post", .string("\(secure)/"), "pay").error?.code == "Timeout")
    // Without TLS, the request has been sent, although nobody has read it.
    #expect(mute.call(hasty, "post", .string("\(mute.base)/"), "pay").error?.code == "OutcomeUnknown")
  }

  @Test func completeResponsesThatAProgramIsNotGivenHaveNamesOfTheirOwn() throws {
    let desk = try HTTPDesk()
    let http = try desk.effect(limits: HTTPLimits(milliseconds: 30_000, bodyBytes: 1000, redirects: 5))
    func code(_ answer: [UInt8], then: String = "close") -> String? {
      desk.call(http, "post", .string(desk.raw(answer, then: then)), "pay").error?.code
    }
    let large = String(repeating: "x", count: 1001)
    #expect(code(Array("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n\(large)".utf8), then: "hang") == "TooLarge")
    #expect(code(Array("HTTP/1.1 200 OK\r\n\r\n\(large)".utf8)) == "TooLarge")
    #expect(code(Array("HTTP/1.1 200 OK\r\nX: caf".utf8) + [0xe9] + Array("\r\n\r\nbody".utf8)) == "HeaderNotText")
    #expect(code(Array("HTTP/1.1 200 OK\r\nX: caf\u{fffd}\r\n\r\nbody".utf8)) == "HeaderNotText")
    #expect(code(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + [0xe9]) == "BodyNotText")
    // A redirection is a response too. The header that can't be read may be its `Location`.
    #expect(code(Array("HTTP/1.1 302 Found\r\nLocation: /caf".utf8) + [0xe9, 13, 10, 13, 10]) == "HeaderNotText")
    // UTF-8 is passed on unchanged.
    let url = CBORValue.string(desk.raw("HTTP/1.1 200 OK\nX: caf\u{e9}\n\nbody"))
    #expect(try desk.call(http, "get", url).get()["headers"]?["x"] == "caf\u{e9}")
  }

  @Test func cookiesAreAListOfTheirOwn() throws {
    let desk = try HTTPDesk()
    let http = try desk.effect()
    let dated = "b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT"
    let answer = "HTTP/1.1 200 OK\nSet-Cookie: a=1\nX: 1\nset-cookie: \(dated)\nX: 2\nContent-Length: 0\n\n"
    let result = try desk.call(http, "get", .string(desk.raw(answer))).get()
    #expect(result["cookies"] == ["a=1", .string(dated)])
    #expect(result["headers"] == ["content-length": "0", "x": "1, 2"])
    #expect(try desk.call(http, "get", .string("\(desk.base)/item")).get()["cookies"] == [])
  }
}
