/// A row of the table of diagnostics: everything that the product says about one diagnostic, in one place. Messages,
/// the `explain` command and the page of the docs are generated from it.
public struct DiagnosticDefinition: Sendable {
  /// The diagnostic that the row is about.
  public let code: DiagnosticCode
  /// Stable name: `MQ` and four digits. It is never reused for another meaning.
  public let id: StaticString
  /// Whether the program can still be built.
  public let severity: Severity
  /// One line; `{0}`, `{1}` are placeholders for the diagnostic's arguments.
  public let message: StaticString
  /// Why the language leaves it out, or why it matters. It may use the placeholders of the message.
  public let reason: StaticString
  /// What to write instead. It may use the placeholders of the message.
  public let hint: StaticString
  /// A short program that gets this diagnostic.
  public let bad: StaticString
  /// A short program that does the same in an accepted way.
  public let good: StaticString

  init(
    _ code: DiagnosticCode, _ id: StaticString, _ message: StaticString, severity: Severity = .error,
    reason: StaticString, hint: StaticString, bad: StaticString, good: StaticString
  ) {
    self.code = code
    self.id = id
    self.severity = severity
    self.message = message
    self.reason = reason
    self.hint = hint
    self.bad = bad
    self.good = good
  }

  /// The whole table, in the order of `DiagnosticCode`.
  public static let all: [DiagnosticDefinition] =
    text + grammar + statements + expressions + freeNames + modules + sizes + warnings
}
