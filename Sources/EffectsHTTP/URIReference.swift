/// A URI reference (RFC 3986, section 4.1) in its five parts. A missing part is nil; a part that is present may be
/// empty.
struct URIReference: Equatable, Sendable {
  private(set) var scheme: String?
  private(set) var authority: String?
  private(set) var path: String
  private(set) var query: String?
  private(set) var fragment: String?

  /// Splits a string like the regular expression in RFC 3986, appendix B. Every string has these parts.
  init(_ text: String) {
    var rest = text.utf8[...]
    fragment = URIReference.cut(&rest, behind: UInt8(ascii: "#"))
    query = URIReference.cut(&rest, behind: UInt8(ascii: "?"))
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon > rest.startIndex,
      !rest[..<colon].contains(UInt8(ascii: "/"))
    {
      scheme = String(Substring(rest[..<colon]))
      rest = rest[rest.index(after: colon)...]
    }
    if rest.starts(with: "//".utf8) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      authority = String(Substring(rest[..<end]))
      rest = rest[end...]
    }
    path = String(Substring(rest))
  }

  /// The URI that the reference identifies relative to `base` (RFC 3986, section 5.2.2, without the exception for old
  /// parsers).
  func resolved(against base: URIReference) -> URIReference {
    var target = self
    target.path = URIReference.withoutDotSegments(path)
    if scheme != nil { return target }
    target.scheme = base.scheme
    if authority != nil { return target }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.utf8.first != UInt8(ascii: "/") {
      target.path = URIReference.withoutDotSegments(base.merged(with: path))
    }
    return target
  }

  /// The recomposed parts (RFC 3986, section 5.3) without the fragment, which is never sent.
  var withoutFragment: String {
    (scheme.map { "\($0):" } ?? "") + (authority.map { "//\($0)" } ?? "") + path + (query.map { "?\($0)" } ?? "")
  }

  /// Cuts the string at the first such byte, and returns what follows the byte; nil if there is none.
  private static func cut(_ text: inout Substring.UTF8View, behind mark: UInt8) -> String? {
    guard let place = text.firstIndex(of: mark) else { return nil }
    defer { text = text[..<place] }
    return String(Substring(text[text.index(after: place)...]))
  }

  /// Replaces the last segment of this path with a relative path (RFC 3986, section 5.2.3).
  private func merged(with relative: String) -> String {
    if authority != nil, path.isEmpty { return "/" + relative }
    guard let last = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
    return path[...last] + relative
  }

  /// Removes `.` and `..` from a path (RFC 3986, section 5.2.4; the letters name its steps).
  private static func withoutDotSegments(_ path: String) -> String {
    let slash = UInt8(ascii: "/")
    var input = path.utf8[...]
    var output: [UInt8] = []
    func dropLastSegment() { output.removeSubrange((output.lastIndex(of: slash) ?? 0)...) }
    while !input.isEmpty {
      if input.starts(with: "../".utf8) {  // A
        input = input.dropFirst(3)
      } else if input.starts(with: "./".utf8) || input.starts(with: "/./".utf8) {  // A, B
        input = input.dropFirst(2)
      } else if input.elementsEqual("/.".utf8) {  // B
        input = input.dropLast()
      } else if input.starts(with: "/../".utf8) {  // C
        input = input.dropFirst(3)
        dropLastSegment()
      } else if input.elementsEqual("/..".utf8) {  // C
        input = input.dropLast(2)
        dropLastSegment()
      } else if input.elementsEqual(".".utf8) || input.elementsEqual("..".utf8) {  // D
        return String(decoding: output, as: UTF8.self)
      } else {  // E
        let end = input.dropFirst().firstIndex(of: slash) ?? input.endIndex
        output += input[..<end]
        input = input[end...]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
