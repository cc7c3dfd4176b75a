internal import Engine
internal import SQLite
internal import Snapshot

/// The effects of one request: makes its calls, one after the other, and keeps a record of them.
final class EffectSession {
  private let grants: Grants
  private let scope: RequestScope
  private let intents: Intents?
  private let inputHash: Hash256
  private(set) var calls: [RecordedCall] = []
  /// Whether a call was made that can't be taken back.
  private(set) var hasIntents = false
  /// Why the run was abandoned.
  private(set) var fault: HostFault?
  /// What was awaited, by the number of the continuation.
  private var continuations: [Int64: (promiseHash: String, result: [UInt8])] = [:]

  /// - Parameter intents: where calls that can't be taken back are noted first; nil without a journal.
  init(grants: Grants, scope: RequestScope, intents: Intents?, inputHash: Hash256) {
    self.grants = grants
    self.scope = scope
    self.intents = intents
    self.inputHash = inputHash
  }

  /// Makes a call.
  ///
  /// - Parameter arguments: canonical CBOR of their Array.
  func reply(to name: String, arguments: [UInt8]) -> EffectReply {
    do throws(HostFault) {
      let hash = Hash256(of: arguments)
      let reply = try self.reply(to: name, try CBORValue.arguments(of: name, arguments), hash)
      calls.append(RecordedCall(name: name, argumentsHash: hash, reply: reply))
      return reply.forEngine
    } catch {
      // The run ends here, and nobody is shown what it came to.
      fault = error
      return .notGranted
    }
  }

  private func reply(
    to name: String, _ arguments: [CBORValue]?, _ hash: Hash256
  ) throws(HostFault) -> RecordedCall.Reply {
    guard let arguments else {
      let error = EffectError.invalidArgument("a value is nested more than \(CBORValue.depthLimit) levels deep")
      return .result(EffectResult.failure(error).record.encoded)
    }
    if name == "Async.await" { return try awaited(arguments, hash) }
    return try perform(name, arguments, hash).map { .result($0) } ?? .notGranted
  }

  /// `Async.await(promiseHash, contId, {args, effect})`: each continuation gets its result once and keeps it. The hash is
  /// what `Hash.sha256` gives for the third argument.
  private func awaited(_ arguments: [CBORValue], _ hash: Hash256) throws(HostFault) -> RecordedCall.Reply {
    guard arguments.count == 3, let promiseHash = arguments[0].text, let continuation = arguments[1].number,
      let name = arguments[2]["effect"]?.text, let inner = arguments[2]["args"]?.elements
    else { throw HostFault("Async.await: the engine let arguments pass that it has to refuse") }
    guard promiseHash == Hash256(of: arguments[2].encoded).hex else { return .invalidArgument }
    if let known = continuations[continuation] {
      return known.promiseHash == promiseHash ? .result(known.result) : .continuationMismatch
    }
    guard let result = try perform(name, inner, hash) else { return .notGranted }
    continuations[continuation] = (promiseHash, result)
    return .result(result)
  }

  /// Makes a call of a granted effect.
  ///
  /// - Returns: the canonical CBOR of `{Ok: …}` or `{Err: …}`; nil if the effect is not granted.
  private func perform(
    _ name: String, _ arguments: [CBORValue], _ hash: Hash256
  ) throws(HostFault) -> [UInt8]? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let effect = grants.effect(named: parts[0]) else { return nil }
    let call = HostCall(operation: parts[1], arguments: arguments, sequence: calls.count)
    guard let intents, effect.isIrrevocable else {
      return try effect.perform(call, in: scope).record.encoded
    }
    do throws(SQLiteError) {
      hasIntents = true
      let claim = try intents.claim(
        seed: scope.seed, sequence: call.sequence, inputHash: inputHash, name: name, argumentsHash: hash)
      switch claim {
      case .made(let result): return result
      case .unknown:
        let error = EffectError("OutcomeUnknown", "the call was begun before a crash, and is not made again")
        return EffectResult.failure(error).record.encoded
      case .granted: break
      }
    } catch {
      throw HostFault(journal: error)
    }
    let result = try effect.perform(call, in: scope).record.encoded
    do throws(SQLiteError) {
      try intents.settle(seed: scope.seed, sequence: call.sequence, result: result)
    } catch {
      throw HostFault(journal: error)
    }
    return result
  }
}

extension CBORValue {
  /// The arguments of a call; nil if one is nested too deeply to be read.
  fileprivate static func arguments(of name: String, _ bytes: [UInt8]) throws(HostFault) -> [CBORValue]? {
    do throws(CBORDefect) {
      let value = try CBORValue(canonical: bytes)
      guard let arguments = value.elements else { throw CBORDefect(kind: .unsupported, offset: 0) }
      return arguments
    } catch {
      if error.kind == .tooDeep { return nil }
      throw HostFault("\(name): the engine's arguments are no canonical CBOR at byte \(error.offset)")
    }
  }
}

extension RecordedCall.Reply {
  /// The same for the machine that waits for it.
  var forEngine: EffectReply {
    switch self {
    case .result(let bytes): .result(bytes)
    case .notGranted: .notGranted
    case .invalidArgument: .invalidArgument
    case .continuationMismatch: .continuationMismatch
    }
  }
}
