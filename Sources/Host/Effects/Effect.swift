public import OperatingSystem
public import SQLite

/// A capability that a host can grant to a program: a standard one, or one of the host's own.
///
/// A program calls its operations as functions (`Ledger.post(entry)`) and waits for the result. A result must follow
/// from the arguments and the request's seed alone, or be something that the journal may record. Then a run can be
/// repeated without the outside world.
public protocol Effect: Sendable {
  /// The name that programs use: `HttpOut`, `Ledger`.
  var name: String { get }

  /// Whether a call is irrevocable: it can't be undone, like sending a message. With a journal, the intent of such a
  /// call is on disk before the call is made, and after a crash the call is not made again. False by default.
  var isIrrevocable: Bool { get }

  /// Whether a call may be made twice: a second one with the same seed and arguments has the same result and changes
  /// nothing. False by default.
  var isRepeatable: Bool { get }

  /// The maximum number of calls in one request; nil if only `EffectLimits.calls` limits them. An effect whose calls may
  /// wait for long has a limit, so that the waiting of a request is bounded. Nil by default.
  var callLimit: Int? { get }

  /// The database that calls write to; nil if there is none. The journal must be in the same file, so that both are
  /// committed together. Nil by default.
  var writtenDatabase: DatabaseFile? { get }

  /// Whether calls receive their arguments only as bytes, which are wiped, and not as values, which can't be wiped. For
  /// arguments that may be classified data. False by default.
  var takesEncodedArguments: Bool { get }

  /// Makes one call, and returns when it is done. Calls of one request are made one after the other; calls of different
  /// requests may be made on any number of threads at the same time.
  ///
  /// - Throws: `HostFault` if the host itself has failed. The run then ends at once and has no outcome. Return errors
  ///   that a program should handle as results.
  func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult
}

extension Effect {
  /// Calls are not irrevocable.
  public var isIrrevocable: Bool { false }
  /// Calls must not be made twice.
  public var isRepeatable: Bool { false }
  /// Calls are limited together with all others.
  public var callLimit: Int? { nil }
  /// No database is written.
  public var writtenDatabase: DatabaseFile? { nil }
  /// Calls receive values.
  public var takesEncodedArguments: Bool { false }
}

/// A call of an effect, as the host sees it.
public struct HostCall: Sendable {
  /// The part of the name after the point: `get` of `HttpOut.get`.
  public let operation: String
  /// The arguments; empty if the effect takes only bytes.
  public let arguments: [CBORValue]
  /// The canonical CBOR of the Array of the arguments, in memory that is wiped after the call.
  public let encodedArguments: SecretBytes
  /// The call's number within its request, from 0.
  public let sequence: Int

  /// A call with values.
  public init(operation: String, arguments: [CBORValue], sequence: Int) {
    let encoded = SecretBytes(copying: CBORValue.array(arguments).encoded)
    self.init(operation: operation, arguments: arguments, encodedArguments: encoded, sequence: sequence)
  }

  /// A call with values, or none, and the bytes of the arguments.
  public init(operation: String, arguments: [CBORValue], encodedArguments: SecretBytes, sequence: Int) {
    self.operation = operation
    self.arguments = arguments
    self.encodedArguments = encodedArguments
    self.sequence = sequence
  }
}

/// An error that a program can handle.
public struct EffectError: Error, Equatable, Sendable {
  /// A name by which programs distinguish errors, such as `HostNotAllowed`.
  public let code: String
  /// A sentence for people.
  public let message: String

  /// An error. A message longer than `EffectLimits.messageBytes` is cut.
  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = EffectError.bounded(message)
  }

  /// Arguments that the operation does not accept.
  public static func invalidArgument(_ message: String) -> EffectError { EffectError("InvalidArgument", message) }

  /// An operation that the capability does not have.
  public static func unknownOperation(_ operation: String) -> EffectError {
    EffectError("UnknownOperation", "there is no operation \(operation)")
  }
}

/// A failure of the host itself: its journal can't be written, its audit log is full. The request has no outcome.
public struct HostFault: Error, Equatable, Sendable {
  /// One line: what failed, and where. It is written to the audit log as it is, so it must hold no data of a program.
  public let message: String

  /// A failure.
  public init(_ message: String) { self.message = message }
}
