internal import Engine
internal import OperatingSystem
internal import Snapshot

/// The record of an effect call: what was called, and how the host replied. While the request runs, the reply has the
/// result's bytes. In the journal, it is a pair of columns. In reports and audit lines, it has a digest of the result.
public struct RecordedCall<Reply: Sendable>: Sendable {
  /// `HttpOut.get`.
  public let name: String
  /// The hash of the arguments' canonical CBOR.
  public let argumentsHash: RecordedHash
  /// The host's reply.
  public let reply: Reply

  /// A call.
  public init(name: String, argumentsHash: RecordedHash, reply: Reply) {
    self.name = name
    self.argumentsHash = argumentsHash
    self.reply = reply
  }
}

extension RecordedCall: Equatable where Reply: Equatable {}

/// The host's reply to a call.
public enum RecordedReply<Result: Sendable>: Sendable {
  /// The call's result.
  case result(Result)
  /// The run ended, because the effect was not granted.
  case notGranted
  /// The run ended, because the effect does not accept an argument.
  case invalidArgument
  /// The run ended, because the continuation belongs to another call.
  case continuationMismatch
}

extension RecordedReply: Equatable where Result: Equatable {}

extension RecordedReply {
  /// The same reply, with its result in another form.
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

  /// The error that the run ended in; nil if the program received a result.
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
  /// Whether this is the last call that is recorded, however many the request made.
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

  /// The call as the journal stores it; nil if the journal does not store it.
  func stored(_ sequence: Int, _ records: RecordProtection<RequestSeal>) -> RecordedCall<StoredReply>? {
    guard let encoding = records.encoding(of: .result(sequence: sequence)) else { return nil }
    return RecordedCall<StoredReply>(
      name: name, argumentsHash: records.hash(argumentsHash), reply: StoredReply(reply.map(encoding)))
  }
}

extension RecordedReply where Result == SecretBytes {
  /// The reply for the machine that is waiting for it.
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
  /// The reply to each call after the one beyond `EffectLimits.calls`. These calls are not recorded.
  static let beyondRecords = EffectReply.result(EffectError.tooManyCalls.encoded)
}

// MARK: - As the journal stores it

/// A reply as two columns of a row.
struct StoredReply: Equatable {
  let number: Int64
  let result: [UInt8]?

  /// The reply in two columns of a row.
  init(number: Int64, result: [UInt8]?) {
    self.number = number
    self.result = result
  }

  /// A reply in the form in which it is stored.
  init(_ reply: RecordedReply<[UInt8]>) {
    (number, result) =
      switch reply {
      case .result(let bytes): (0, bytes)
      case .notGranted: (1, nil)
      case .invalidArgument: (2, nil)
      case .continuationMismatch: (3, nil)
      }
  }

  /// The stored reply, with its result as the column has it; nil if no host stores such a reply.
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

/// A call's result, as reports and audit lines show it.
public struct ResultDigest: Equatable, Sendable {
  /// The hash of the result's canonical CBOR.
  public let hash: RecordedHash
  /// `Ok`, or the code of the error that the program received.
  public let outcome: String

  /// A digest of a result.
  public init(hash: RecordedHash, outcome: String) {
    self.hash = hash
    self.outcome = outcome
  }
}

extension CallDigest {
  /// `Ok`, or the code of the error that the program received or the run ended in.
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
