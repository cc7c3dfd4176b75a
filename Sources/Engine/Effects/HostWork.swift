/// The processor time that a host needs for a call, in units of GAS_CONSUME. It is charged in addition to the row of the
/// operation and to the machine's own work on arguments and result. Waiting for a disk, a lock or a network costs
/// nothing.
///
/// The prices come from measurements of the whole process, with journal, audit log and classified data. Per unit, no
/// call may take more than eight times as long as the bare tail call.
public struct HostWork: Equatable, Sendable {
  /// Units for a call: finding, recording and performing it.
  public let call: Int
  /// Units for each byte of the arguments' CBOR.
  public let argumentByte: Int
  /// Units for each byte of the result's CBOR.
  public let resultByte: Int

  init(call: Int, argumentByte: Int = 0, resultByte: Int = 0) {
    self.call = call
    self.argumentByte = argumentByte
    self.resultByte = resultByte
  }

  /// The work of a call of an effect that a host declares itself.
  public static let declared = HostWork(call: 1500, argumentByte: 1)

  /// The work of two operations that one call performs.
  public static func + (left: HostWork, right: HostWork) -> HostWork {
    HostWork(
      call: left.call &+ right.call, argumentByte: left.argumentByte &+ right.argumentByte,
      resultByte: left.resultByte &+ right.resultByte)
  }

  /// The units that are charged before the call is made. More than 2^28 bytes count as 2^28: they exceed every limit
  /// of gas.
  public func units(argumentBytes: Int) -> Int { call &+ argumentByte &* min(argumentBytes, 1 << 28) }

  /// The units that are charged before the program receives the result.
  public func units(resultBytes: Int) -> Int { resultByte &* min(resultBytes, 1 << 28) }
}
