import Engine

/// The severity of a diagnostic: an error prevents a build, a warning does not.
public enum Severity: Sendable { case error, warning }

/// One diagnostic of the front end, and its position.
public struct Diagnostic: Sendable {
  /// Which diagnostic it is.
  public let code: DiagnosticCode
  /// The source text that it is about.
  public let span: SourceSpan
  /// The texts for the placeholders `{0}`, `{1}` … of the message, the reason and the hint, in UTF-8.
  public let arguments: [[UInt8]]

  /// A diagnostic with the arguments that its message needs.
  public init(_ code: DiagnosticCode, at span: SourceSpan, _ arguments: [[UInt8]] = []) {
    self.code = code
    self.span = span
    self.arguments = arguments
  }

  /// The message with its arguments filled in.
  public var message: [UInt8] { fill(code.definition.message) }

  /// The reason with its arguments filled in.
  public var reason: [UInt8] { fill(code.definition.reason) }

  /// The hint with its arguments filled in.
  public var hint: [UInt8] { fill(code.definition.hint) }

  /// Replaces `{digit}` by the argument with that number. Other braces stay as they are.
  private func fill(_ template: StaticString) -> [UInt8] {
    let template = template.bytes
    var text: [UInt8] = []
    var index = 0
    while index < template.count {
      if let argument = argument(at: index, of: template) {
        text += argument
        index += 3
      } else {
        text.append(template[index])
        index += 1
      }
    }
    return text
  }

  private func argument(at index: Int, of template: [UInt8]) -> [UInt8]? {
    guard index + 2 < template.count, template[index] == UInt8(ascii: "{"), template[index + 2] == UInt8(ascii: "}")
    else { return nil }
    let number = Int(template[index + 1]) - Int(UInt8(ascii: "0"))
    return arguments.indices.contains(number) ? arguments[number] : nil
  }
}

/// Collects the diagnostics of one file, up to a limit, so that a hostile file can't fill the memory with them.
struct DiagnosticList {
  static let limit = 1_000

  private(set) var all: [Diagnostic] = []

  mutating func report(_ code: DiagnosticCode, at span: SourceSpan, _ arguments: [[UInt8]] = []) {
    if all.count < Self.limit {
      all.append(Diagnostic(code, at: span, arguments))
    } else if all.count == Self.limit {
      all.append(Diagnostic(.tooManyErrors, at: span))
    }
  }

  /// Appends the diagnostics of another list, within the limit.
  mutating func append(_ other: DiagnosticList) {
    for diagnostic in other.all { report(diagnostic.code, at: diagnostic.span, diagnostic.arguments) }
  }
}

extension [Diagnostic] {
  /// Sorted by file, then by position; diagnostics at the same position keep their order.
  func sortedByPosition() -> [Diagnostic] {
    enumerated().sorted { left, right in
      let (a, b) = (left.element.span, right.element.span)
      if a.file != b.file { return a.file < b.file }
      if a.start != b.start { return a.start < b.start }
      return left.offset < right.offset
    }.map { $0.element }
  }

  /// Whether any of them prevents a build.
  public var hasErrors: Bool { contains { $0.code.definition.severity == .error } }
}
