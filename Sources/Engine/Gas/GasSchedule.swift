/// The whole gas schedule: every row, every kind of bulk work, the price of every built-in and of every standard
/// effect, and the revision of the rules. Its hash identifies it in images and reports.
///
/// Once the schedule is frozen (decision 0021), no entry changes any more. A new built-in or effect adds entries, which
/// makes a schedule that extends the ones before it. Images of those still run, with the same bytes, gas and peaks. An
/// image of any other schedule is refused.
public enum GasSchedule {
  /// The ids of the frozen schedules that this one extends, as SHA-256 in lowercase hexadecimal, the oldest first. When
  /// entries are added, the id before goes here, and its text to `tests/Data/schedules`.
  static let extended: [StaticString] = []

  /// The revision of everything that no table holds: the rules of `docs/gas.md`, and what exactly is measured and when.
  public static let rulesRevision = 2

  /// The tables from which the schedule's entries come. A test replaces one entry to check that the hash depends on it.
  struct Tables {
    var row: (GasRow) -> GasRow.Definition = { $0.definition }
    var blockSize: (BulkWork) -> Int = { $0.blockSize }
    var builtin: (Builtin) -> Builtin.Definition = { $0.definition }
    var construct: (ConstructBulk) -> [BulkCharge] = { $0.bulk }
    var effect: (EffectOperation) -> EffectOperation.Definition = { $0.definition }
    var declaredWork = HostWork.declared
  }

  /// The schedule as text, one line for each entry, in the order of the tables. The hash is computed over this text.
  public static var text: [UInt8] { text(of: Tables()) }

  /// The same for other tables.
  static func text(of tables: Tables) -> [UInt8] {
    var text: [UInt8] = []
    line(&text, "rules", [digits(rulesRevision)])
    for row in GasRow.allCases {
      let definition = tables.row(row)
      line(&text, "row", [definition.name.bytes, digits(definition.cost), definition.standing.name.bytes])
    }
    for work in BulkWork.allCases { line(&text, "bulk", [digits(Int(work.rawValue)), digits(tables.blockSize(work))]) }
    for builtin in Builtin.allCases {
      let definition = tables.builtin(builtin)
      line(
        &text, "builtin",
        [
          builtin.namespace.name.bytes, definition.name.bytes, definition.row.definition.name.bytes,
          (definition.callsBack ? "calls" : "" as StaticString).bytes,
        ])
      lines(&text, definition.bulk.all)
    }
    for construct in ConstructBulk.allCases {
      line(&text, "construct", [construct.name.bytes])
      lines(&text, tables.construct(construct))
    }
    for operation in EffectOperation.allCases {
      let definition = tables.effect(operation)
      line(
        &text, "effect",
        [
          operation.capability.name.bytes, definition.name.bytes, definition.price.name.bytes,
          digits(definition.parameters.required), digits(definition.parameters.count),
        ] + fields(definition.hostWork))
    }
    line(&text, "declared effect", fields(tables.declaredWork))
    return text
  }

  private static func fields(_ work: HostWork) -> [[UInt8]] {
    [digits(work.call), digits(work.argumentByte), digits(work.resultByte)]
  }

  private static func lines(_ text: inout [UInt8], _ charges: [BulkCharge]) {
    for charge in charges { line(&text, "work", [digits(Int(charge.work.rawValue)), charge.measure.bytes]) }
  }

  /// SHA-256 of the text: 32 bytes.
  public static let identifier: [UInt8] = identifier(of: text)

  /// Whether images that were built for the schedule with this id run: it is this one, or one that this one extends.
  public static func supports(_ identifier: [UInt8]) -> Bool {
    if identifier == self.identifier { return true }
    let digits = identifier.flatMap { [HexSink.digit($0 >> 4), HexSink.digit($0 & 15)] }
    for other in extended where other.bytes == digits { return true }
    return false
  }

  /// SHA-256 of the text of a schedule.
  static func identifier(of text: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.add(text)
    return hash.digest()
  }

  private static func line(_ text: inout [UInt8], _ kind: StaticString, _ fields: [[UInt8]]) {
    text += kind.bytes
    for field in fields {
      text.append(0x2c)
      text += field
    }
    text.append(0x0a)
  }

  private static func digits(_ number: Int) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = number
    repeat {
      digits.insert(UInt8(0x30 + rest % 10), at: 0)
      rest /= 10
    } while rest > 0
    return digits
  }
}

extension GasRow.Standing {
  /// The standing's name in the published table.
  public var name: StaticString {
    switch self {
    case .charged: "charged"
    case .forbidden: "forbidden"
    case .unused: "unused"
    }
  }
}

extension EffectOperation.Price {
  /// The price's name in the schedule and in the published table.
  public var name: StaticString {
    switch self {
    case .free: "free"
    case .row(let row): row.definition.name
    case .awaited: "awaited"
    }
  }
}
