import Engine
import Foundation
import TestSupport
import Testing

/// `docs/library.md`, parsed as data. Each entry has a heading with a call, a paragraph, a line of errors, a line of
/// gas and an example.
struct LibraryReference {
  /// An entry.
  struct Entry: CustomStringConvertible {
    /// The heading, without its backticks.
    let heading: String
    /// The paragraph below the heading.
    let meaning: String
    /// The contents of the line of errors.
    let errors: String
    /// The contents of the line of gas.
    let gas: String
    /// The example program, without its last line.
    let example: String
    /// The result that the last line states.
    let result: String

    var description: String { heading }

    /// The built-in that the heading calls or names, if any.
    var builtin: Builtin? {
      let path = heading.prefix { $0 != "(" }.split(separator: ".", omittingEmptySubsequences: false)
      let name = Array((path.last ?? "").utf8)
      switch (path.count, path[0]) {
      case (1, _): return Builtin.find(name, in: .global)
      case (2, "s"): return Builtin.findMethod(name, of: .string)
      case (2, "xs"): return Builtin.findMethod(name, of: .array)
      case (2, let namespace):
        return Builtin.Namespace.find(Array(namespace.utf8)).flatMap { Builtin.find(name, in: $0) }
      default: return nil
      }
    }

    /// The names between the parentheses; nil if there are none, as for a constant.
    var parameters: [Substring]? {
      guard let open = heading.firstIndex(of: "("), heading.hasSuffix(")") else { return nil }
      return heading[heading.index(after: open)...].dropLast().split(separator: ", ")
    }

    /// The numbers d of "bulk d: …" in the line of gas.
    var bulkBlocks: [Int] { gas.matches(of: #/bulk (\d+): /#).compactMap { Int($0.output.1) } }
  }

  /// All entries, in order.
  let entries: [Entry]
  /// The titles of the sections, in order.
  let sections: [String]
  /// The titles that the table of contents links to.
  let contents: [String]

  /// The version of Unicode that the page states, and the one that the case mapping tables were made from.
  let unicodeVersions: [String]

  /// The error if an entry does not have the expected form.
  struct Malformed: Error {
    let heading: String
  }

  /// Reads the file from this checkout.
  init() throws {
    let text = try Repository.text("docs/library.md")
    let table = try Repository.text("Sources/Engine/Builtins/CaseMappingTable.swift")
    unicodeVersions = [text, table].map { text in
      text.firstMatch(of: #/Case mappings? (?:follows|of) Unicode (\d+\.\d+)/#).map { String($0.output.1) } ?? ""
    }
    sections = text.matches(of: #/(?m)^## (.+)$/#).map { String($0.output.1) }
    contents = text.matches(of: #/(?m)^- \[(.+)\]\(#.+\): `/#).map { String($0.output.1) }
    entries = try text.split(separator: "\n### ", omittingEmptySubsequences: false).dropFirst().map { part in
      let form =
        #/`(.+)`\n\n((?:.+\n)+)\n- Errors: ((?:.+\n)+?)- Gas: ((?:.+\n)+)\n```js\n((?:.*\n)+?)// → (.+)\n```\n/#
      // The next section may follow.
      let own = part.components(separatedBy: "\n## ")[0]
      guard let match = (own + "\n").prefixMatch(of: form) else {
        throw Malformed(heading: String(part.prefix { $0 != "\n" }))
      }
      let (_, heading, meaning, errors, gas, example, result) = match.output
      return Entry(
        heading: String(heading), meaning: LibraryReference.joined(meaning), errors: LibraryReference.joined(errors),
        gas: LibraryReference.joined(gas), example: String(example), result: String(result))
    }
  }

  /// Joins lines into one.
  private static func joined(_ lines: Substring) -> String {
    lines.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
  }
}
