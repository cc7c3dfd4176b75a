internal import Engine
internal import OperatingSystem
internal import Snapshot

/// The effects of one request. Makes its calls, one after the other, and records them.
final class EffectSession {
  private let grants: Grants
  private let scope: RequestScope
  /// The irrevocable calls; nil without a journal.
  private(set) var intents: RunIntents?
  private(set) var calls: [PerformedCall] = []
  /// Why the run was abandoned.
  private(set) var failure: HostError?
  /// How the data of the request is treated at the moment.
  private(set) var treatment: DataTreatment
  /// Awaited results, by the number of the continuation.
  private var continuations: [Int64: (promiseHash: String, result: SecretBytes)] = [:]
  private var budget = EffectBudget()
  /// What the names of the calls so far stand for. A program calls few operations many times.
  private var operations: [NamedOperation] = []

  /// An operation of a granted effect.
  private struct NamedOperation {
    /// Such as `Log.info`.
    let name: String
    let utf8: [UInt8]
    let effect: any Effect
    /// The part of the name after the point.
    let operation: String
    /// The operation in the engine's table; nil for one of the host's own.
    let standard: EffectOperation?
  }

  /// Names that `operations` holds at most. A program that awaits can name any number.
  private static let knownOperations = 32

  /// - Parameters:
  ///   - intents: notes irrevocable calls; nil without a journal.
  ///   - treatment: how the data of the request is treated before the first call.
  init(grants: Grants, scope: RequestScope, intents: RunIntents?, treatment: DataTreatment) {
    self.grants = grants
    self.scope = scope
    self.intents = intents
    self.treatment = treatment
  }

  /// Makes a call that a machine is waiting for, and records it.
  ///
  /// - Parameter memory: the machine's memory. It is protected before a classified result is written to it.
  func perform(_ call: EffectCall, of machine: borrowing Machine, in memory: inout SandboxMemory) -> EffectReply {
    do throws(HostError) {
      if calls.count > EffectLimits.calls { return EffectReply.beyondRecords }
      return try NativeStack.wipingOnce { () throws(HostError) in try makeCall(call, of: machine, in: &memory) }
    } catch {
      // The run ends here, and its outcome is dropped.
      failure = error
      return .notGranted
    }
  }

  private func makeCall(
    _ call: EffectCall, of machine: borrowing Machine, in memory: inout SandboxMemory
  ) throws(HostError) -> EffectReply {
    let bytes = machine.name(of: call)
    let operation = operation(named: bytes)
    let name = operation?.name ?? String(decoding: bytes, as: UTF8.self)
    let (byteCount, hash) = machine.withArguments(of: call) { ($0.count, Hash256(of: $0)) }
    let reply: RecordedReply<SecretBytes>
    if let refusal = budget.refusal(callCount: calls.count, argumentBytes: byteCount) {
      reply = .result(refusal.record)
    } else {
      let arguments = try machine.withArguments(of: call) { (bytes) throws(HostError) in
        try treatment.makeProtectedCopy { (protection) throws(SystemError) in
          try SecretBytes(copying: bytes, protection: protection)
        }
      }
      reply = try performCall(name, operation, arguments, hash, &memory)
    }
    let recorded = RecordedCall(name: name, argumentsHash: .plain(hash), reply: reply)
    budget.keep(recorded)
    calls.append(recorded)
    return reply.forEngine
  }

  /// - Parameter operation: nil if the effect is not granted, or for `Async.await`.
  private func performCall(
    _ name: String, _ operation: NamedOperation?, _ encoded: SecretBytes, _ hash: Hash256,
    _ memory: inout SandboxMemory
  ) throws(HostError) -> RecordedReply<SecretBytes> {
    if let operation, operation.effect.takesEncodedArguments {
      return .result(try performWithinLimits(operation, [], encoded, hash, &memory))
    }
    let arguments: [CBORValue]
    switch try CBORValue.arguments(of: name, encoded) {
    case .success(let values): arguments = values
    case .failure(let error): return .result(error.record)
    }
    guard let operation else {
      return EffectOperation(named: name) == .async(.await) ? try performAwait(arguments, hash, &memory) : .notGranted
    }
    return .result(try performWithinLimits(operation, arguments, encoded, hash, &memory))
  }

  /// `Async.await(promiseHash, contId, {args, effect})`: each continuation gets its result once and keeps it. The
  /// promise hash is `Hash.sha256` of the third argument.
  private func performAwait(
    _ arguments: [CBORValue], _ hash: Hash256, _ memory: inout SandboxMemory
  ) throws(HostError) -> RecordedReply<SecretBytes> {
    guard arguments.count == 3, let promiseHash = arguments[0].text, let continuation = arguments[1].number,
      let name = arguments[2]["effect"]?.text
    else { throw .fault(HostFault("Async.await: the engine passed on arguments that it should have refused")) }
    guard let inner = arguments[2]["args"]?.elements, promiseHash == Hash256(of: arguments[2].encoded).hex else {
      return .invalidArgument
    }
    if let known = continuations[continuation] {
      return known.promiseHash == promiseHash ? .result(known.result) : .continuationMismatch
    }
    guard let result = try performAwaited(name, inner, hash, &memory) else { return .notGranted }
    continuations[continuation] = (promiseHash, result)
    return .result(result)
  }

  /// Makes an awaited call. The machine checks the arguments of its own calls; the arguments of this call are data to
  /// it.
  private func performAwaited(
    _ name: String, _ arguments: [CBORValue], _ hash: Hash256, _ memory: inout SandboxMemory
  ) throws(HostError) -> SecretBytes? {
    guard let operation = operation(named: Array(name.utf8)) else { return nil }
    if let error = operation.standard?.argumentError(arguments) { return error.record }
    let encoded = try treatment.makeProtectedCopy { (protection) throws(SystemError) in
      try SecretBytes(copying: CBORValue.array(arguments).encoded.span, protection: protection)
    }
    return try performWithinLimits(operation, arguments, encoded, hash, &memory)
  }

  /// Makes a call, unless the effect has already met the host's secrets too often in this request.
  ///
  /// - Returns: the canonical CBOR of `{Ok: …}` or `{Err: …}`.
  private func performWithinLimits(
    _ operation: NamedOperation, _ arguments: [CBORValue], _ encoded: SecretBytes, _ hash: Hash256,
    _ memory: inout SandboxMemory
  ) throws(HostError) -> SecretBytes {
    if let refusal = budget.refusal(of: operation.effect.name, limit: operation.effect.callLimit) {
      return refusal.record
    }
    let result = try performOnce(operation, arguments, encoded, hash, &memory)
    budget.note(result, of: operation.effect.name)
    return result
  }

  /// The operation that a name such as `Log.info` stands for; nil if its effect is not granted.
  private func operation(named bytes: [UInt8]) -> NamedOperation? {
    if let known = operations.first(where: { $0.utf8 == bytes }) { return known }
    guard let point = bytes.firstIndex(of: UInt8(ascii: ".")),
      let effect = grants.effect(named: String(decoding: bytes[..<point], as: UTF8.self))
    else { return nil }
    let name = String(decoding: bytes, as: UTF8.self)
    let operation = NamedOperation(
      name: name, utf8: bytes, effect: effect, operation: String(decoding: bytes[(point + 1)...], as: UTF8.self),
      standard: EffectOperation(named: name))
    if operations.count < EffectSession.knownOperations { operations.append(operation) }
    return operation
  }

  /// Makes a call, unless it is irrevocable and a lost run of the request has begun it. The intent of an irrevocable
  /// call is noted before the call.
  ///
  /// - Returns: the canonical CBOR of `{Ok: …}` or `{Err: …}`.
  private func performOnce(
    _ operation: NamedOperation, _ arguments: [CBORValue], _ encoded: SecretBytes, _ hash: Hash256,
    _ memory: inout SandboxMemory
  ) throws(HostError) -> SecretBytes {
    let (name, effect) = (operation.name, operation.effect)
    let call = HostCall(
      operation: operation.operation, arguments: arguments, encodedArguments: encoded, sequence: calls.count)
    guard effect.isIrrevocable, let standing = try intents?.noteCall(name, argumentsHash: hash, treatment.records)
    else {
      return try perform(effect, call, &memory)
    }
    switch standing {
    case .made(let result, let seed, let hostKey):
      return try openNotedResult(result, of: name, seed: seed, sealedUnder: hostKey, &memory)
    case .unknown(let reason): return EffectError("OutcomeUnknown", reason).record
    case .granted:
      let result = try perform(effect, call, &memory)
      try intents?.noteResult(result, treatment.records)
      return result
    }
  }

  /// The result that a call had before its run was lost. If the result is sealed, it is classified again.
  private func openNotedResult(
    _ result: [UInt8], of name: String, seed: Hash256, sealedUnder hostKey: Hash256?, _ memory: inout SandboxMemory
  ) throws(HostError) -> SecretBytes {
    if let hostKey, let intents {
      try treatment.classify(&memory, path: "the result of \(name)")
      return try intents.openResult(result, seed: seed, hostKey: hostKey, &treatment)
    }
    return try treatment.makeProtectedCopy { (protection) throws(SystemError) in
      try SecretBytes(copying: result.span, protection: protection)
    }
  }

  /// Makes a call, and protects its result.
  private func perform(
    _ effect: any Effect, _ call: HostCall, _ memory: inout SandboxMemory
  ) throws(HostError) -> SecretBytes {
    // A call that may wait for long, or works on secrets itself, begins without the traces of what preceded it.
    if effect.isIrrevocable || effect.takesEncodedArguments { NativeStack.wipeUnused() }
    let result: EffectResult
    do throws(HostFault) {
      result = try NativeStack.withoutTraces { () throws(HostFault) in try effect.perform(call, in: scope) }
    } catch {
      throw .fault(error)
    }
    if result.isClassified { try treatment.classify(&memory, path: "the result of \(effect.name).\(call.operation)") }
    let record = try treatment.makeProtectedCopy { (protection) throws(SystemError) in try result.record(protection) }
    guard record.count > EffectLimits.resultBytes else { return record }
    return EffectError.limitExceeded(
      "the call was made, but its result takes \(record.count) bytes of CBOR; the limit is \(EffectLimits.resultBytes)"
    ).record
  }
}

extension CBORValue {
  /// The arguments of a call, or the error that the program receives if the host does not read that many values or
  /// levels.
  fileprivate static func arguments(
    of name: String, _ bytes: SecretBytes
  ) throws(HostError) -> Result<[CBORValue], EffectError> {
    do throws(CBORDefect) {
      let value = try CBORValue(canonical: bytes, valueLimit: EffectLimits.argumentValues)
      guard let arguments = value.elements else { throw CBORDefect(kind: .unsupported, offset: 0) }
      return .success(arguments)
    } catch {
      switch error.kind {
      case .tooDeep:
        return .failure(.invalidArgument("a value is nested more than \(CBORValue.depthLimit) levels deep"))
      case .tooMany:
        return .failure(
          .limitExceeded("the arguments hold more than \(EffectLimits.argumentValues) values and keys"))
      case .unexpectedEnd, .trailingBytes, .unsupported, .notShortest, .invalidText, .unorderedKeys, .outOfRange:
        throw .fault(HostFault("\(name): the engine's arguments are not canonical CBOR at byte \(error.offset)"))
      }
    }
  }
}
