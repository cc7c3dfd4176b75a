import Engine
import TestSupport

/// `docs/gas-table.md`, generated from the engine's tables.
enum GasTable {
  static func page() -> String {
    """
    # Gas tables

    *For handler authors and auditors.* This page lists all prices; [gas](gas.md) has the rules. New here? Read the
    [guide](guide.md) first; [all pages](README.md).

    `make docs` generates this page from the tables in the source. Prices are in β-reduction units.

    Gas schedule id (SHA-256 of these tables as text): `\(identifier)`

    ## Rows

    This is the complete Annex A of MTPScript 5.1. A *charged* row is the price of a construct of the language, a function
    of the library, or an effect. The construct of a *forbidden* row is rejected at compile time. Nothing charges an
    *unused* row.

    | row | units | standing |
    |---|---|---|
    \(rows)

    ## Bulk work

    Bulk costs 1 unit for each block of d beyond the first block of the measure n: max(0, ⌈n / d⌉ - 1).

    | work | measure | d |
    |---|---|---|
    \(bulk)

    ## Constructs

    Constructs are charged this bulk in addition to the rows that [gas](gas.md) names.

    | construct | bulk |
    |---|---|
    \(constructs)

    ## The library

    A call costs its arguments, the row, and the bulk of the work, given as `d: measure`. The
    [library reference](library.md) says for each function when the bulk is charged. Each callback costs FUNC_CALL, its
    own work, and RETURN in addition.

    | function | row | units | bulk | calls back |
    |---|---|---|---|---|
    \(builtins)

    ## Effects

    What the operations of the standard effects cost besides EFFECT_PERFORM, and how many arguments they take. The work
    of the host is charged as GAS_CONSUME: for a call, for each byte of the CBOR of its arguments, and for each byte of
    the CBOR of its result. *awaited*: in addition, the row and the work of the operation that the last argument names.
    [standard-effects.md](standard-effects.md) has arguments and results.

    | operation | row | units | arguments | a call | byte of arguments | byte of result |
    |---|---|---|---|---|---|---|
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
    let operations = EffectOperation.allCases.map { operation in
      let row = operation.definition
      let parameters = row.parameters
      let arity = parameters.required == parameters.count ? "" : "\(parameters.required) to "
      let units = row.price.row.map { "\($0.cost)" } ?? ""
      let name = "`\(operation.capability.name).\(row.name)`"
      return "| \(name) | \(row.price.name) | \(units) | \(arity)\(parameters.count) | \(text(of: row.hostWork)) |"
    }
    let declared = "| an effect of the host's own | free | | any | \(text(of: .declared)) |"
    return (operations + [declared]).joined(separator: "\n")
  }

  private static func text(of work: HostWork) -> String {
    "\(work.call) | \(work.argumentByte) | \(work.resultByte)"
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
    case .caseMapping: ("case mapping", "bytes in or out, whichever is more")
    case .jsonParsing: ("parsing JSON", "bytes in")
    case .elements: ("building", "words of the result: one for each value in it")
    case .values: ("comparing elements", "elements")
    case .pairs: ("equality", "2 × pairs visited")
    case .nodes: ("printing", "3 × values and keys visited")
    case .visits: ("reading objects", "2 × objects")
    case .steps: ("steps", "⌈log2(size + 1)⌉ for each key or element")
    case .ordering: ("ordering keys", "n × ⌈log2(n + 1)⌉ for n keys; twice that in the order of CBOR")
    case .keyComparison: ("comparing keys", "bytes × ⌈log2(n + 1)⌉ for a key among n")
    }
  }
}
