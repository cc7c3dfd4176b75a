/// Why a run ends without a value, with the fields of its error body.
enum Stop: Error {
  case typeMismatch
  case integerOverflow
  case divisionByZero
  case decimalOverflow
  case decimalSyntax
  case noSuchField(Text)
  case indexOutOfRange(index: Int64, length: Int)
  case notCallable
  case arityMismatch
  case uninitializedBinding
  case functionAsMapKey
  case notSerializable
  case stringSplitsCodePoint
  case invalidArgument
  /// The value is `Evaluation.thrown`.
  case thrown
  case invalidRequest(TextDefect)
  case stackExhausted
  /// A value larger than any heap. This evaluator has no other memory limit.
  case memoryExhausted
  case gasExhausted(used: Int64, limit: Int64)
  case effectNotGranted(Text)
  case continuationMismatch

  /// The `error` field.
  var code: Text {
    switch self {
    case .typeMismatch: "TypeMismatch"
    case .integerOverflow: "IntegerOverflow"
    case .divisionByZero: "DivisionByZero"
    case .decimalOverflow: "DecimalOverflow"
    case .decimalSyntax: "DecimalSyntax"
    case .noSuchField: "NoSuchField"
    case .indexOutOfRange: "IndexOutOfRange"
    case .notCallable: "NotCallable"
    case .arityMismatch: "ArityMismatch"
    case .uninitializedBinding: "UninitializedBinding"
    case .functionAsMapKey: "FunctionAsMapKey"
    case .notSerializable: "NotSerializable"
    case .stringSplitsCodePoint: "StringSplitsCodePoint"
    case .invalidArgument: "InvalidArgument"
    case .thrown: "Thrown"
    case .invalidRequest: "InvalidRequest"
    case .stackExhausted: "StackExhausted"
    case .memoryExhausted: "MemoryExhausted"
    case .gasExhausted: "GasExhausted"
    case .effectNotGranted: "EffectNotGranted"
    case .continuationMismatch: "ContinuationMismatch"
    }
  }

  /// The body: the code, and the fields that belong to it.
  ///
  /// - Parameter thrown: the value of `Thrown`.
  func body(thrown: Value) -> Value {
    let fields: [(key: Text, value: Value)] =
      switch self {
      case .noSuchField(let key): [("field", .string(key))]
      case .indexOutOfRange(let index, let length): [("index", .int(index)), ("length", .int(Int64(length)))]
      case .thrown: [("value", thrown)]
      case .invalidRequest(let defect): [("code", .string(defect.code)), ("offset", .int(Int64(defect.offset)))]
      case .gasExhausted(let used, let limit): [("gasUsed", .int(used)), ("gasLimit", .int(limit))]
      case .effectNotGranted(let effect): [("effect", .string(effect))]
      default: []
      }
    return .record(Record([("error", .string(code))] + fields))
  }
}
