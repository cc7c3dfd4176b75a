public import Snapshot

/// Why a host does not run a program, or gives no answer to a request.
public enum HostError: Error, Equatable, Sendable {
  /// The program names what is not granted. Nothing of it is run.
  case grantMissing(GrantMissing)
  /// The databases that the program may write to can't be committed together with the journal.
  case unsuitableDatabases(UnsuitableDatabases)
  /// The request's seed has been used. Nothing is run.
  case seedReuse(SeedReuse)
  /// What the journal has of the request can't be opened. Nothing is run.
  case sealedRecord(SealedRecord)
  /// The system gives no memory for a sandbox.
  case snapshot(SnapshotError)
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

/// A request came with a seed that another one has used: the same identity, snapshot and gas limit.
public struct SeedReuse: Error, Equatable, Sendable {
  /// The request's id.
  public let requestID: String
  /// The seed.
  public let seed: Hash256
  /// Whether the input was the same, too. Then it is the same request again; but it has effects, and without a journal
  /// its response is not known any more. Nil if nobody knows: it was classified, and no host key was there to seal it.
  public let isSameInput: Bool?
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
