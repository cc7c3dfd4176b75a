internal import Engine
internal import OperatingSystem

/// Limits for the effects of one request, whatever the host grants. They count calls, values and bytes, which follow
/// from the program and its results. So a repeated run reaches the same limit at the same call.
///
/// docs/effects.md has this table, and says what it means for a host's memory.
public enum EffectLimits {
  /// Calls of one request. The next call is recorded as the last one. All later calls have the same result, and no
  /// record.
  public static let calls = 10_000
  /// Bytes of the canonical CBOR of a call's arguments.
  public static let argumentBytes = 4 << 20
  /// Values and keys in the arguments of a call, unless its effect takes them as bytes.
  public static let argumentValues = 65_536
  /// Bytes of the canonical CBOR of a result.
  public static let resultBytes = 8 << 20
  /// Bytes of names and results that are kept for the records of one request. Once this is reached, no more calls are
  /// made.
  public static let keptBytes = 64 << 20
  /// Bytes of the canonical CBOR of a log line's message and data.
  public static let logBytes = 65_536
  /// The same, for all log lines of one request.
  public static let allLogBytes = 4 << 20
  /// Results `SecretInResponse` of one capability in one request. After that, the capability is not called again.
  public static let secretsInResponses = 3
  /// Bytes of an error's message.
  public static let messageBytes = 1024
}

extension EffectError {
  /// A call beyond a limit of its request or its host.
  public static func limitExceeded(_ message: String) -> EffectError { EffectError("LimitExceeded", message) }

  /// A response that repeats a secret of the host. A request may meet only a few of them.
  public static func secretInResponse(_ message: String) -> EffectError {
    EffectError(secretInResponseCode, message)
  }

  static let secretInResponseCode = "SecretInResponse"

  /// The result of each call beyond `EffectLimits.calls`.
  static let tooManyCalls = limitExceeded("a request may call effects at most \(EffectLimits.calls) times")

  /// A message as programs and records receive it: if it is too long, it is cut and ends in `...`.
  static func bounded(_ message: String) -> String {
    if message.utf8.count <= EffectLimits.messageBytes { return message }
    var end = message.utf8.index(message.startIndex, offsetBy: EffectLimits.messageBytes - 3)
    while end.samePosition(in: message.unicodeScalars) == nil { end = message.utf8.index(before: end) }
    return message[..<end] + "..."
  }
}

/// How much of their limits the calls of one request have used.
struct EffectBudget {
  private var keptBytes = 0
  private var secretsInResponses: [String: Int] = [:]
  /// Calls of the effects that have a limit of their own.
  private var limitedCalls: [String: Int] = [:]

  /// Why a call is not made; nil if it may be made.
  ///
  /// - Parameters:
  ///   - callCount: the number of earlier calls.
  ///   - argumentBytes: the length of the arguments' CBOR.
  func refusal(callCount: Int, argumentBytes: Int) -> EffectError? {
    if callCount >= EffectLimits.calls { return .tooManyCalls }
    if argumentBytes > EffectLimits.argumentBytes {
      return .limitExceeded(
        "the arguments take \(argumentBytes) bytes of CBOR; the limit is \(EffectLimits.argumentBytes)")
    }
    if keptBytes >= EffectLimits.keptBytes {
      return .limitExceeded(
        "the results of this request take \(keptBytes) bytes; beyond \(EffectLimits.keptBytes), no call is made")
    }
    return nil
  }

  /// Why a capability is not called again; nil if it may be called. Counts the call.
  ///
  /// - Parameter limit: the effect's `callLimit`.
  mutating func refusal(of capability: String, limit: Int?) -> EffectError? {
    if let limit {
      if limitedCalls[capability, default: 0] >= limit {
        return .limitExceeded("a request may call \(capability) at most \(limit) times")
      }
      limitedCalls[capability, default: 0] += 1
    }
    // Without such results, this is not looked up.
    guard !secretsInResponses.isEmpty, secretsInResponses[capability, default: 0] >= EffectLimits.secretsInResponses
    else { return nil }
    return .limitExceeded(
      "\(EffectLimits.secretsInResponses) responses to this request repeated a secret header's value: "
        + "\(capability) is no longer called")
  }

  /// Counts the bytes of a call that are kept.
  mutating func keep(_ call: PerformedCall) {
    keptBytes += call.name.utf8.count
    if case .result(let bytes) = call.reply { keptBytes += bytes.count }
  }

  /// Counts a result of a capability.
  mutating func note(_ result: SecretBytes, of capability: String) {
    if result.errorCode == EffectError.secretInResponseCode { secretsInResponses[capability, default: 0] += 1 }
  }
}
