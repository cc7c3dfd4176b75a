internal import Engine

// What the machine checks of its own calls, for those that come as data, through `Async.await`.

extension EffectOperation {
  /// What is wrong with the arguments of an operation such as `Log.info`; nil if nothing is, or if it is no standard one.
  static func argumentError(of name: String, _ arguments: [CBORValue]) -> EffectError? {
    guard let operation = allCases.first(where: { $0.text.utf8.elementsEqual(name.utf8) }) else { return nil }
    let parameters = operation.definition.parameters
    guard (parameters.required...parameters.count).contains(arguments.count) else {
      let range =
        parameters.required == parameters.count
        ? "\(parameters.count)" : "\(parameters.required) to \(parameters.count)"
      return .invalidArgument("\(name) takes \(range) arguments, and \(arguments.count) came")
    }
    for (index, argument) in arguments.enumerated() {
      if let kind = parameters.kind(index), argument.kind != kind {
        return .invalidArgument("argument \(index + 1) of \(name) is of kind \(argument.kind.name), not \(kind.name)")
      }
    }
    return nil
  }

  /// Capability and operation, with a point between.
  private var text: String { "\(definition.effect).\(definition.name)" }
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
