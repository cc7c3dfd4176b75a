/// Why a run ended without a value. The machine keeps the other values of the error body (`Machine.trapDetail`). So a
/// trap is one byte, and throwing it allocates nothing.
public enum Trap: UInt8, Error, Sendable, CaseIterable {
  /// An operand has a kind that the operation does not accept.
  case typeMismatch
  /// A result is outside the signed 64-bit range.
  case integerOverflow
  /// Division or remainder by zero.
  case divisionByZero
  /// The integer part of a decimal result needs more than 34 digits.
  case decimalOverflow
  /// A text is not a decimal.
  case decimalSyntax
  /// The value does not have the field or method. Details: the key.
  case noSuchField
  /// An index is outside a String or an Array. Details: the bits of the index, the length.
  case indexOutOfRange
  /// The value called is not a function.
  case notCallable
  /// A call has too few or too many arguments.
  case arityMismatch
  /// A binding is read before it has its value.
  case uninitializedBinding
  /// A key of a Map contains a function.
  case functionAsMapKey
  /// A value has no canonical form: it is or contains a function or `undefined`.
  case notSerializable
  /// A String would be cut within a character outside the basic multilingual plane.
  case stringSplitsCodePoint
  /// An argument has the right kind, but is outside the range that the function accepts.
  case invalidArgument
  /// The guest executed `throw`. Details: the value.
  case thrown
  /// The request is not JSON of the accepted form. Details: the code, the offset.
  case invalidRequest
  /// Calls are nested deeper than the stack budget allows.
  case stackExhausted
  /// There is more live data than the heap budget allows.
  case memoryExhausted
  /// The gas limit is reached. The body has the limit and the gas used.
  case gasExhausted
  /// The gas limit is invalid. The host finds this before the run; the body has the text.
  case gasLimitOutOfRange
  /// The program called an effect that this run was not granted. Details: the effect.
  case effectNotGranted
  /// `Async.await` got a continuation that belongs to another call.
  case continuationMismatch
  /// The database did not accept what the request had written. The host finds this after the run.
  case transactionAborted

  /// The `error` field of the body.
  public var code: StaticString {
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
    case .gasLimitOutOfRange: "GasLimitOutOfRange"
    case .effectNotGranted: "EffectNotGranted"
    case .continuationMismatch: "ContinuationMismatch"
    case .transactionAborted: "TransactionAborted"
    }
  }
}
