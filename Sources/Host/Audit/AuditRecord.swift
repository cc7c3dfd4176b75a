internal import Engine
public import OperatingSystem

/// The contents of a line of the audit log. docs/audit.md lists the fields.
public enum AuditRecord: Equatable, Sendable {
  /// A request is about to run.
  case start(AuditedRequest)
  /// A request has ended, and its effects are committed. The answer is returned next. With a journal, its place there;
  /// and the number of the record of its start.
  case end(AuditedRequest, AuditedRun, JournalPlace?, start: Int64?)
  /// A request was answered from the journal, because it had been answered before, by this snapshot or another one.
  case repeated(AuditedRequest, answeredBy: Hash256, responseHash: RecordedHash)
  /// Nothing of a request or a program was run.
  case refusal(AuditSubject, code: String, detail: String)
  /// The host itself failed, and the outcome of the request was dropped. If the request had begun to run, the number of
  /// the record of its start.
  case fault(AuditedRequest, message: String, start: Int64?)
  /// The log had a torn last line; the number of torn bytes and their SHA-256.
  case recovery(tornByteCount: Int, tornHash: Hash256)
  /// A checkpoint for all lines so far, signed if the host has a key.
  case checkpoint(keyFingerprint: Hash256?)

  /// The kinds of lines. Their names occur in the log.
  enum Kind: String {
    case start, end, repeated, refusal, fault, recovery, checkpoint
  }

  var kind: Kind {
    switch self {
    case .start: .start
    case .end: .end
    case .repeated: .repeated
    case .refusal: .refusal
    case .fault: .fault
    case .recovery: .recovery
    case .checkpoint: .checkpoint
    }
  }

  /// The fields of this kind of line.
  var fields: [PlainJSON.Field] {
    switch self {
    case .start(let request): request.fields
    case .end(let request, let run, let place, let start):
      request.fields + run.fields + (place?.fields ?? []) + AuditRecord.fields(start: start)
    case .repeated(let request, let snapshotHash, let hash):
      request.fields + [.init("answeredBySnapshotSha256", .string(snapshotHash.hex)), hash.field("response")]
    case .refusal(let subject, let code, let detail):
      subject.fields + [.init("detail", .string(detail)), .init("error", .string(code))]
    case .fault(let request, let message, let start):
      request.fields + [.init("detail", .string(message)), .init("error", .string("HostFault"))]
        + AuditRecord.fields(start: start)
    case .recovery(let count, let hash):
      [.init("tornBytes", .integer(Int64(count))), .init("tornSha256", .string(hash.hex))]
    case .checkpoint(let fingerprint): fingerprint.map { [.init("keySha256", .string($0.hex))] } ?? []
    }
  }
}

extension AuditRecord {
  fileprivate static func fields(start: Int64?) -> [PlainJSON.Field] {
    start.map { [.init("startRecord", .integer($0))] } ?? []
  }
}

/// The subject of a refusal.
public enum AuditSubject: Equatable, Sendable {
  /// A program, before any request.
  case program(snapshotHash: Hash256)
  /// A request that has no valid gas limit.
  case unlimited(requestID: String, snapshotHash: Hash256)
  /// A request.
  case request(AuditedRequest)

  fileprivate var fields: [PlainJSON.Field] {
    switch self {
    case .program(let hash): AuditSubject.fields(requestID: .null, hash)
    case .unlimited(let requestID, let hash): AuditSubject.fields(requestID: .string(requestID), hash)
    case .request(let request): request.fields
    }
  }

  private static func fields(requestID: PlainJSON, _ snapshotHash: Hash256) -> [PlainJSON.Field] {
    [
      .init("requestId", requestID), .init("snapshotSha256", .string(snapshotHash.hex)), .init("gasLimit", .null),
    ]
  }
}

extension JournalPlace {
  fileprivate var fields: [PlainJSON.Field] {
    [.init("journalRecord", .integer(row)), .init("journalChain", .string(Hexadecimal.text(of: chain)))]
  }
}

/// The facts about a request before it runs.
public struct AuditedRequest: Equatable, Sendable {
  /// Which request it is.
  public let identity: RequestIdentity
  /// The content hash that was verified when the snapshot was loaded.
  public let snapshotHash: Hash256
  /// The gas schedule's id.
  public let gasSchedule: Hash256
  /// The gas limit in units.
  public let gasLimit: Int64
  /// The hash of the request's bytes.
  public internal(set) var inputHash: RecordedHash
  /// How the request's data is recorded, as far as it is known.
  public internal(set) var protection: RecordProtection<Hash256>
  /// Whether the request runs although another snapshot, version or gas limit has answered it.
  public let isNewAttempt: Bool

  /// The facts about a request.
  public init(
    identity: RequestIdentity, snapshotHash: Hash256, gasSchedule: Hash256, gasLimit: Int64, inputHash: RecordedHash,
    protection: RecordProtection<Hash256> = .plain, isNewAttempt: Bool = false
  ) {
    self.identity = identity
    self.snapshotHash = snapshotHash
    self.gasSchedule = gasSchedule
    self.gasLimit = gasLimit
    self.inputHash = inputHash
    self.protection = protection
    self.isNewAttempt = isNewAttempt
  }

  fileprivate var fields: [PlainJSON.Field] {
    [
      .init("requestId", .string(identity.requestID)), .init("accountId", .string(identity.accountID)),
      .init("functionVersion", .string(identity.functionVersion)),
      .init("snapshotSha256", .string(snapshotHash.hex)), .init("gasSchedule", .string(gasSchedule.hex)),
      .init("gasLimit", .integer(gasLimit)), .init("message", .string("gasLimit=\(gasLimit)")),
      inputHash.field("input"),
    ] + protection.auditFields + (isNewAttempt ? [.init("newAttempt", .bool(true))] : [])
  }
}

/// The facts about a request after it has run.
public struct AuditedRun: Equatable, Sendable {
  /// How the run ended.
  public let summary: RunSummary
  /// Every effect call, in order.
  public let effects: [CallDigest]
  /// The hash of the response body.
  public let responseHash: RecordedHash

  /// The facts about a run.
  public init(summary: RunSummary, effects: [CallDigest], responseHash: RecordedHash) {
    self.summary = summary
    self.effects = effects
    self.responseHash = responseHash
  }

  fileprivate var fields: [PlainJSON.Field] {
    [
      .init("outcome", .string(summary.outcome)), .init("gasUsed", .integer(summary.figures.gasUsed)),
      .init("heapPeakBytes", .integer(Int64(summary.figures.heapPeakBytes))),
      .init("effects", .array(effects.map(\.json))), responseHash.field("response"),
    ]
  }
}
