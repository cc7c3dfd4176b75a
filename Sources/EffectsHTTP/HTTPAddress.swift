/// Where a request goes: an absolute URL in a form that has one meaning.
///
/// What another reader might take for something else is refused instead of interpreted: user names in front of the host,
/// numbers in place of an IPv4 address (`2130706433`, `0x7f.1`, `0177.0.0.1`), percent signs and letters beyond ASCII in
/// the host, control characters and backslashes anywhere. So a host either is, letter for letter, one that was granted,
/// or it isn't.
struct HTTPAddress: Equatable, Sendable {
  /// `https`, or else `http`.
  let isSecure: Bool
  /// In lowercase; an IPv6 address without its brackets.
  let host: String
  /// 1 to 65535.
  let port: Int
  /// Path and query: what stands in the request's first line.
  let target: String

  /// Reads a URL; nil if it is not of that form.
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
    // A fragment never goes over the wire, so it can't be meant.
    guard !tail.contains("#"), let place = HTTPAddress.place(authority, isSecure: isSecure) else { return nil }
    self.isSecure = isSecure
    (host, port) = place
    target = tail.hasPrefix("/") ? String(tail) : "/" + tail
  }

  /// Reads what a redirection names: a URI reference, which may be relative to the address that was asked (RFC 9110,
  /// section 10.2.2). Its fragment is not needed: it never goes over the wire.
  init?(location: String, from base: HTTPAddress) {
    self.init(URIReference(location).resolved(against: URIReference(base.origin + base.target)).withoutFragment)
  }

  /// Scheme, host and port as a URL begins with them.
  var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

  /// Host and port, the port only if it is not the scheme's own: what the `Host` field says.
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

  /// Labels of letters, digits and hyphens. The last one is no number, or this would be some form of an address.
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
