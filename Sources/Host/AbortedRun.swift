internal import Engine
internal import System

// Runs that end well in the machine, and whose database does not take what they have written.

extension RecordedRun {
  private static let abortedOutcome = String(decoding: Trap.transactionAborted.code.bytes, as: UTF8.self)

  /// Whether the database did not take what the run had written.
  var isAborted: Bool { outcome == RecordedRun.abortedOutcome }

  /// The run with its value replaced by the error; one that has ended in an error already stays as it is.
  func aborted(_ protection: MemoryProtection) throws(SystemError) -> RecordedRun {
    guard outcome == "value" else { return self }
    let body = PlainJSON.object([.init("error", .string(RecordedRun.abortedOutcome))]).bytes(order: .response)
    return RecordedRun(
      response: try SecretBytes(copying: body.span, protection: protection), outcome: RecordedRun.abortedOutcome,
      gasUsed: gasUsed, heapPeakBytes: heapPeakBytes, stackPeakWords: stackPeakWords)
  }
}
