import Engine
import TestSupport
import Testing

/// The library reference agrees with the table of built-ins and with the engine.
@Suite struct LibraryReferenceTests {
  static let reference = Result { try LibraryReference() }

  /// Entries that do not describe a function, method or constant of the table.
  static let others = ["s.length`, `xs.length", "x[e]"]

  private func entries() throws -> [(entry: LibraryReference.Entry, builtin: Builtin)] {
    try LibraryReferenceTests.reference.get().entries.compactMap { entry in entry.builtin.map { (entry, $0) } }
  }

  @Test func everyBuiltinHasExactlyOneEntry() throws {
    let all = try LibraryReferenceTests.reference.get().entries
    let strays = all.filter { $0.builtin == nil }.map(\.heading)
    #expect(strays == LibraryReferenceTests.others)
    let described = all.compactMap(\.builtin)
    for builtin in Builtin.allCases {
      #expect(described.filter { $0 == builtin }.count == 1, "\(builtin.publishedName) in docs/library.md")
    }
  }

  @Test func tableOfContentsListsEverySection() throws {
    let reference = try LibraryReferenceTests.reference.get()
    #expect(!reference.sections.isEmpty && reference.contents == reference.sections)
  }

  @Test func unicodeVersionIsThatOfTheCaseTables() throws {
    let versions = try LibraryReferenceTests.reference.get().unicodeVersions
    #expect(versions[0] == versions[1] && !versions[0].isEmpty)
  }

  /// The parameters without `?` give the minimum number of arguments, and all parameters the maximum. `...` means no
  /// limit.
  @Test func parametersMatchTheArityOfTheTable() throws {
    for (entry, builtin) in try entries() {
      let definition = builtin.definition
      let parameters = entry.parameters ?? []
      let rest = parameters.filter { $0.hasPrefix("...") }
      let required = parameters.prefix { !$0.hasSuffix("?") && !$0.hasPrefix("...") }
      #expect((entry.parameters == nil) == (definition.isConstant), "\(entry)")
      #expect(required.count == definition.minimumArity, "\(entry)")
      #expect((rest.isEmpty ? parameters.count : nil) == definition.maximumArity, "\(entry)")
      #expect(rest.isEmpty || parameters.last == rest[0], "\(entry)")
    }
  }

  /// The row, its units, each kind of work with its block size and measure, and whether functions are called.
  @Test func gasLinesMatchTheTable() throws {
    for (entry, builtin) in try entries() {
      let definition = builtin.definition
      let row = definition.row.definition
      #expect(entry.gas.hasPrefix("\(row.name) \(row.cost)\(builtin.bulk.isEmpty ? ", no bulk" : ";")"), "\(entry)")
      #expect(entry.bulkBlocks == builtin.bulk.map(\.work.blockSize), "\(entry)")
      for charge in builtin.bulk {
        #expect(entry.gas.contains("bulk \(charge.work.blockSize): \(charge.measure)"), "\(entry)")
      }
      #expect(entry.gas.contains(" call") == definition.callsBack, "\(entry)")
    }
  }

  /// A call that fails because of its number of arguments costs the row, and so does a constant.
  @Test func rowsAreCharged() throws {
    let rest = try Guest.run("1;", budgets: MachineBudgets.tiny).gas
    for (entry, builtin) in try entries() {
      let definition = builtin.definition
      let callee = String(entry.heading.prefix { $0 != "(" })
      guard !definition.isConstant else {
        #expect(try Guest.run("\(callee); 1;", budgets: MachineBudgets.tiny).gas - rest == definition.row.cost)
        continue
      }
      // A function without a minimum or maximum accepts no arguments, and work on nothing is free.
      let count = definition.maximumArity.map { $0 + 1 } ?? max(0, definition.minimumArity - 1)
      let receiver = definition.form == .function ? 0 : builtin.namespace == .string ? 1 : GasRow.arrayNew.cost
      let value = builtin.namespace == .string ? "''" : "[]"
      let name = callee.split(separator: ".").last ?? ""
      let function = definition.form == .function ? callee : "\(value).\(name)"
      let arguments = Array(repeating: "1", count: count).joined(separator: ", ")
      let result = try Guest.run("\(function)(\(arguments));", budgets: MachineBudgets.tiny)
      let mayBeEmpty = definition.maximumArity == nil && definition.minimumArity == 0
      #expect(result.error == (mayBeEmpty ? nil : "ArityMismatch"), "\(entry)")
      #expect(result.gas - (mayBeEmpty ? rest - 1 : 0) == receiver + count + definition.row.cost, "\(entry)")
    }
  }

  /// The line of errors names existing codes, and fields that their bodies have.
  @Test func errorLinesNameKnownCodesAndFields() throws {
    let codes = Set(Trap.allCases.map { "\($0.code)" })
    for entry in try LibraryReferenceTests.reference.get().entries {
      let named = entry.errors.matches(of: #/`([A-Z][A-Za-z]+)`/#).map { String($0.output.1) }
      #expect(named.allSatisfy(codes.contains), "\(entry)")
      #expect(named.isEmpty == (entry.errors == "none."), "\(entry)")
      let hasDetails = entry.errors.contains("`IndexOutOfRange` (`index`, `length`)")
      #expect(named.contains("IndexOutOfRange") == hasDetails, "\(entry)")
    }
  }

  @Test func examplesGiveTheStatedResults() throws {
    for entry in try LibraryReferenceTests.reference.get().entries {
      let result = try Guest.run(entry.example, budgets: MachineBudgets.small)
      #expect((result.error.map { "error \($0)" } ?? result.body) == entry.result, "\(entry)")
      // An example must contain the name of its built-in.
      if let builtin = entry.builtin { #expect(entry.example.contains("\(builtin.definition.name)"), "\(entry)") }
    }
  }
}

extension Builtin.Definition {
  fileprivate var isConstant: Bool {
    switch form {
    case .constant: true
    case .function, .method: false
    }
  }
}
