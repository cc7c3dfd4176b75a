import Engine

/// `docs/effect-operations.md`, made from the table of the standard effects.
enum EffectOperationTable {
  static func page() -> String {
    """
    # Effects: the operations

    For authors of programs. Made from the table in the source by `make docs`; [effects.md](effects.md) says how a call
    goes and how capabilities are granted.

    A call costs EFFECT_PERFORM, its own row, and the bytes of its arguments and its result. Each operation gives
    `{Ok: value}` or `{Err: {code, message}}`.

    | operation | own row | value in `Ok` |
    |---|---|---|
    \(rows)

    """
  }

  private static var rows: String {
    EffectOperation.allCases.map { operation in
      let row = operation.definition
      let parameters = row.parameters.all.map(text).joined(separator: ", ")
      return "| `\(row.effect).\(row.name)(\(parameters))` | \(row.price.name) | \(row.result) |"
    }.joined(separator: "\n")
  }

  private static func text(of parameter: EffectOperation.Parameter) -> String {
    "\(parameter.name)\(parameter.isOptional ? "?" : "")\(parameter.kind.map { ": \($0.name)" } ?? "")"
  }
}
