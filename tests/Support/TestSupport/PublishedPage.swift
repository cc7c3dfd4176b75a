public import Engine
import Foundation

/// A page of `docs/` that is made from tables of the source.
public struct PublishedPage {
  private let name: String
  private let text: String

  /// The page as the tables have it.
  public init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  /// Compares it with the page as it is published. `UPDATE_GOLDEN=1` (`make docs`) writes that one instead.
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
  /// The name in published pages: `s.at` and `xs.at` for methods, otherwise as programs write it.
  public var publishedName: String {
    let name = "\(definition.name)"
    switch (definition.form, namespace) {
    case (.method, let namespace): return "\(namespace == .string ? "s" : "xs").\(name)"
    case (_, .global): return name
    case (_, let namespace): return "\(namespace.name).\(name)"
    }
  }
}
