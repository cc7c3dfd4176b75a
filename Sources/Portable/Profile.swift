internal import Compiler
internal import Engine
internal import ReferenceEvaluator

/// A request of which the reference evaluator says where its gas goes.
struct Profile {
  private let request: [UInt8]
  private let gasLimit: UInt64
  private let stackWords: UInt64

  /// The request, the gas limit, and the stack budget in words.
  init(_ reader: inout MessageReader) {
    request = reader.text()
    gasLimit = reader.number()
    stackWords = reader.number()
  }

  /// The profile of a run that is granted no effects: the gas used; the frames, outermost first and each before those
  /// that it called (its depth, its kind, its name, the units charged in it); the lines (file, number, units). Units
  /// that belong to no line are the host's.
  func answer(_ program: Program, _ sources: [SourceFile]) -> [UInt8] {
    guard (1...UInt64(Machine.maximumGasLimit)).contains(gasLimit) else {
      return Portable.refusal("GasLimitOutOfRange")
    }
    let budgets = MachineLayout.Budgets.stackRange
    guard (UInt64(budgets.lowerBound)...UInt64(budgets.upperBound)).contains(stackWords) else {
      return Portable.refusal("StackLimitOutOfRange")
    }
    var profile = GasProfile(program, sources: sources)
    let outcome: ReferenceOutcome
    do throws(NoDeepStack) {
      outcome = try Evaluator(program).run(
        request: request, gasLimit: Int64(gasLimit), stackWords: Int(stackWords), observer: { profile.add($0) })
    } catch {
      return Portable.refusal("MemoryUnavailable")
    }
    var writer = MessageWriter()
    writer.put(byte: Portable.AnswerStatus.success.rawValue)
    writer.put(number: UInt64(outcome.gasUsed))
    writer.put(count: Profile.count(profile.root))
    Profile.put(profile.root, depth: 0, into: &writer)
    let lines = profile.lines.sorted { $0.key < $1.key }
    writer.put(count: lines.count)
    for (line, units) in lines {
      writer.put(text: sources[line.file].path)
      writer.put(count: line.number)
      writer.put(number: UInt64(units))
    }
    return writer.bytes
  }

  private static func count(_ frame: GasProfile.Frame) -> Int { frame.callees.reduce(1) { $0 + count($1) } }

  private static func put(_ frame: GasProfile.Frame, depth: Int, into writer: inout MessageWriter) {
    writer.put(count: depth)
    writer.put(byte: frame.kind.rawValue)
    writer.put(text: frame.name)
    writer.put(number: UInt64(frame.ownUnits))
    for callee in frame.callees { put(callee, depth: depth + 1, into: &writer) }
  }
}
