import Engine

extension DiagnosticDefinition {
  /// The page of the docs that lists all diagnostics, as Markdown.
  public static func page() -> [UInt8] {
    var output = TextWriter()
    output.write(
      """
      # Diagnostics

      *For handler authors.* This page lists every error and warning of the compiler. New here? Read the
      [guide](guide.md) first; [all pages](README.md).

      `make docs` generates this page from the table in the source. `mqjs explain CODE` shows one entry.

      """)
    for (title, rows) in sections {
      output.write("\n## ")
      output.write(title)
      output.newline()
      for row in rows {
        output.newline()
        output.write(row.entry())
      }
    }
    return output.bytes
  }

  private static let sections: [(StaticString, [DiagnosticDefinition])] = [
    ("Text", text), ("Grammar", grammar), ("Statements", statements), ("Expressions", expressions),
    ("Names", freeNames), ("Files and modules", modules), ("Sizes", sizes),
    ("Warnings", warnings),
  ]

  /// The entry of one diagnostic, as Markdown, with the message for its example.
  public func entry() -> [UInt8] {
    let diagnostic = ofExample()
    var output = TextWriter()
    output.write("### ")
    output.write(id)
    output.write(": ")
    output.write(diagnostic.message)
    output.write("\n\nSeverity: ")
    output.write(severity.name)
    output.write("\n\n")
    output.write(diagnostic.reason)
    output.write("\n\n")
    output.write(diagnostic.hint)
    output.write(severity == .error ? "\n\n```js\n// rejected\n" : "\n\n```js\n// warned about\n")
    output.write(bad)
    output.write("\n\n// instead\n")
    output.write(good)
    output.write("\n```\n")
    return output.bytes
  }

  /// The diagnostic that the rejected example gets. It has no arguments if the example only describes a program.
  private func ofExample() -> Diagnostic {
    let analysis = FrontEnd.analyze(entry: utf8("main.js"), source: bad.bytes) { path in
      if path == utf8("link.js") { return .unusable(why: utf8("is a symbolic link, not a regular file")) }
      return path == utf8("lib.js") ? .text(utf8("export const total = 1\n")) : .missing
    }
    return analysis.diagnostics.first { $0.code == code } ?? Diagnostic(code, at: SourceSpan(file: 0, start: 0, end: 0))
  }
}
