import EffectsHTTP
import Host
import TestSupport
import Testing

/// Targets of redirections (RFC 9110, section 10.2.2), compared with the examples of RFC 3986, section 5.4.
@Suite struct RedirectionTests {
  /// The target of each location in a response to `http://a/b/c/d;p?q`.
  static let examples: [(location: String, target: String)] = [
    // Section 5.4.1.
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"),
    ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
    ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
    ("../../g", "http://a/g"),
    // Section 5.4.2, for strict parsers.
    ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/./x", "http://a/b/c/g#s/./x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"), ("http:g", "http:g"),
  ]

  @Test func examplesOfTheStandardAreFollowed() throws {
    let desk = try HTTPDesk()
    let http = try desk.effect()
    for (location, target) in Self.examples {
      let before = desk.server.requests.count
      let result = desk.call(http, "get", .string("\(desk.base)/b/c/d;p?q"), ["X-Location": .string(location)])
      let paths = desk.server.requests[before...].map { String($0.split(separator: " ")[1]) }
      #expect(paths.first == "/b/c/d;p?q")
      if target == "http://g" {
        #expect(result.error?.code == "HostNotAllowed" && paths.count == 1)
      } else if target.hasPrefix("http://a") {
        // The fragment is not sent.
        let path = target.dropFirst("http://a".count).prefix { $0 != "#" }
        #expect(paths.count > 1 && paths[1] == path, "\(location): \(paths)")
      } else {
        // The target is not an HTTP URL, so the program gets the redirection itself.
        #expect(try result.get()["status"] == 302 && paths.count == 1)
        #expect(try result.get()["headers"]?["location"] == .string(location))
      }
    }
  }

  @Test func aServerMaySendTheClientToAnotherOneWithoutAScheme() throws {
    let desk = try HTTPDesk()
    let other = try LoopbackServer(in: desk.folder)
    let http = try desk.effect(["http://127.0.0.1:\(other.port)"])
    let result = desk.call(http, "get", .string("\(desk.base)/x/redirect?to=//127.0.0.1:\(other.port)/item%23part"))
    #expect(try result.get()["body"] == "/item")
    #expect(other.requests == ["GET /item "])
  }

  /// An ambiguous location is not followed.
  @Test(arguments: [
    "Location: /a\nLocation: /b", "Location: /a b", "Location: http://user@127.0.0.1/", "Location: http:\\\\127.0.0.1",
    "Location: http://2130706433/", "Location: ftp://127.0.0.1/", "Location: /\u{e9}", "X-Location: /a",
  ])
  func ambiguousLocationsAreNotFollowed(field: String) throws {
    let desk = try HTTPDesk()
    let answer = "HTTP/1.1 302 Found\n\(field)\nContent-Length: 0\n\n"
    let result = desk.call(try desk.effect(), "get", .string(desk.raw(answer)))
    #expect(try result.get()["status"] == 302)
    #expect(desk.server.requests.count == 1)
  }
}
