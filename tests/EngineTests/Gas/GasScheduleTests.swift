import Testing

@testable import Engine

/// The gas schedule is a commitment to programs, so every change of it must be deliberate. Its id is published in
/// `docs/gas-table.md`, which `PublishedPagesTests` compares with the tables. A change of a price, a measure or a rule
/// needs a new page (`make docs`). If no table shows the change, it also needs a new `GasSchedule.rulesRevision`.
@Suite struct GasScheduleTests {
  /// The hashed text has every price.
  @Test func theHashedTextHoldsEveryPrice() {
    let lines = Set(String(decoding: GasSchedule.text, as: UTF8.self).split(separator: "\n").map(String.init))
    for row in GasRow.allCases {
      #expect(lines.contains("row,\(row.definition.name),\(row.cost),\(row.definition.standing.name)"))
    }
    for work in BulkWork.allCases { #expect(lines.contains("bulk,\(work.rawValue),\(work.blockSize)")) }
    for charge in Builtin.allCases.flatMap(\.bulk) + ConstructBulk.allCases.flatMap(\.bulk) {
      #expect(lines.contains("work,\(charge.work.rawValue),\(charge.measure)"))
    }
    for operation in EffectOperation.allCases {
      let row = operation.definition
      let arity = "\(row.parameters.required),\(row.parameters.count)"
      let work = "\(row.hostWork.call),\(row.hostWork.argumentByte),\(row.hostWork.resultByte)"
      #expect(lines.contains("effect,\(operation.capability.name),\(row.name),\(row.price.name),\(arity),\(work)"))
    }
    let declared = HostWork.declared
    #expect(lines.contains("declared effect,\(declared.call),\(declared.argumentByte),\(declared.resultByte)"))
  }

  @Test
  func theIdMovesWithTheCostAndTheStandingOfEveryRow() {
    expectDifferentIdentifiers(
      GasRow.allCases.flatMap { row in
        let (name, cost, standing) = (row.definition.name, row.cost, row.definition.standing)
        let others: [GasRow.Definition] = [
          .init(name, cost + 1, standing), .init(name, cost, standing == .unused ? .charged : .unused),
        ]
        return others.map { other in GasSchedule.Tables(row: { $0 == row ? other : $0.definition }) }
      })
  }

  @Test
  func theIdMovesWithEveryBlockSize() {
    expectDifferentIdentifiers(
      BulkWork.allCases.map { work in
        GasSchedule.Tables(blockSize: { $0 == work ? $0.blockSize + 1 : $0.blockSize })
      })
  }

  @Test
  func theIdMovesWithTheBulkWorkOfEveryConstruct() {
    expectDifferentIdentifiers(
      ConstructBulk.allCases.map { construct in
        GasSchedule.Tables(construct: { $0 == construct ? $0.bulk + [BulkCharge(.pairs, "more")] : $0.bulk })
      })
  }

  @Test
  func theIdMovesWithEveryOperationOfAnEffect() {
    expectDifferentIdentifiers(
      EffectOperation.allCases.flatMap { operation in
        GasScheduleTests.others(operation.definition).map { other in
          GasSchedule.Tables(effect: { $0 == operation ? other : $0.definition })
        }
      })
  }

  @Test
  func theIdMovesWithTheWorkOfDeclaredEffects() {
    let one = [HostWork(call: 1), HostWork(call: 0, argumentByte: 1), HostWork(call: 0, resultByte: 1)]
    expectDifferentIdentifiers(one.map { GasSchedule.Tables(declaredWork: HostWork.declared + $0) })
  }

  /// Copies of a row, each with one changed field, for all fields in the schedule.
  private static func others(_ row: EffectOperation.Definition) -> [EffectOperation.Definition] {
    let all = row.parameters.all
    func parameter(_ index: Int) -> EffectOperation.Parameter? { index < all.count ? all[index] : nil }
    let fewer = EffectOperation.Parameters(parameter(1), parameter(2))
    let more = EffectOperation.Parameters(.required("more", .int), parameter(0), parameter(1))
    func changed(
      name: StaticString? = nil, price: EffectOperation.Price? = nil, work: HostWork? = nil,
      parameters: EffectOperation.Parameters? = nil
    ) -> EffectOperation.Definition {
      .init(
        name ?? row.name, price ?? row.price, work ?? row.hostWork, parameters ?? row.parameters, result: row.result)
    }
    return [
      changed(name: "other"), changed(price: .row(.add)),
      changed(price: row.price == .free ? .awaited : .free), changed(parameters: all.count == 3 ? fewer : more),
      changed(work: row.hostWork + HostWork(call: 1)), changed(work: row.hostWork + HostWork(call: 0, argumentByte: 1)),
      changed(work: row.hostWork + HostWork(call: 0, resultByte: 1)),
    ]
  }

  /// Each set of tables has a different identifier, and none has the identifier of the schedule.
  private func expectDifferentIdentifiers(
    _ tables: [GasSchedule.Tables], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let identifiers = Set(tables.map { GasSchedule.identifier(of: GasSchedule.text(of: $0)) })
    #expect(!tables.isEmpty, sourceLocation: sourceLocation)
    #expect(identifiers.count == tables.count, sourceLocation: sourceLocation)
    #expect(!identifiers.contains(GasSchedule.identifier), sourceLocation: sourceLocation)
  }

  /// The price is the row, each kind of work, and whether functions are called.
  @Test func theIdMovesWithEveryPriceOfBuiltins() {
    var identifiers: Set<[UInt8]> = [GasSchedule.identifier]
    var changes = 0
    for builtin in Builtin.allCases {
      for changed in GasScheduleTests.otherPrices(builtin.definition) {
        let text = GasSchedule.text(of: .init(builtin: { $0 == builtin ? changed : $0.definition }))
        identifiers.insert(GasSchedule.identifier(of: text))
        changes += 1
      }
    }
    #expect(identifiers.count == 1 + changes)
    #expect(changes == Builtin.allCases.reduce(0) { $0 + 3 + $1.bulk.count })
  }

  /// Copies of a row, each with one change of its price, in all possible ways.
  private static func otherPrices(_ row: Builtin.Definition) -> [Builtin.Definition] {
    func changed(
      row gasRow: GasRow? = nil, callsBack: Bool? = nil, bulk: [BulkCharge]? = nil
    ) -> Builtin.Definition {
      Builtin.Definition(
        name: row.name, form: row.form, arity: row.arity, row: gasRow ?? row.row, callsBack: callsBack ?? row.callsBack,
        bulk: bulk.map(charges) ?? row.bulk)
    }
    let bulk = row.bulk.all
    let cheaper = bulk.indices.map { index in
      var rest = bulk
      rest[index] = BulkCharge(bulk[index].work == .pairs ? .nodes : .pairs, bulk[index].measure)
      return changed(bulk: rest)
    }
    let extended = changed(bulk: bulk.count < 7 ? bulk + [BulkCharge(.pairs, "more")] : bulk.dropLast())
    return cheaper + [
      changed(row: row.row == .add ? .sub : .add), changed(callsBack: !row.callsBack), extended,
    ]
  }

  private static func charges(_ list: [BulkCharge]) -> BulkCharges {
    func at(_ index: Int) -> BulkCharge? { index < list.count ? list[index] : nil }
    return BulkCharges(at(0), at(1), at(2), at(3), at(4), at(5), at(6))
  }

  @Test func numbersOfBuiltinsAreTheirIndices() {
    #expect(Builtin.allCases.map { Int($0.rawValue) } == Array(Builtin.allCases.indices))
    for builtin in Builtin.allCases { #expect(Builtin(rawValue: builtin.rawValue) == builtin) }
    #expect(Builtin(rawValue: UInt16(Builtin.allCases.count)) == nil)
  }
}
