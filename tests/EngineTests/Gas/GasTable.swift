import Engine
import TestSupport

/// `docs/gas-table.md`, made from the tables of the engine.
enum GasTable {
  static func page() -> String {
    """
    # Gas: the tables

    Made from the tables in the source by `make docs`; [gas.md](gas.md) has the rules. Costs are in β-reduction units.

    Gas schedule id (SHA-256 of these tables as text): `\(identifier)`

    ## Rows

    Annex A of MTPScript 5.1, complete. *charged*: for a construct of the language, a function of the library or an effect.
    *forbidden*: the construct is rejected when a program is compiled. *unused*: charged for nothing.

    | row | units | standing |
    |---|---|---|
    \(rows)

    ## Bulk work

    1 unit for each block of the measure beyond the first block: max(0, ⌈n / d⌉ - 1) for n of the measure and d to a block.

    | work | measure | d |
    |---|---|---|
    \(bulk)

    ## Constructs

    What constructs are charged for besides the rows that [gas.md](gas.md) names.

    | construct | bulk |
    |---|---|
    \(constructs)

    ## The library

    What a call costs besides its arguments: the row, and the bulk of the work, as `d: what is measured`.
    [library.md](library.md) says for each when it is charged. Functions that call back pay for each callback FUNC_CALL,
    what it does, and RETURN on top.

    | function | row | units | bulk | calls back |
    |---|---|---|---|---|
    \(builtins)

    ## Effects

    What the operations of the standard effects cost besides EFFECT_PERFORM, and how many arguments they take.
    *awaited*: the price of the operation that the last argument names. [effect-operations.md](effect-operations.md) has
    arguments and results.

    | operation | row | units | arguments |
    |---|---|---|---|
    \(effects)

    """
  }

  static var identifier: String {
    GasSchedule.identifier.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  private static var rows: String {
    GasRow.allCases.map { row in
      "| \(row.definition.name) | \(row.cost) | \(row.definition.standing.name) |"
    }.joined(separator: "\n")
  }

  private static var bulk: String {
    BulkWork.allCases.map { work in
      let (name, measure) = describe(work)
      return "| \(name) | \(measure) | \(work.blockSize) |"
    }.joined(separator: "\n")
  }

  private static var builtins: String {
    Builtin.allCases.map { builtin in
      let definition = builtin.definition
      let calls = definition.callsBack ? "yes" : ""
      let row = "\(definition.row.definition.name) | \(definition.row.cost)"
      return "| `\(builtin.publishedName)` | \(row) | \(text(of: builtin.bulk)) | \(calls) |"
    }.joined(separator: "\n")
  }

  private static var effects: String {
    EffectOperation.allCases.map { operation in
      let row = operation.definition
      let parameters = row.parameters
      let arity = parameters.required == parameters.count ? "" : "\(parameters.required) to "
      let units = row.price.row.map { "\($0.cost)" } ?? ""
      return "| `\(row.effect).\(row.name)` | \(row.price.name) | \(units) | \(arity)\(parameters.count) |"
    }.joined(separator: "\n")
  }

  private static var constructs: String {
    ConstructBulk.allCases.map { "| \($0.name) | \(text(of: $0.bulk)) |" }.joined(separator: "\n")
  }

  private static func text(of bulk: [BulkCharge]) -> String {
    bulk.map { "\($0.work.blockSize): \($0.measure)" }.joined(separator: "; ")
  }

  static func describe(_ work: BulkWork) -> (name: String, measure: String) {
    switch work {
    case .stringBuilding: ("building a String", "bytes of the result")
    case .stringSearch: ("searching a String", "bytes of the haystack, and of the result where one is built")
    case .stringComparison: ("comparing Strings", "bytes of the shorter one")
    case .byteCoding: ("hashing and coding", "bytes in")
    case .canonicalText: ("canonical text", "bytes out")
    case .caseMapping: ("case mapping", "bytes in or out, whatever is more")
    case .jsonParsing: ("parsing JSON", "bytes in")
    case .elements: ("elements", "elements of the result")
    case .values: ("comparing elements", "elements")
    case .pairs: ("equality", "pairs visited")
    case .nodes: ("printing", "values and keys visited")
    case .steps: ("steps", "⌈log2(size + 1)⌉ for each key or element")
    case .ordering: ("ordering keys", "n × ⌈log2(n + 1)⌉ for n keys")
    }
  }
}
