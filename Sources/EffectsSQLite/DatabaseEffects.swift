internal import Engine
public import Host
public import SQLite

/// `DbRead.query(sql, params)`: rows of the granted database. A statement that does anything but read is refused when
/// it is compiled. The connection is read-only, too, unless the request may also write to this database.
public struct DbReadEffect: Effect {
  /// `DbRead`.
  public let name = DbReadOperation.capability.text
  private let file: DatabaseFile
  private let limits: DatabaseLimits

  /// The capability to read one database.
  public init(_ file: DatabaseFile, limits: DatabaseLimits = .standard) {
    self.file = file
    self.limits = limits
  }

  /// The rows as an Array of Records.
  public func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    switch DbReadOperation(of: call) {
    case .query:
      try DatabaseCall(call, purpose: .reading, limits: limits).run(on: file, in: request) {
        (statement, _) throws(DatabaseCall.Stop) in
        guard statement.isReadOnly else { throw .error(DatabaseError.notAllowed("the statement is not a query")) }
        return .array(try statement.records(limits: limits))
      }
    case nil: .failure(.unknownOperation(call.operation))
    }
  }
}

/// `DbWrite.execute(sql, params)`: changes rows of the granted database in the request's transaction. If the request
/// ends in a value, the transaction is committed before the response is sent. If it ends in an error, the transaction
/// is rolled back.
public struct DbWriteEffect: Effect {
  /// `DbWrite`.
  public let name = DbWriteOperation.capability.text
  private let file: DatabaseFile
  private let limits: DatabaseLimits

  /// The capability to write to one database.
  public init(_ file: DatabaseFile, limits: DatabaseLimits = .standard) {
    self.file = file
    self.limits = limits
  }

  /// The database.
  public var writtenDatabase: DatabaseFile? { file }

  /// The number of rows that were inserted, changed or removed, as `{changes}`.
  public func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    switch DbWriteOperation(of: call) {
    case .execute:
      try DatabaseCall(call, purpose: .writing, limits: limits).run(on: file, in: request) {
        (statement, connection) throws(DatabaseCall.Stop) in
        if statement.isReadOnly { throw .error(DatabaseError.notAllowed("a query belongs to DbRead.query")) }
        let before = connection.totalChangedRowCount
        _ = try statement.records(limits: limits)
        return ["changes": .integer(connection.totalChangedRowCount - before)]
      }
    case nil: .failure(.unknownOperation(call.operation))
    }
  }
}

/// The errors that programs receive.
enum DatabaseError {
  static func notAllowed(_ message: String) -> EffectError { EffectError("NotAllowed", message) }
  static let aborted = EffectError(
    "TransactionAborted", "an earlier statement of the request has ended its transaction; what it had written is lost")
  static func limit(_ message: String) -> EffectError { EffectError("LimitExceeded", message) }
  static func value(_ message: String) -> EffectError { EffectError("UnsupportedValue", message) }

  /// An error of SQLite as one that a program can handle; nil if it is a failure of the host.
  static func of(_ error: SQLiteError, _ limits: DatabaseLimits) -> EffectError? {
    switch error.kind {
    case .constraint: EffectError("ConstraintViolation", error.message)
    case .notAllowed: notAllowed(error.message)
    case .interrupted: limit("more than \(limits.steps) units of work")
    case .memory: limit("more than \(limits.memory) bytes of memory, or too much code")
    case .tooLarge: limit(error.message)
    case .statement: EffectError("InvalidStatement", error.message)
    case .busy, .unusableFile, .unusableName, .moved, .other: nil
    }
  }
}
