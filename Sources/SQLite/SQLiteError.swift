internal import CSQLite

/// What SQLite says when it does not do what it was asked for.
public struct SQLiteError: Error, Equatable, Sendable {
  /// The kinds of failure that callers tell apart.
  public enum Kind: Equatable, Sendable {
    /// Somebody else holds the lock, and has held it for as long as we were ready to wait.
    case busy
    /// A constraint of the schema: a key that exists already, a NULL where none may be.
    case constraint
    /// The statement is not allowed on this connection.
    case notAllowed
    /// The statement took more work than it may.
    case interrupted
    /// The statement took more memory than it may, or than there is; or its code is too long.
    case memory
    /// A text or a blob is longer than it may be.
    case tooLarge
    /// The file can't be opened, or is no database.
    case unusableFile
    /// The name is none that a database file can have, or what lies there is no file.
    case unusableName
    /// The file is not where it was opened: it was deleted, renamed or replaced.
    case moved
    /// The statement is wrong: its syntax, a table that is not there, a value of the wrong type.
    case statement
    /// Anything else, such as a disk that is full.
    case other
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// SQLite's own sentence.
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

  /// An error about a file that is elsewhere by now.
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
  /// The bytes of a text. SQLite does not check that they are UTF-8.
  case text([UInt8])
  case blob([UInt8])

  /// Text from a String.
  public static func text(_ text: String) -> SQLiteValue { .text(Array(text.utf8)) }
}
