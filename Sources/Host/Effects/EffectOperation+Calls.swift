package import Engine

// The engine's table of effects, as the host uses it.

extension StandardCapability {
  /// The capability's name as a String.
  package var text: String { "\(name)" }
}

extension CapabilityOperation {
  /// The operation that a call requests of this capability. Nil if the capability has no operation of that name; this
  /// is only possible for a call through `Async.await`.
  package init?(of call: HostCall) {
    let name = call.operation.utf8.span
    guard let operation = Self.allCases.first(where: { $0.definition.name.equals(name) }) else { return nil }
    self = operation
  }
}

extension EffectOperation {
  /// The operation with a name such as `Log.info`; nil if it belongs to an effect of the host's own.
  init?(named name: String) {
    guard let row = EffectOperation.named.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
    self = row.operation
  }

  /// What is wrong with the arguments of a call; nil if nothing is. The machine checks its own calls. This checks
  /// arguments that are data to the machine: those of `Async.await`.
  func argumentError(_ arguments: [CBORValue]) -> EffectError? {
    let parameters = definition.parameters
    guard (parameters.required...parameters.count).contains(arguments.count) else {
      let range =
        parameters.required == parameters.count
        ? "\(parameters.count)" : "\(parameters.required) to \(parameters.count)"
      return .invalidArgument("\(text) takes \(range) arguments, and \(arguments.count) were given")
    }
    for (index, argument) in arguments.enumerated() {
      if let kind = parameters.kind(index), argument.kind != kind {
        return .invalidArgument(
          "argument \(index + 1) of \(text) is a value of kind \(argument.kind.name), not \(kind.name)")
      }
    }
    return nil
  }

  /// All operations by name. Every call of an effect looks one up.
  private static let named = allCases.map { (name: $0.text, operation: $0) }

  /// Capability and operation, separated by a point.
  private var text: String { "\(capability.name).\(definition.name)" }
}

extension CBORValue {
  /// The kind of the value in the language.
  fileprivate var kind: Kind {
    switch self {
    case .null: .jsonNull
    case .bool: .bool
    case .integer: .int
    case .decimal: .decimal
    case .string: .string
    case .array: .array
    case .record: .record
    case .map: .map
    }
  }
}
