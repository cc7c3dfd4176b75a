internal import Engine
internal import Snapshot
internal import System

/// A call of an effect, on record: what was called, and what the host said. The reply has the result's bytes while the request
/// runs, is a pair of columns where the journal stores it, and has a digest of the result in reports and audit lines.
public struct RecordedCall<Reply: Sendable>: Sendable {
  /// `HttpOut.get`.
  public let name: String
  /// The hash of the arguments' canonical CBOR.
  public let argumentsHash: RecordedHash
  /// What the host said.
  public let reply: Reply

  /// A call.
  public init(name: String, argumentsHash: RecordedHash, reply: Reply) {
    self.name = name
    self.argumentsHash = argumentsHash
    self.reply = reply
  }
}

extension RecordedCall: Equatable where Reply: Equatable {}

/// What the host said to a call.
public enum RecordedReply<Result: Sendable>: Sendable {
  /// The call's result.
  case result(Result)
  /// The run ended, since the effect was not granted.
  case notGranted
  /// The run ended, since an argument is outside what the effect takes.
  case invalidArgument
  /// The run ended, since the continuation belongs to another call.
  case continuationMismatch
}

extension RecordedReply: Equatable where Result: Equatable {}

extension RecordedReply {
  /// The same with the result in another form.
  func map<Other, Failure>(
    _ transform: (Result) throws(Failure) -> Other
  ) throws(Failure) -> RecordedReply<Other> {
    switch self {
    case .result(let result): .result(try transform(result))
    case .notGranted: .notGranted
    case .invalidArgument: .invalidArgument
    case .continuationMismatch: .continuationMismatch
    }
  }

  /// The error that the run ended in; nil if the program was given a result.
  var trap: Trap? {
    switch self {
    case .result: nil
    case .notGranted: .effectNotGranted
    case .invalidArgument: .invalidArgument
    case .continuationMismatch: .continuationMismatch
    }
  }
}

// MARK: - With the result's canonical CBOR

/// A call with the canonical CBOR of its result.
typealias PerformedCall = RecordedCall<RecordedReply<SecretBytes>>

extension PerformedCall {
  /// Whether this is the last call that a request has a record of, however many it made.
  var endsRecords: Bool {
    if case .result(let bytes) = reply { bytes == EffectError.tooManyCalls.record } else { false }
  }

  /// The call as reports and audit lines show it.
  func digest(_ records: RecordProtection<RequestSeal>) -> CallDigest {
    CallDigest(
      name: name, argumentsHash: records.hash(argumentsHash),
      reply: reply.map { bytes in
        ResultDigest(hash: records.hash(Hash256(of: bytes)), outcome: bytes.errorCode ?? "Ok")
      })
  }

  /// The call as the journal stores it; nil if it stores nothing.
  func stored(_ sequence: Int, _ records: RecordProtection<RequestSeal>) -> RecordedCall<StoredReply>? {
    guard let encoding = records.encoding(of: .result(sequence: sequence)) else { return nil }
    return RecordedCall<StoredReply>(
      name: name, argumentsHash: records.hash(argumentsHash), reply: StoredReply(reply.map(encoding)))
  }
}

extension RecordedReply where Result == SecretBytes {
  /// The same for the machine that waits for it.
  var forEngine: EffectReply {
    switch self {
    case .result(let bytes): .lent { take in bytes.withBytes(take) }
    case .notGranted: .notGranted
    case .invalidArgument: .invalidArgument
    case .continuationMismatch: .continuationMismatch
    }
  }
}

extension EffectReply {
  /// What each call gives that comes behind `EffectLimits.calls` and the one after it, and so is not on record.
  static let beyondRecords = EffectReply.result(EffectError.tooManyCalls.encoded)
}

// MARK: - As the journal stores it

/// A reply as two columns of a row have it.
struct StoredReply: Equatable {
  let number: Int64
  let result: [UInt8]?

  /// What two columns of a row say.
  init(number: Int64, result: [UInt8]?) {
    self.number = number
    self.result = result
  }

  /// What is stored of a reply.
  init(_ reply: RecordedReply<[UInt8]>) {
    (number, result) =
      switch reply {
      case .result(let bytes): (0, bytes)
      case .notGranted: (1, nil)
      case .invalidArgument: (2, nil)
      case .continuationMismatch: (3, nil)
      }
  }

  /// The reply that was stored, its result as the column has it; nil if no host stores that.
  var decoded: RecordedReply<[UInt8]?>? {
    switch (number, result) {
    case (0, let result): .result(result)
    case (1, nil): .notGranted
    case (2, nil): .invalidArgument
    case (3, nil): .continuationMismatch
    default: nil
    }
  }
}

// MARK: - As reports and audit lines show it

/// A call with a digest of its result.
public typealias CallDigest = RecordedCall<RecordedReply<ResultDigest>>

/// What reports and audit lines show of a call's result.
public struct ResultDigest: Equatable, Sendable {
  /// The hash of the result's canonical CBOR.
  public let hash: RecordedHash
  /// `Ok`, or the code of the error that the program was given.
  public let outcome: String

  /// What is shown of a result.
  public init(hash: RecordedHash, outcome: String) {
    self.hash = hash
    self.outcome = outcome
  }
}

extension CallDigest {
  /// `Ok`, or the code of the error that the program was given or the run ended in.
  public var outcome: String {
    switch reply {
    case .result(let digest): digest.outcome
    case .notGranted, .invalidArgument, .continuationMismatch: RunSummary.outcome(of: reply.trap)
    }
  }

  /// One JSON object.
  var json: PlainJSON {
    let result: PlainJSON.Field =
      switch reply {
      case .result(let digest): digest.hash.field("result")
      case .notGranted, .invalidArgument, .continuationMismatch: argumentsHash.missingField("result")
      }
    return .object([
      .init("effect", .string(name)), argumentsHash.field("arguments"), result, .init("outcome", .string(outcome)),
    ])
  }
}
