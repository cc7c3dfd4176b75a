import Engine
import TestSupport

/// `docs/gas-v5.1.csv`: the gas schedule in machine-readable form (RFC 4180, with a header). The first column says what
/// a line describes:
///
/// - `row`: an operation of Annex A: its name, units and standing;
/// - `work`: a kind of bulk work: its name, its measure, and its block size;
/// - `construct bulk`: work that a construct is charged for in addition to the rows that docs/gas.md names;
/// - `function`: a function of the library: the row that a call costs, and whether it calls back;
/// - `function bulk`: work that a call is charged for in addition, in order of charging;
/// - `effect`: an operation of a standard effect: the row that a call costs in addition to EFFECT_PERFORM;
/// - `host work`: what a call of an effect costs for the work of the host: units for each call, or for each byte of the
///   CBOR of its arguments or its result.
enum GasCSV {
  static func page() -> String {
    let header = ["entry", "name", "units", "standing", "row", "work", "measure", "block", "calls back"]
    let lines = [header] + rows + works + constructs + functions + effects
    return lines.map { line in line.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static var rows: [[String]] {
    GasRow.allCases.map { row in
      ["row", "\(row.definition.name)", "\(row.cost)", "\(row.definition.standing.name)", "", "", "", "", ""]
    }
  }

  private static var works: [[String]] {
    BulkWork.allCases.map { work in
      let (name, measure) = GasTable.describe(work)
      return ["work", name, "", "", "", name, measure, "\(work.blockSize)", ""]
    }
  }

  private static var constructs: [[String]] {
    ConstructBulk.allCases.flatMap { bulk("construct bulk", "\($0.name)", $0.bulk) }
  }

  private static var functions: [[String]] {
    Builtin.allCases.flatMap { builtin in
      let (name, row) = (builtin.publishedName, builtin.definition.row)
      let calls = builtin.definition.callsBack ? "yes" : ""
      return [["function", name, "\(row.cost)", "", "\(row.definition.name)", "", "", "", calls]]
        + bulk("function bulk", name, builtin.bulk)
    }
  }

  private static var effects: [[String]] {
    EffectOperation.allCases.flatMap { operation in
      let definition = operation.definition
      let units = definition.price.row.map { "\($0.cost)" } ?? ""
      let name = "\(operation.capability.name).\(definition.name)"
      return [["effect", name, units, "", "\(definition.price.name)", "", "", "", ""]]
        + hostWork(definition.hostWork, of: name)
    } + hostWork(.declared, of: "an effect of the host's own")
  }

  private static func hostWork(_ work: HostWork, of name: String) -> [[String]] {
    let measures = [
      ("calls", work.call), ("bytes of the arguments' CBOR", work.argumentByte),
      ("bytes of the result's CBOR", work.resultByte),
    ]
    return measures.filter { $0.1 > 0 }.map { measure, units in
      ["host work", name, "\(units)", "", "GAS_CONSUME", "", measure, "1", ""]
    }
  }

  private static func bulk(_ entry: String, _ name: String, _ charges: [BulkCharge]) -> [[String]] {
    charges.map { charge in
      let (work, block) = (GasTable.describe(charge.work).name, "\(charge.work.blockSize)")
      return [entry, name, "", "", "", work, "\(charge.measure)", block, ""]
    }
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\r\n".contains($0) }) else { return field }
    return "\"\(field.replacing("\"", with: "\"\""))\""
  }
}
