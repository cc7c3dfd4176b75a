internal import CSQLite

/// An error of SQLite.
public struct SQLiteError: Error, Equatable, Sendable {
  /// The kinds of errors that callers distinguish.
  public enum Kind: Equatable, Sendable {
    /// Somebody else has held the lock for longer than we were ready to wait.
    case busy
    /// A constraint of the schema was violated: a key that exists already, or a NULL where none is allowed.
    case constraint
    /// The statement is not allowed on this connection.
    case notAllowed
    /// The statement took more work than allowed.
    case interrupted
    /// The statement took more memory than allowed or available, or its code is too long.
    case memory
    /// A text or a blob is longer than allowed.
    case tooLarge
    /// The file can't be opened, or is not a database.
    case unusableFile
    /// A database file can't have this name, or there is something other than a file.
    case unusableName
    /// The file is no longer where it was opened: it was deleted, renamed or replaced.
    case moved
    /// The statement is wrong: its syntax, a missing table, or a value of the wrong type.
    case statement
    /// Anything else, such as a disk that is full.
    case other
  }

  /// The kind of error.
  public let kind: Kind
  /// SQLite's own message.
  public let message: String
  /// The database.
  public let path: String

  /// - Parameter code: SQLite's result code, extended or not.
  init(code: Int32, message: String, path: String) {
    kind =
      switch code & 0xff {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_CONSTRAINT: .constraint
      case SQLITE_AUTH, SQLITE_READONLY: .notAllowed
      case SQLITE_INTERRUPT: .interrupted
      case SQLITE_NOMEM: .memory
      case SQLITE_TOOBIG: .tooLarge
      case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_PERM: .unusableFile
      case SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE: .statement
      default: .other
      }
    self.message = message
    self.path = path
  }

  /// An error about a name that no database file can have.
  init(unusableName path: String, _ defect: String) {
    kind = .unusableName
    message = defect
    self.path = path
  }

  /// An error about a file that has been moved.
  init(movedFrom path: String) {
    kind = .moved
    message = "the file was deleted, renamed or replaced while it was open"
    self.path = path
  }
}

/// A value as SQLite stores it.
public enum SQLiteValue: Equatable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  /// The bytes of a text. SQLite does not check whether they are UTF-8.
  case text([UInt8])
  case blob([UInt8])

  /// Text from a String.
  public static func text(_ text: String) -> SQLiteValue { .text(Array(text.utf8)) }
}
