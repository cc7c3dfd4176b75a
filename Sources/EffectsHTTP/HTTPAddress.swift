/// The address of a request: an absolute URL in a form that has only one meaning.
///
/// A URL that two readers might understand differently is refused. This concerns user names in front of the host,
/// fragments, other forms of an IPv4 address (`2130706433`, `0x7f.1`, `0177.0.0.1`), percent signs in the host, and,
/// anywhere in the URL, spaces, control characters, backslashes and characters beyond ASCII. So a host is equal to a
/// granted one exactly if their letters are equal.
struct HTTPAddress: Equatable, Sendable {
  /// True for `https`, false for `http`.
  let isSecure: Bool
  /// In lowercase; an IPv6 address without its brackets.
  let host: String
  /// 1 to 65535.
  let port: Int
  /// Path and query, as in the request's first line.
  let target: String

  /// Reads a URL; nil if it does not have that form.
  init?(_ url: String) {
    let text = Array(url.utf8)
    guard text.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
    let isSecure: Bool
    let rest: Substring
    if let prefix = HTTPAddress.prefix("https://", of: url) {
      (isSecure, rest) = (true, prefix)
    } else if let prefix = HTTPAddress.prefix("http://", of: url) {
      (isSecure, rest) = (false, prefix)
    } else {
      return nil
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let tail = rest[authority.endIndex...]
    // A fragment is never sent, so a URL with one must be a mistake.
    guard !tail.contains("#"), let place = HTTPAddress.place(authority, isSecure: isSecure) else { return nil }
    self.isSecure = isSecure
    (host, port) = place
    target = tail.hasPrefix("/") ? String(tail) : "/" + tail
  }

  /// Reads the location of a redirection: a URI reference, which may be relative to the address of the request (RFC
  /// 9110, section 10.2.2). Its fragment is dropped, since it is never sent.
  init?(location: String, from base: HTTPAddress) {
    self.init(URIReference(location).resolved(against: URIReference(base.origin + base.target)).withoutFragment)
  }

  /// Scheme, host and port, as at the beginning of a URL.
  var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

  /// Host and port, as in the `Host` field. The port is left out if it is the scheme's default.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == HTTPAddress.standardPort(isSecure: isSecure) ? name : "\(name):\(port)"
  }

  /// Whether the host is an address, not a name.
  var isNumeric: Bool { host.contains(":") || host.split(separator: ".").last.map { Int($0) != nil } == true }

  private static func prefix(_ scheme: String, of url: String) -> Substring? {
    url.lowercased().hasPrefix(scheme) ? url.dropFirst(scheme.count) : nil
  }

  private static func standardPort(isSecure: Bool) -> Int { isSecure ? 443 : 80 }

  private static func place(_ authority: Substring, isSecure: Bool) -> (String, Int)? {
    var name = authority
    var port = standardPort(isSecure: isSecure)
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      guard digits.first != "0", digits.count <= 5, digits.allSatisfy(\.isNumber), let number = Int(digits),
        (1...65_535).contains(number)
      else { return nil }
      port = number
      name = authority[..<colon]
    }
    let host = name.lowercased()
    if host.hasPrefix("["), host.hasSuffix("]") {
      let address = host.dropFirst().dropLast()
      guard address.contains(":"), address.allSatisfy({ $0.isHexDigit || $0 == ":" }) else { return nil }
      return (String(address), port)
    }
    return isName(host) || isIPv4(host) ? (host, port) : nil
  }

  /// Labels of letters, digits and hyphens. The last one must not be a number, because the host would then be some form
  /// of an IPv4 address.
  private static func isName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard host.utf8.count <= 253, let last = labels.last, last.contains(where: { ("a"..."z").contains($0) }),
      !last.hasPrefix("0x")
    else { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
    }
  }

  /// Four decimal numbers without leading zeros.
  private static func isIPv4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.allSatisfy { ("0"..."9").contains($0) } && (part == "0" || part.first != "0")
          && Int(part).map { $0 < 256 } == true
      }
  }
}
