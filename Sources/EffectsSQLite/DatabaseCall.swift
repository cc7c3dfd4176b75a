internal import Host
internal import SQLite

/// One call with its statement and parameters, executed within the limits of its grant.
struct DatabaseCall {
  /// Why a call has no value.
  enum Stop: Error {
    /// The program receives this error.
    case error(EffectError)
    /// SQLite failed.
    case sqlite(SQLiteError)
  }

  private let call: HostCall
  private let purpose: SQLiteRule.Purpose
  private let limits: DatabaseLimits

  init(_ call: HostCall, purpose: SQLiteRule.Purpose, limits: DatabaseLimits) {
    self.call = call
    self.purpose = purpose
    self.limits = limits
  }

  /// Compiles the statement, binds its parameters, and passes it to `body`, which steps it.
  func run(
    on file: DatabaseFile, in request: RequestScope,
    _ body: (SQLiteStatement, SQLiteConnection) throws(Stop) -> CBORValue
  ) throws(HostFault) -> EffectResult {
    do throws(Stop) {
      guard call.arguments.count == 2, let sql = call.arguments[0].text, let parameters = call.arguments[1].elements
      else { throw .error(.invalidArgument("a statement is text, and its parameters are an Array")) }
      return .success(try run(sql, parameters, on: file, in: request, body))
    } catch {
      switch error {
      case .error(let error): return .failure(error)
      case .sqlite(let error):
        guard let effectError = DatabaseError.of(error, limits) else {
          throw HostFault("database \(error.path): \(error.message)")
        }
        return .failure(effectError)
      }
    }
  }

  private func run(
    _ sql: String, _ parameters: [CBORValue], on file: DatabaseFile, in request: RequestScope,
    _ body: (SQLiteStatement, SQLiteConnection) throws(Stop) -> CBORValue
  ) throws(Stop) -> CBORValue {
    if request.isAborted { throw .error(DatabaseError.aborted) }
    guard sql.utf8.count <= SQLiteBounds.statementBytes else {
      throw .error(
        DatabaseError.limit("a statement of \(sql.utf8.count) bytes; it may have \(SQLiteBounds.statementBytes)"))
    }
    let work = min(limits.steps, limits.requestSteps - request.databaseWork)
    if work <= 0 {
      throw .error(DatabaseError.limit("the request's statements have done \(limits.requestSteps) units of work"))
    }
    let connection = try asking { () throws(SQLiteError) in try request.transaction(on: file) }
    var bounds = SQLiteBounds(work: work, memory: limits.memory, valueBytes: 0)
    defer { request.databaseWork += work - bounds.work }
    for size in limits.valueSizes {
      bounds.valueBytes = size
      // The savepoint undoes a statement that fails half-way.
      try asking { () throws(SQLiteError) in try connection.execute("SAVEPOINT mqjs_call") }
      do throws(Stop) {
        let value = try bounded(sql, parameters, on: connection, &bounds, body)
        try asking { () throws(SQLiteError) in try connection.execute("RELEASE mqjs_call") }
        return value
      } catch {
        // A statement that is interrupted while it writes, or that says OR ROLLBACK, ends the transaction.
        guard connection.isInTransaction else { throw error }
        try asking { () throws(SQLiteError) in
          try connection.execute("ROLLBACK TO mqjs_call; RELEASE mqjs_call")
        }
        guard case .sqlite(let failure) = error, failure.kind == .tooLarge else { throw error }
      }
    }
    throw .error(DatabaseError.limit("a value or a row of more than \(bounds.valueBytes) bytes"))
  }

  /// Executes the statement within its bounds, and subtracts its work from them.
  private func bounded(
    _ sql: String, _ parameters: [CBORValue], on connection: SQLiteConnection, _ bounds: inout SQLiteBounds,
    _ body: (SQLiteStatement, SQLiteConnection) throws(Stop) -> CBORValue
  ) throws(Stop) -> CBORValue {
    let limits = bounds
    try asking { () throws(SQLiteError) in
      try connection.restrict(to: SQLiteRule(purpose, hidingTables: Journal.tablePrefix))
      try connection.begin(limits)
    }
    defer {
      bounds.work = connection.endBounds()
      connection.lift()
    }
    let statement = try asking { () throws(SQLiteError) in try connection.prepare(sql) }
    let values = try statement.values(for: parameters)
    try asking { () throws(SQLiteError) in try statement.bind(values) }
    let value = try body(statement, connection)
    try asking { () throws(SQLiteError) in try connection.checkEffects() }
    return value
  }
}

/// Calls SQLite.
private func asking<Result>(
  _ body: () throws(SQLiteError) -> Result
) throws(DatabaseCall.Stop) -> Result {
  do throws(SQLiteError) {
    return try body()
  } catch {
    throw .sqlite(error)
  }
}

extension SQLiteStatement {
  /// The values of the parameters, by position.
  fileprivate func values(for parameters: [CBORValue]) throws(DatabaseCall.Stop) -> [SQLiteValue] {
    guard parameters.count == parameterCount else {
      throw .error(
        .invalidArgument("the statement takes \(parameterCount) parameters, but \(parameters.count) values were given"))
    }
    var values: [SQLiteValue] = []
    for (index, value) in parameters.enumerated() {
      switch value {
      case .null: values.append(.null)
      case .bool(let flag): values.append(.integer(flag ? 1 : 0))
      case .integer(let number): values.append(.integer(number))
      case .decimal(let number): values.append(.text(number.text))
      case .string(let text): values.append(.text(text))
      case .array, .record, .map:
        throw .error(.invalidArgument("parameter \(index + 1) is not a String, Int, Decimal, Bool or null"))
      }
    }
    return values
  }

  /// Steps the statement to its end.
  ///
  /// - Returns: a Record for each row, with a field for each column.
  func records(limits: DatabaseLimits) throws(DatabaseCall.Stop) -> [CBORValue] {
    let names = (0..<columnCount).map(columnName(at:))
    guard Set(names.map { Array($0.utf8) }).count == names.count else {
      throw .error(DatabaseError.value("two columns have the same name; rename one with AS"))
    }
    // The order of the names' canonical CBOR. Sorting them once spares the encoder from sorting them for each row.
    let order = names.indices.sorted { CBORValue.precedes(names[$0], names[$1]) }
    var rows: [CBORValue] = []
    var byteCount = 0
    while true {
      if try !asking({ () throws(SQLiteError) in try step() }) { return rows }
      if rows.count == limits.rows { throw .error(DatabaseError.limit("more than \(limits.rows) rows")) }
      var fields: [CBORValue.Field] = []
      fields.reserveCapacity(names.count)
      for (column, name) in names.enumerated() {
        let value = try field(column, name: name, row: rows.count, &byteCount)
        byteCount += name.utf8.count + 8
        // A single row may be thousands of times as large as a column, so this is checked for each column.
        if byteCount > limits.bytes { throw .error(DatabaseError.limit("more than \(limits.bytes) bytes")) }
        fields.append(CBORValue.Field(name, value))
      }
      rows.append(.record(order.map { fields[$0] }))
    }
  }

  private func field(
    _ column: Int, name: String, row: Int, _ byteCount: inout Int
  ) throws(DatabaseCall.Stop) -> CBORValue {
    func place() -> String { "column \(name) of row \(row + 1)" }
    switch value(at: column) {
    case .null: return .null
    case .integer(let number): return .integer(number)
    case .text(let bytes):
      byteCount += bytes.count
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .error(DatabaseError.value("\(place()) is text that is not valid UTF-8"))
      }
      return .string(text)
    case .real:
      throw .error(DatabaseError.value("\(place()) is a floating-point number; keep Decimals as text, cents as Ints"))
    case .blob: throw .error(DatabaseError.value("\(place()) is a BLOB; select hex(\(name)) instead"))
    }
  }
}
