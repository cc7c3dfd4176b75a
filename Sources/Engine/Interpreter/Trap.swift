/// Why a run ended without a value. The fields that the error body carries besides the code are words of the machine
/// (`Machine.trapDetail`), so that a trap is one byte and throwing it allocates nothing.
public enum Trap: UInt8, Error, Sendable, CaseIterable {
  /// An operand of a kind that the operation does not take.
  case typeMismatch
  /// A result outside the signed 64-bit range.
  case integerOverflow
  /// Division or remainder by zero.
  case divisionByZero
  /// A decimal result whose integer part needs more than 34 digits.
  case decimalOverflow
  /// Text that is no decimal.
  case decimalSyntax
  /// Field or method that the value does not have. Details: the key.
  case noSuchField
  /// Index outside a String or an Array. Details: the bits of the index, length.
  case indexOutOfRange
  /// Call of something that is no function.
  case notCallable
  /// Call with too few or too many arguments.
  case arityMismatch
  /// Read of a binding before it has its value.
  case uninitializedBinding
  /// Function inside a key of a Map.
  case functionAsMapKey
  /// Value that has no canonical form: a function, `undefined`, or something that holds one.
  case notSerializable
  /// Cut through the middle of a character outside the basic multilingual plane.
  case stringSplitsCodePoint
  /// Argument of the right kind but outside what the function takes.
  case invalidArgument
  /// `throw` of the guest. Details: the value.
  case thrown
  /// A request that is no JSON of the accepted form. Details: code, offset.
  case invalidRequest
  /// Calls nested deeper than the stack budget.
  case stackExhausted
  /// More live data than the heap budget allows.
  case memoryExhausted
  /// The gas limit is reached. Details: limit, used.
  case gasExhausted
  /// A gas limit that the host does not allow. Details: the text.
  case gasLimitOutOfRange
  /// Call of an effect that this run was not given. Details: the effect.
  case effectNotGranted
  /// `Async.await` with a continuation that belongs to another call.
  case continuationMismatch
  /// The database did not take what the request had written. The host finds it after the run.
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
