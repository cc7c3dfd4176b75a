extension DiagnosticDefinition {
  /// MQ90xx: what is accepted but hardly meant.
  static let warnings: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .mutatingMethod, "MQ9001", "arrays have no `{0}`: they can't be changed", severity: .warning,
      reason:
        "On an array, this call ends the run with NoSuchField. On a record, it calls the function in that field.",
      hint: "For an array, write {1}.",
      bad: "const xs = [1]; xs.push(2)", good: "const xs = [1]; [...xs, 2]"),
    DiagnosticDefinition(
      .readBeforeInitialization, "MQ9002", "`{0}` is read before it has a value", severity: .warning,
      reason: "If this line runs, it ends the run with the error UninitializedBinding.",
      hint: "Move the declaration up.",
      bad: "const a = b; const b = 1; a", good: "const b = 1; const a = b; a"),
  ]
}
