import Engine

/// Turns diagnostics into text for people and JSON for tools. All output is UTF-8 bytes.
public struct DiagnosticRenderer {
  private let sources: [SourceFile]
  /// By file; nil until the first diagnostic of that file is rendered.
  private var lineTables: [LineTable?]

  /// The maximum length of a source line that is shown. A longer line is cut around the position of the diagnostic.
  private static let maximumWidth = 160

  /// - Parameter sources: the files that the spans of the diagnostics refer to.
  public init(sources: [SourceFile]) {
    self.sources = sources
    lineTables = Array(repeating: nil, count: sources.count)
  }

  // MARK: - Text

  /// All diagnostics as text, separated by empty lines.
  public mutating func text(_ diagnostics: [Diagnostic]) -> [UInt8] {
    var output = TextWriter()
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { output.newline() }
      output.write(text(diagnostic))
    }
    return output.bytes
  }

  /// `path:line:column: error[MQ1234]: message`, the source line after a bar, a line with `^~~~` below it, reason and
  /// hint.
  public mutating func text(_ diagnostic: Diagnostic) -> [UInt8] {
    let source = sources[diagnostic.span.file]
    let table = lineTable(ofFile: diagnostic.span.file)
    let position = table.position(of: diagnostic.span.start)
    let definition = diagnostic.code.definition

    var output = TextWriter()
    output.write(printable(source.path))
    output.write(":")
    output.write(position.line)
    output.write(":")
    output.write(position.column)
    output.write(": ")
    output.write(definition.severity.name)
    output.write("[")
    output.write(definition.id)
    output.write("]: ")
    output.write(printable(diagnostic.message))
    output.newline()
    output.write(excerpt(of: source, table.range(ofLine: position.line), marking: diagnostic.span))
    output.write("reason: ")
    output.write(printable(diagnostic.reason))
    output.newline()
    output.write("hint: ")
    output.write(printable(diagnostic.hint))
    output.newline()
    return output.bytes
  }

  /// The source line, and the line that marks the span in it. Tabs stay tabs in both lines, so that the columns stay
  /// aligned.
  private func excerpt(of source: SourceFile, _ line: Range<Int>, marking span: SourceSpan) -> [UInt8] {
    let scalars = decodeLossily(source.bytes[surroundings(of: span.start, in: line, of: source)])
    let marked = scalars.indices.filter { scalars[$0].offset >= span.start && scalars[$0].offset < span.end }
    let first = marked.first ?? scalars.firstIndex { $0.offset >= span.start } ?? scalars.count
    let window = window(of: scalars.count, around: first)

    var text = TextWriter()
    var marks = TextWriter()
    // A line of a program could look like a line of our output, so it is marked as a quotation.
    text.write("| ")
    marks.write("| ")
    if window.lowerBound > 0 {
      text.write("...")
      marks.write("   ")
    }
    for index in window {
      let value = scalars[index].value
      text.write(isControl(value) ? 0xFFFD : value)
      if index < first { marks.write(value == 9 ? "\t" : " ") }
      if index == first { marks.write("^") }
      if index > first, index < first + marked.count { marks.write("~") }
    }
    if first >= window.upperBound { marks.write("^") }
    if window.upperBound < scalars.count { text.write("...") }
    text.newline()
    text.write(marks.bytes)
    text.newline()
    return text.bytes
  }

  /// As much of a line as can be shown around an offset, and no more: a line can be as long as its file.
  private func surroundings(of offset: Int, in line: Range<Int>, of source: SourceFile) -> Range<Int> {
    // A code point has four bytes at most.
    let reach = 4 * (Self.maximumWidth + 1)
    var start = max(line.lowerBound, min(offset, line.upperBound) - reach)
    while start > line.lowerBound, source.bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start..<max(start, min(line.upperBound, offset + reach))
  }

  private func window(of count: Int, around index: Int) -> Range<Int> {
    guard count > Self.maximumWidth else { return 0..<count }
    let start = max(0, min(index - Self.maximumWidth / 4, count - Self.maximumWidth))
    return start..<(start + Self.maximumWidth)
  }

  // MARK: - JSON

  /// An array of objects with the keys code, severity, message, reason, hint, file, line, column, endLine, endColumn,
  /// in that order, without white space.
  public mutating func json(_ diagnostics: [Diagnostic]) -> [UInt8] {
    var output = TextWriter()
    output.write("[")
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { output.write(",") }
      writeJSON(diagnostic, to: &output)
    }
    output.write("]")
    return output.bytes
  }

  private mutating func writeJSON(_ diagnostic: Diagnostic, to output: inout TextWriter) {
    let definition = diagnostic.code.definition
    let table = lineTable(ofFile: diagnostic.span.file)
    let start = table.position(of: diagnostic.span.start)
    let end = table.position(of: diagnostic.span.end)
    output.write("{\"code\":")
    writeJSONString(definition.id.bytes, to: &output)
    output.write(",\"severity\":")
    writeJSONString(definition.severity.name.bytes, to: &output)
    output.write(",\"message\":")
    writeJSONString(diagnostic.message, to: &output)
    output.write(",\"reason\":")
    writeJSONString(diagnostic.reason, to: &output)
    output.write(",\"hint\":")
    writeJSONString(diagnostic.hint, to: &output)
    output.write(",\"file\":")
    writeJSONString(sources[diagnostic.span.file].path, to: &output)
    output.write(",\"line\":")
    output.write(start.line)
    output.write(",\"column\":")
    output.write(start.column)
    output.write(",\"endLine\":")
    output.write(end.line)
    output.write(",\"endColumn\":")
    output.write(end.column)
    output.write("}")
  }

  private mutating func lineTable(ofFile file: Int) -> LineTable {
    if let table = lineTables[file] { return table }
    let table = sources[file].lineTable()
    lineTables[file] = table
    return table
  }
}

extension Severity {
  /// `error` or `warning`.
  public var name: StaticString {
    switch self {
    case .error: "error"
    case .warning: "warning"
    }
  }
}

/// Text that is safe to show on a terminal: control characters and bad UTF-8 become U+FFFD.
private func printable(_ bytes: [UInt8]) -> [UInt8] {
  var output = TextWriter()
  for scalar in decodeLossily(bytes[...]) { output.write(isControl(scalar.value) ? 0xFFFD : scalar.value) }
  return output.bytes
}

/// Characters that affect the text around them instead of being visible, except the tab.
private func isControl(_ scalar: UInt32) -> Bool { scalar != 9 && VisibleText.isHidden(scalar) }

/// A string as RFC 8785 prints it.
private func writeJSONString(_ bytes: [UInt8], to output: inout TextWriter) {
  output.write("\"")
  for scalar in decodeLossily(bytes[...]) {
    switch scalar.value {
    case 0x22: output.write("\\\"")
    case 0x5C: output.write("\\\\")
    case 0x08: output.write("\\b")
    case 0x09: output.write("\\t")
    case 0x0A: output.write("\\n")
    case 0x0C: output.write("\\f")
    case 0x0D: output.write("\\r")
    case 0..<0x20:
      output.write("\\u00")
      for digit in [scalar.value >> 4, scalar.value & 15] {
        output.write(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    default: output.write(scalar.value)
    }
  }
  output.write("\"")
}

/// The code points of a text, with their offsets. Each byte that is not UTF-8 counts as U+FFFD.
private func decodeLossily(_ bytes: ArraySlice<UInt8>) -> [(offset: Int, value: UInt32)] {
  var scalars: [(offset: Int, value: UInt32)] = []
  var offset = bytes.startIndex
  while offset < bytes.endIndex {
    if let decoded = UTF8Decoder.decode(bytes, at: offset) {
      scalars.append((offset, decoded.value))
      offset += decoded.length
    } else {
      scalars.append((offset, 0xFFFD))
      offset += 1
    }
  }
  return scalars
}
