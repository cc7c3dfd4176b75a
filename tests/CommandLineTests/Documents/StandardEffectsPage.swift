import CommandSupport
import Engine

/// `docs/standard-effects.md`, generated from the tables of grants and operations.
enum StandardEffectsPage {
  static func page() -> String {
    """
    # Standard effects

    *For handler authors and operators.* This page lists the standard effects. New here? Read the
    [guide](guide.md) first; [all pages](README.md).

    `make docs` generates this page from tables in the source. [Effects](effects.md) says how a call works and how a
    host grants capabilities.

    ## Grants

    What `--grant` accepts. `Async` needs no grant: the effect that it awaits needs one.

    | grant | gives access to |
    |---|---|
    \(grants)

    ## Operations

    A call costs EFFECT_PERFORM, the operation's own row, the bytes of its arguments and its result, and the work of the
    host: units for a call, for each byte of the arguments' CBOR, and for each byte of the result's. Each operation
    returns `{Ok: value}` or `{Err: {code, message}}`.

    | operation | own row | host: call, argument, result | value in `Ok` |
    |---|---|---|---|
    \(rows)

    """
  }

  private static var grants: String {
    CapabilityGrant.all.map { grant in
      "| \(grant.synopses.map { "`\($0)`" }.joined(separator: ", ")) | \(grant.meaning) |"
    }.joined(separator: "\n")
  }

  private static var rows: String {
    EffectOperation.allCases.map { operation in
      let row = operation.definition
      let parameters = row.parameters.all.map(text).joined(separator: ", ")
      let work = "\(row.hostWork.call), \(row.hostWork.argumentByte), \(row.hostWork.resultByte)"
      return
        "| `\(operation.capability.name).\(row.name)(\(parameters))` | \(row.price.name) | \(work) | \(row.result) |"
    }.joined(separator: "\n")
  }

  private static func text(of parameter: EffectOperation.Parameter) -> String {
    "\(parameter.name)\(parameter.isOptional ? "?" : "")\(parameter.kind.map { ": \($0.name)" } ?? "")"
  }
}
