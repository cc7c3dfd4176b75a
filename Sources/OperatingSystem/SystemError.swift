internal import Glibc

/// Why a file could not be read or written, or memory could not be allocated: what happened, to which file, why, and
/// what to do instead.
public struct SystemError: Error, Equatable, Sendable {
  /// What happened.
  public enum Kind: Equatable, Sendable {
    /// The file can't be opened or read; the payload is the system's error number.
    case unreadable(Int32)
    /// The path leads to something other than a regular file.
    case special(SpecialFile)
    /// The file can't be created or written; the payload is the system's error number.
    case unwritable(Int32)
    /// An earlier write to the file failed and could not be undone, so nothing more is written; the payload is the
    /// system's error number of that failure.
    case abandoned(Int32)
    /// Another process keeps the file locked.
    case inUse
    /// The file was removed, renamed or replaced while it was open.
    case replaced
    /// A file of this name exists and must not be overwritten.
    case alreadyExists
    /// The file is larger than files of its kind may be; the limit is in bytes.
    case tooLarge(limit: Int)
    /// The file holds a secret, and users other than its owner may access it; the payload is its permission bits.
    case exposed(mode: UInt32)
    /// The system has no memory left; the payload is its error number.
    case noMemory(Int32)
    /// Memory for classified data can't be locked; the payload is the system's error number, and the size in bytes.
    case notLocked(Int32, byteCount: Int)
  }

  /// The kind of failure, for a command's exit status.
  public enum Category: Sendable {
    /// A file that was named can't be used as requested.
    case usage
    /// A file is refused because of what it is; nothing in it was used.
    case refused
    /// The system failed.
    case fault
  }

  /// What happened.
  public let kind: Kind
  /// The file, as it was named; a made-up name for memory.
  public let path: String

  /// An error about a file.
  public init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }

  /// Whether the error says that the file does not exist.
  public var isMissing: Bool { kind == .unreadable(ENOENT) || kind == .unreadable(ENOTDIR) }

  /// The kind of failure.
  public var category: Category {
    switch kind {
    case .unreadable, .special, .unwritable, .alreadyExists, .tooLarge: .usage
    case .exposed: .refused
    case .noMemory, .notLocked, .abandoned, .inUse, .replaced: .fault
    }
  }
}

// MARK: - Texts

extension SystemError {
  /// One line: the file, and what is wrong with it.
  public var message: String { "\(path): \(what)" }

  /// What is wrong with the file, to follow its name.
  public var what: String {
    switch kind {
    case .unreadable(let number): "can't be read: \(SystemError.describe(number))"
    case .special(let special): "is \(special.words), not a regular file"
    case .unwritable(let number): "can't be written: \(SystemError.describe(number))"
    case .abandoned(let number):
      "nothing more is written to it, since an earlier write failed: \(SystemError.describe(number))"
    case .inUse: "another process keeps it locked"
    case .replaced: "was removed, renamed or replaced while it was in use"
    case .alreadyExists: "exists already, and is not overwritten"
    case .tooLarge(let limit): "has more than \(limit) bytes"
    case .exposed(let mode): "is accessible to others than its owner (mode \(String(mode, radix: 8)))"
    case .noMemory(let number): "no memory is available for it: \(SystemError.describe(number))"
    case .notLocked(let number, let byteCount):
      "\(byteCount) bytes of memory can't be locked: \(SystemError.describe(number))"
    }
  }

  /// Why that is an error; nil if the message says it all.
  public var reason: String? {
    switch kind {
    case .special(.pipe), .special(.device), .special(.socket): "reading it might never end"
    case .notLocked:
      "classified data must not reach a swap device, and this process may lock less memory than that (RLIMIT_MEMLOCK)"
    case .abandoned: "after a crash, nobody could tell how much of that write is there"
    case .exposed: "it holds a secret, and anyone who can access the file would know it"
    case .special(.folder), .special(.symbolicLink), .unreadable, .unwritable, .inUse, .replaced, .alreadyExists,
      .tooLarge, .noMemory:
      nil
    }
  }

  /// What to do instead; nil if there is no advice.
  public var hint: String? {
    switch kind {
    case .special: "give a file; where standard input will do, give - and redirect it"
    case .alreadyExists: "choose another name, or remove the file if it is no longer needed"
    case .abandoned: "fix the disk, then start again: the file is continued after its last complete line"
    case .exposed: "chmod 600 \(path)"
    case .notLocked:
      "raise the limit (ulimit -l, LimitMEMLOCK=), give the request a smaller heap, or allow memory that is not locked"
    case .replaced: "put it back where it was, or start again with the new one"
    case .inUse: "wait until the other process is done, or name another file"
    case .unreadable, .unwritable, .tooLarge, .noMemory: nil
    }
  }

  /// The system's words for an error number.
  static func describe(_ number: Int32) -> String {
    unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
  }
}
