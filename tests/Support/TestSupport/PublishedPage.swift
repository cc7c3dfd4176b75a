public import Engine
import Foundation

/// A page of `docs/` that is generated from tables in the source.
public struct PublishedPage {
  private let name: String
  private let text: String

  /// A page with the text that the tables give.
  public init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  /// Compares the text with the published page. With `UPDATE_GOLDEN=1` (`make docs`), writes the published page
  /// instead.
  ///
  /// - Returns: the first line that differs, or nil.
  public func difference() throws -> String? {
    let url = Repository.url("docs/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try text.write(to: url, atomically: true, encoding: .utf8)
      return nil
    }
    let published = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    if published == text { return nil }
    let lines = (published.split(separator: "\n"), text.split(separator: "\n"))
    let difference = zip(lines.0, lines.1).first { $0 != $1 }
    let place = difference.map { "it has \"\($0)\" where the table gives \"\($1)\"" } ?? "its length differs"
    return "docs/\(name) is out of date (run `make docs`): \(place)"
  }
}

extension Builtin {
  /// The name in published pages: `s.at` and `xs.at` for methods, and the name in programs otherwise.
  public var publishedName: String {
    let name = "\(definition.name)"
    switch (definition.form, namespace) {
    case (.method, let namespace): return "\(namespace == .string ? "s" : "xs").\(name)"
    case (_, .global): return name
    case (_, let namespace): return "\(namespace.name).\(name)"
    }
  }
}
