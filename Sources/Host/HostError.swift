public import System

/// Why a host does not run a program, or gives no answer to a request.
public enum HostError: Error, Equatable, Sendable {
  /// The program names what is not granted. Nothing of it is run.
  case grantMissing(GrantMissing)
  /// The databases that the program may write to can't be committed together with the journal.
  case unsuitableDatabases(UnsuitableDatabases)
  /// The request can't have its seed. Nothing is run.
  case seedReuse(SeedReuse)
  /// Another delivery of the request still runs. Nothing is run.
  case requestInProgress(RequestInProgress)
  /// The journal is not as it was left. Nothing is run.
  case unusableJournal(JournalDefect)
  /// The audit log is not as it was left, or not this host's to continue. Nothing is run.
  case unusableAuditLog(AuditLogDefect)
  /// What the journal has of the request can't be opened. Nothing is run.
  case sealedRecord(SealedRecord)
  /// The system gives no memory for a request, or does not lock it for classified data.
  case memory(SystemError)
  /// The journal, the audit log or an effect failed.
  case fault(HostFault)
}

/// A program names capabilities of the host that this host does not grant.
///
/// The manifest of a snapshot lists every capability that its program calls; what is granted is compared with it before
/// the first sandbox is made.
public struct GrantMissing: Error, Equatable, Sendable {
  /// The capabilities that are missing, sorted.
  public let effects: [String]

  /// An error about capabilities.
  public init(effects: [String]) { self.effects = effects }
}

/// A host can commit to one database only, and to its journal only in the same file.
public struct UnsuitableDatabases: Error, Equatable, Sendable {
  /// The databases that the program may write to.
  public let databases: [String]
  /// The journal; nil if there is none.
  public let journal: String?

  /// An error about databases.
  public init(databases: [String], journal: String?) {
    self.databases = databases
    self.journal = journal
  }
}

/// A request can't have its seed, or was answered before in a way that can't be repeated. Nothing is run.
public struct SeedReuse: Error, Equatable, Sendable {
  /// Why the request is not run.
  public enum Cause: String, Sendable {
    /// The request's account and id were used for another input.
    case otherInput
    /// Another request has the same seed: the formula joins id, account and version without separators.
    case otherRequest
    /// The request was classified, and no host key was there to seal it; nobody can say whether the input is the same.
    case unknownInput
    /// It is the same request again; but it has effects, and without a journal its response is not known any more.
    case unrecorded
  }

  /// The request's id.
  public let requestID: String
  /// The seed.
  public let seed: Hash256
  /// Why the request is not run.
  public let cause: Cause

  /// An error about a request.
  public init(requestID: String, seed: Hash256, cause: Cause) {
    self.requestID = requestID
    self.seed = seed
    self.cause = cause
  }
}

/// Another delivery of the request still runs, and was waited for in vain.
public struct RequestInProgress: Error, Equatable, Sendable {
  /// The request's id.
  public let requestID: String
  /// How long it was waited, in milliseconds.
  public let waited: Int64

  /// An error about a request.
  public init(requestID: String, waited: Int64) {
    self.requestID = requestID
    self.waited = waited
  }
}

/// An audit log that a host can't continue.
public struct AuditLogDefect: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Kind: Equatable, Sendable {
    /// Behind the last checkpoint a line is not as it was written; what is wrong with it.
    case changed(String)
    /// Its checkpoints are signed with another key.
    case otherKey
    /// Its checkpoints are signed, and the host has no key.
    case signed
    /// Its checkpoints are not signed, and the host has a key.
    case unsigned
    /// It has as many records as a log can have.
    case full
  }

  /// What is wrong.
  public let kind: Kind
  /// The log.
  public let path: String

  init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }
}

/// A journal that is not as it was left, so that nobody can rely on it.
public struct JournalDefect: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Kind: Equatable, Sendable {
    /// Its tables are not those that this version makes: an earlier one has made them, or somebody has changed them.
    case foreignTables
    /// It, or its file of intents, has several hard links, or is mounted by itself: hosts that use another path would not find
    /// the files beside it.
    case otherPaths(of: String)
    /// The record of a request is not what was written; its number.
    case changedRecord(Int64)
    /// The record of a request says that the run ended in an error which this version does not know; its number, and the
    /// error's code.
    case unknownOutcome(Int64, code: String)
    /// The file of intents is there, and the journal that it belongs to is not.
    case missingJournal
    /// The file of intents, which was beside it, is not there.
    case missingIntents
    /// The file of intents belongs to another journal.
    case foreignIntents
    /// The file of intents has fewer notes than it had: an older one was put in its place.
    case olderIntents
    /// It has not the record any more that was its last, or one behind it.
    case lostRecords(last: Int64)
    /// A request was answered, says the file of intents, and the journal has no record of it.
    case lostRequest(requestID: String)
  }

  /// What is wrong.
  public let kind: Kind
  /// The journal.
  public let path: String

  /// An error about a journal.
  public init(_ kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }
}

/// A request was recorded under the seal of a host key that this host has not.
public struct SealedRecord: Error, Equatable, Sendable {
  /// The request's id.
  public let requestID: String
  /// The identifier of the key that opens the record.
  public let hostKey: Hash256

  /// An error about a record.
  public init(requestID: String, hostKey: Hash256) {
    self.requestID = requestID
    self.hostKey = hostKey
  }
}
