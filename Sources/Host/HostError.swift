public import OperatingSystem

/// Why a host does not run a program, or does not answer a request.
public enum HostError: Error, Equatable, Sendable {
  /// The program names capabilities that are not granted. Nothing of it is run.
  case grantMissing(GrantMissing)
  /// The databases that the program may write to can't be committed together with the journal.
  case unsuitableDatabases(UnsuitableDatabases)
  /// The request can't have its seed. Nothing is run.
  case seedReuse(SeedReuse)
  /// Another delivery of the request is still running. Nothing is run.
  case requestInProgress(RequestInProgress)
  /// The journal is not as it was left. Nothing is run.
  case unusableJournal(JournalDefect)
  /// The audit log is not as it was left, or belongs to a host with another key. Nothing is run.
  case unusableAuditLog(AuditLogDefect)
  /// The journal's record of the request can't be opened. Nothing is run.
  case sealedRecord(SealedRecord)
  /// The system has no memory for a request, or does not lock memory for classified data.
  case memory(SystemError)
  /// The journal, the audit log or an effect failed.
  case fault(HostFault)
}

/// A program names capabilities that the host does not grant.
///
/// The manifest of a snapshot lists every capability that its program calls. It is compared with the grants before the
/// first sandbox is created.
public struct GrantMissing: Error, Equatable, Sendable {
  /// The missing capabilities, sorted.
  public let effects: [String]

  /// An error about capabilities.
  public init(effects: [String]) { self.effects = effects }
}

/// A host can commit to one database only, and the journal must be in the same file.
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
    /// The request was classified and recorded without a host key, so nobody can tell whether the input is the same.
    case unknownInput
    /// The same request was answered before. It has effects, and without a journal its response is no longer known.
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

/// Another delivery of the request was still running when the time to wait for it was over.
public struct RequestInProgress: Error, Equatable, Sendable {
  /// The request's id.
  public let requestID: String
  /// The time that was waited, in milliseconds.
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
    /// A line after the last checkpoint is not as it was written; the payload describes it.
    case changed(String)
    /// Its checkpoints are signed with another key.
    case otherKey
    /// Its checkpoints are signed, and the host has no key.
    case signed
    /// Its checkpoints are not signed, and the host has a key.
    case unsigned
    /// It has the maximum number of records.
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

/// A journal that is not as it was left, and so can't be relied on.
public struct JournalDefect: Error, Equatable, Sendable {
  /// What is wrong.
  public enum Kind: Equatable, Sendable {
    /// Its tables are not those of this version: an earlier version has made them, or somebody has changed them.
    case foreignTables
    /// The journal or its file of intents has several hard links, or is a mount point. Hosts that use another path
    /// would not find the files beside it.
    case otherPaths(of: String)
    /// A request's record is not as it was written; the payload is its number.
    case changedRecord(Int64)
    /// A request's record says that the run ended in an error that this version does not know; the payload is its
    /// number and the error's code.
    case unknownOutcome(Int64, code: String)
    /// The file of intents exists, but the journal that it belongs to does not.
    case missingJournal
    /// The file of intents does not exist any more.
    case missingIntents
    /// The file of intents belongs to another journal.
    case foreignIntents
    /// The file of intents has fewer notes than before: an older file has replaced it.
    case olderIntents
    /// The record that was noted as the last one is missing, or is not as it was written; the payload is its number.
    case lostRecords(last: Int64)
    /// According to the file of intents, a request was answered, but the journal has no record of it.
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

/// A request's record is sealed under a host key that this host does not have.
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
