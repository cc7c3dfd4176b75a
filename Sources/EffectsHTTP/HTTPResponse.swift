internal import Host

/// A complete response of a server.
struct HTTPResponse: Sendable {
  let status: Int
  /// In the order of the response, names in lowercase.
  let headers: [(name: String, value: String)]
  /// Nil if it was larger than the host allows.
  let body: [UInt8]?

  /// The location of a redirection; nil if this is not a redirection, or if it has no location or several.
  var location: String? {
    let places = headers.filter { $0.name == "location" }
    return [301, 302, 303, 307, 308].contains(status) && places.count == 1 ? places[0].value : nil
  }

  /// `{body, cookies, headers, status}`. Fields with the same name are combined, as in RFC 9110, section 5.3. This is
  /// not possible for `set-cookie`; those fields become the cookies.
  ///
  /// - Parameter bodyLimit: the host's limit in bytes, for the error message.
  func value(bodyLimit: Int) throws(EffectError) -> CBORValue {
    guard let body else { throw EffectError("TooLarge", "the response body has more than \(bodyLimit) bytes") }
    guard let text = String(validating: body, as: UTF8.self) else {
      throw EffectError("BodyNotText", "the response body is not valid UTF-8")
    }
    var places: [String: Int] = [:]
    var joined: [(name: String, values: [String])] = []
    for header in headers where header.name != HTTPResponse.cookieField {
      if let place = places[header.name] {
        joined[place].values.append(header.value)
      } else {
        places[header.name] = joined.count
        joined.append((header.name, [header.value]))
      }
    }
    let fields = joined.map { CBORValue.Field($0.name, .string($0.values.joined(separator: ", "))) }
    let cookies = headers.filter { $0.name == HTTPResponse.cookieField }.map { CBORValue.string($0.value) }
    return [
      "body": .string(text), "cookies": .array(cookies), "headers": .record(fields), "status": .integer(Int64(status)),
    ]
  }

  private static let cookieField = "set-cookie"

  /// Checks that the headers are what the server sent: the parser puts U+FFFD in place of bytes that are not UTF-8.
  func checkHeaders() throws(EffectError) {
    for (name, value) in headers where (name + value).unicodeScalars.contains("\u{fffd}") {
      let isName = name.unicodeScalars.contains("\u{fffd}")
      throw EffectError(
        "HeaderNotText",
        isName
          ? "the name of a header is not valid UTF-8"
          : "the header \(name) has a value that is not valid UTF-8, or contains U+FFFD"
      )
    }
  }
}
