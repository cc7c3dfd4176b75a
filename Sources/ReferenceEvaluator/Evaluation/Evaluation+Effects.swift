internal import Compiler
public import Engine

/// What the host replies to a call of one of its effects, named such as `HttpOut.get`, with the canonical CBOR of the Array
/// of its arguments.
public typealias EffectHandler = (_ name: [UInt8], _ arguments: [UInt8]) -> EffectReply

extension Evaluation {
  /// A call of an operation of the host, whose arguments are there. The host is asked when all of it has been paid for.
  func perform(_ name: Symbol, _ operation: Symbol, _ arguments: [Value]) throws(Stop) -> Value {
    let name = Text.joined([text(name), ".", text(operation)])
    try charge(.effectPerform)
    // The static initialisers have no effects.
    if !hasEffects { throw .effectNotGranted(name) }
    let work =
      if let operation = EffectOperation.named(name) { try check(arguments, of: operation) } else {
        HostWork.declared
      }
    let cbor = try payForCBOR(of: .array(arguments))
    try charge(Int64(work.units(argumentBytes: cbor.count)))
    switch effects(name.utf8, cbor) {
    case .notGranted: throw .effectNotGranted(name)
    case .invalidArgument: throw .invalidArgument
    case .continuationMismatch: throw .continuationMismatch
    case .result(let bytes): return try accept(bytes, work)
    case .lent(let lend):
      var result: [UInt8] = []
      lend { bytes in result = bytes.indices.map { bytes[$0] } }
      return try accept(result, work)
    }
  }

  private func accept(_ bytes: [UInt8], _ work: HostWork) throws(Stop) -> Value {
    try charge(BulkWork.jsonParsing.units(of: bytes.count) + Int64(work.units(resultBytes: bytes.count)))
    guard let value = try readCBOR(bytes) else { throw .notSerializable }
    return value
  }

  /// Charges the operation's own row, then checks the number and the kinds of the arguments. `Async.await` has no row; the
  /// effect that it names is charged instead.
  ///
  /// - Returns: the host's work, for `Async.await` with that of the effect that it names.
  private func check(_ arguments: [Value], of operation: EffectOperation) throws(Stop) -> HostWork {
    let definition = operation.definition
    if let row = definition.price.row { try charge(row) }
    guard (definition.parameters.required...definition.parameters.count).contains(arguments.count) else {
      throw .arityMismatch
    }
    for (index, argument) in arguments.enumerated() {
      if let kind = definition.parameters.kind(index), argument.tag != kind.rawValue { throw .typeMismatch }
    }
    switch definition.price {
    case .free, .row: return definition.hostWork
    case .awaited:
      if let call = arguments[2].asRecord { try payForSearch(for: "effect", in: call) }
      guard let effect = arguments[2].asRecord?["effect"] else { throw .noSuchField("effect") }
      guard let name = effect.asString else { throw .typeMismatch }
      let awaited = EffectOperation.named(name)?.definition
      if let row = awaited?.price.row { try charge(row) }
      return definition.hostWork + (awaited?.hostWork ?? .declared)
    }
  }
}

extension EffectOperation {
  /// The standard operation of a name such as `Log.info`; nil for one of a host's own.
  fileprivate static func named(_ name: Text) -> EffectOperation? {
    allCases.first { Text(utf8: Array("\($0.capability.name).\($0.definition.name)".utf8)) == name }
  }
}
