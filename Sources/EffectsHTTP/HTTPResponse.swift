internal import Host

/// What a server answers, once all of it has come.
struct HTTPResponse: Sendable {
  let status: Int
  /// In the order of the response, names in lowercase.
  let headers: [(name: String, value: String)]
  /// Nil if it was larger than the host allows.
  let body: [UInt8]?

  /// Where the response sends the client; nil if it is no redirection, or names no place or several.
  var location: String? {
    let places = headers.filter { $0.name == "location" }
    return [301, 302, 303, 307, 308].contains(status) && places.count == 1 ? places[0].value : nil
  }

  /// `{body, cookies, headers, status}`. Several fields of one name become one, as RFC 9110, section 5.3 has it; those
  /// named `set-cookie`, for which that can't be done, are the cookies.
  ///
  /// - Parameter bodyLimit: what the host allows, for the error that says so.
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

  /// Names and values come from the parser with U+FFFD in place of bytes that are no UTF-8, so a field with one is not
  /// what was sent.
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
