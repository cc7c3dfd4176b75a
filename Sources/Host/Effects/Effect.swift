public import SQLite
public import System

/// A capability that a host can grant to a program: a standard one, or one of the host's own.
///
/// A program calls its operations as functions (`Ledger.post(entry)`) and waits for the result. What a call gives must
/// follow from its arguments and the request's seed alone, or come to the program through the journal, which records
/// it; so a run can be repeated where nothing of the outside is left.
public protocol Effect: Sendable {
  /// The name that programs use: `HttpOut`, `Ledger`.
  var name: String { get }

  /// Whether a call can't be taken back once it has been made, as a message that was sent. With a journal, the intent to
  /// make such a call is on the disk before it is made, and after a crash it is not made again. False unless said
  /// otherwise.
  var isIrrevocable: Bool { get }

  /// Whether a call may be made twice: a second one with the same seed and arguments gives the same, and changes nothing.
  /// False unless said otherwise.
  var isRepeatable: Bool { get }

  /// The file that calls write to, if they write to a database: the journal must be in the same one, so that both are
  /// committed together. Nil unless said otherwise.
  var writtenDatabase: DatabaseFile? { get }

  /// Whether calls are given their arguments as bytes alone, which are wiped, and not as values, which can't be. For
  /// arguments that may be classified data. False unless said otherwise.
  var takesEncodedArguments: Bool { get }

  /// Makes one call, and returns when it is done. Calls of one request come one after the other; those of different
  /// requests come from any number of threads at once.
  ///
  /// - Throws: `HostFault` if the host itself has failed: the run ends at once and has no outcome. What a program should
  ///   deal with is a result.
  func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult
}

extension Effect {
  /// A call leaves nothing behind that a second one would repeat.
  public var isIrrevocable: Bool { false }
  /// A second call is another call.
  public var isRepeatable: Bool { false }
  /// No database is written.
  public var writtenDatabase: DatabaseFile? { nil }
  /// Calls are given values.
  public var takesEncodedArguments: Bool { false }
}

/// A call of an effect, as the host sees it.
public struct HostCall: Sendable {
  /// The part of the name behind the point: `get` of `HttpOut.get`.
  public let operation: String
  /// What the program gave; nothing if the effect takes the bytes alone.
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

  /// A call with values, or none, and the bytes of what the program gave.
  public init(operation: String, arguments: [CBORValue], encodedArguments: SecretBytes, sequence: Int) {
    self.operation = operation
    self.arguments = arguments
    self.encodedArguments = encodedArguments
    self.sequence = sequence
  }
}

/// An error that a program can handle.
public struct EffectError: Error, Equatable, Sendable {
  /// A name that programs can tell errors apart by, such as `HostNotAllowed`.
  public let code: String
  /// A sentence for people.
  public let message: String

  /// An error. Of a message longer than `EffectLimits.messageBytes` only the beginning is kept.
  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = EffectError.bounded(message)
  }

  /// Arguments that the operation does not take.
  public static func invalidArgument(_ message: String) -> EffectError { EffectError("InvalidArgument", message) }

  /// An operation that the capability does not have.
  public static func unknownOperation(_ operation: String) -> EffectError {
    EffectError("UnknownOperation", "there is no operation \(operation)")
  }
}

/// The host itself has failed: its journal can't be written, its audit log is full. The request has no outcome.
public struct HostFault: Error, Equatable, Sendable {
  /// One line: what failed, and where. It goes to the audit log as it is, so it holds nothing that a program has passed.
  public let message: String

  /// A failure.
  public init(_ message: String) { self.message = message }
}
