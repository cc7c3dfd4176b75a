package import Engine

// The engine's table of effects, as the host reads it.

extension StandardCapability {
  /// Its name as a String.
  package var text: String { "\(name)" }
}

extension CapabilityOperation {
  /// The operation that a call asks of this capability; nil if the capability has none of that name, which only a call
  /// through `Async.await` can bring.
  package init?(of call: HostCall) {
    guard let operation = Self.allCases.first(where: { "\($0.definition.name)" == call.operation }) else { return nil }
    self = operation
  }
}

extension EffectOperation {
  /// The operation of a name such as `Log.info`; nil for one of a host's own.
  init?(named name: String) {
    let operation = EffectOperation.allCases.first { $0.text.utf8.elementsEqual(name.utf8) }
    guard let operation else { return nil }
    self = operation
  }

  /// What is wrong with the arguments of a call; nil if nothing is. The machine checks its own calls. This is for those
  /// that come as data, through `Async.await`.
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

  /// Capability and operation, with a point between.
  private var text: String { "\(capability.name).\(definition.name)" }
}

extension CBORValue {
  /// Which of the language's kinds the value is of.
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
