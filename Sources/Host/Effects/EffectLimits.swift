internal import Engine
internal import System

/// What the effects of one request may take, whatever the host grants. All of it is counted in calls, values and bytes that
/// follow from the program and its results, so a run that is repeated comes to the same limit at the same call.
///
/// docs/effects.md has this table, and what it means for a host's memory.
public enum EffectLimits {
  /// Calls of one request. The next one is in the records, as the last; those behind it have the same result, and no
  /// record.
  public static let calls = 10_000
  /// Bytes of the canonical CBOR of a call's arguments.
  public static let argumentBytes = 4 << 20
  /// Values and keys in the arguments of a call, unless its effect takes them as bytes.
  public static let argumentValues = 65_536
  /// Bytes of the canonical CBOR of a result.
  public static let resultBytes = 8 << 20
  /// Bytes of names and results that are kept for the records of one request: when there are so many, no call is made any
  /// more.
  public static let keptBytes = 64 << 20
  /// Bytes of the canonical CBOR of a log line's message and data.
  public static let logBytes = 65_536
  /// The same of all log lines of one request.
  public static let allLogBytes = 4 << 20
  /// Results `SecretInResponse` of one capability in one request: after that, it is not called any more.
  public static let secretsInResponses = 3
  /// Bytes of the message of an error.
  public static let messageBytes = 1024
}

extension EffectError {
  /// A call that is beyond a limit of its request or of its host.
  public static func limitExceeded(_ message: String) -> EffectError { EffectError("LimitExceeded", message) }

  /// A response that repeats a secret of the host's. How often a request may meet one is limited.
  public static func secretInResponse(_ message: String) -> EffectError {
    EffectError(secretInResponseCode, message)
  }

  static let secretInResponseCode = "SecretInResponse"

  /// What each call beyond `EffectLimits.calls` gives.
  static let tooManyCalls = limitExceeded("a request makes at most \(EffectLimits.calls) calls of effects")

  /// A message as it may go to a program and into records: what is too long ends in three points.
  static func bounded(_ message: String) -> String {
    if message.utf8.count <= EffectLimits.messageBytes { return message }
    var end = message.utf8.index(message.startIndex, offsetBy: EffectLimits.messageBytes - 3)
    while end.samePosition(in: message.unicodeScalars) == nil { end = message.utf8.index(before: end) }
    return message[..<end] + "..."
  }
}

/// What the calls of one request have taken of their limits.
struct EffectBudget {
  private var keptBytes = 0
  private var secretsInResponses: [String: Int] = [:]

  /// Why a call is not made; nil if it is.
  ///
  /// - Parameters:
  ///   - callCount: how many calls came before.
  ///   - argumentBytes: how long the arguments' CBOR is.
  func refusal(callCount: Int, argumentBytes: Int) -> EffectError? {
    if callCount >= EffectLimits.calls { return .tooManyCalls }
    if argumentBytes > EffectLimits.argumentBytes {
      return .limitExceeded(
        "the arguments take \(argumentBytes) bytes of CBOR; the limit is \(EffectLimits.argumentBytes)")
    }
    if keptBytes >= EffectLimits.keptBytes {
      return .limitExceeded(
        "the results of this request take \(keptBytes) bytes; no call is made beyond \(EffectLimits.keptBytes)")
    }
    return nil
  }

  /// Why a capability is not called any more; nil if it is.
  func refusal(of capability: String) -> EffectError? {
    guard secretsInResponses[capability, default: 0] >= EffectLimits.secretsInResponses else { return nil }
    return .limitExceeded(
      "\(EffectLimits.secretsInResponses) responses to this request repeated a secret header's value: "
        + "\(capability) is not called any more")
  }

  /// Counts what is kept of a call.
  mutating func keep(_ call: PerformedCall) {
    keptBytes += call.name.utf8.count
    if case .result(let bytes) = call.reply { keptBytes += bytes.count }
  }

  /// Counts a result that a capability gave.
  mutating func note(_ result: SecretBytes, of capability: String) {
    if result.errorCode == EffectError.secretInResponseCode { secretsInResponses[capability, default: 0] += 1 }
  }
}
