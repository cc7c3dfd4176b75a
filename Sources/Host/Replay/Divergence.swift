public import OperatingSystem

/// A difference between a recorded run and its repetition, or a reason why a record can't be repeated.
public enum Divergence: Equatable, Sendable {
  /// The row is not what was written: it was changed in the file.
  case changedRecord
  /// The row does not follow from the previous one: a row between them was removed, or the order was changed.
  case brokenChain
  /// The row's bytes are sealed under the host key with this identifier, and another key or none was given.
  case sealed(hostKey: Hash256, given: Hash256?)
  /// A part of the row is not what was sealed there: it was changed, or belongs to another row.
  case changedPart(String)
  /// The request was answered by another snapshot.
  case otherSnapshot(recorded: Hash256)
  /// The seed of the row does not follow from its identity, snapshot and gas limit.
  case otherSeed
  /// The recorded gas limit is out of range.
  case invalidGasLimit(Int64)
  /// The record says that the run ended in an error that this version does not know.
  case unknownOutcome(String)
  /// The run makes a call that is not recorded.
  case extraEffect(sequence: Int, name: String)
  /// A recorded call is not made.
  case missingEffect(sequence: Int, name: String)
  /// The run calls another effect than the recorded one.
  case otherEffect(sequence: Int, recorded: String, name: String)
  /// The effect is called with other arguments.
  case otherArguments(sequence: Int, name: String)
  /// The response differs; the offset is that of the first byte that differs, from 0.
  case otherResponse(offset: Int)
  /// The run ends differently.
  case otherOutcome(recorded: String, outcome: String)
  /// A figure of the run differs: `gasUsed`, `heapPeakBytes` or `stackPeakWords`.
  case otherFigure(name: String, recorded: Int64, value: Int64)
}

extension Divergence: CustomStringConvertible {
  /// One line for people.
  public var description: String {
    switch self {
    case .changedRecord: "the journal's record was changed"
    case .brokenChain: "a record before this one is missing, or the records were reordered"
    case .sealed(let hostKey, nil): "the record is sealed: host key \(hostKey) opens it"
    case .sealed(let hostKey, let given?): "the record is sealed under host key \(hostKey), not under \(given)"
    case .changedPart(let part): "the journal's \(part) was changed, or belongs to another record"
    case .otherSnapshot(let recorded): "was answered by a different snapshot, \(recorded)"
    case .otherSeed: "the recorded seed does not follow from identity, snapshot and gas limit: one of them was changed"
    case .invalidGasLimit(let units): "the recorded gas limit \(units) is not valid"
    case .unknownOutcome(let code): "the record ends in \(code), an error that this version does not know"
    case .extraEffect(let sequence, let name): "effect \(sequence): \(name) is called but not recorded"
    case .missingEffect(let sequence, let name): "effect \(sequence): \(name) is recorded but not called"
    case .otherEffect(let sequence, let recorded, let name):
      "effect \(sequence): \(name) is called where \(recorded) is recorded"
    case .otherArguments(let sequence, let name): "effect \(sequence): \(name) is called with other arguments"
    case .otherResponse(let offset): "the response differs from byte \(offset) on"
    case .otherOutcome(let recorded, let outcome): "ends in \(outcome) instead of \(recorded)"
    case .otherFigure(let name, let recorded, let value): "\(name) is \(value) instead of \(recorded)"
    }
  }
}
