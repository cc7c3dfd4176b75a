/// What a machine may have written, as ranges of its region: whoever sets these to zero has wiped all that it leaves.
///
/// The ranges come from marks that the machine keeps as it runs, so nothing has to be searched. They may be larger than
/// what was written, never smaller.
public struct WrittenMemory: Sendable {
  /// Host words and global slots.
  public let globals: Range<HeapOffset>
  /// Frames, and work lists that lie among them.
  public let frames: Range<HeapOffset>
  /// Work lists above them.
  public let workLists: Range<HeapOffset>
  /// The table of a comparison of functions, at the far end of the stack.
  public let stackEnd: Range<HeapOffset>
  /// What collections have found out about registers.
  public let liveness: Range<HeapOffset>
  /// The two semispaces: objects, and room for work above them.
  public let heaps: (Range<HeapOffset>, Range<HeapOffset>)

  /// What this machine may have written up to now.
  public init(of machine: borrowing Machine) {
    let layout = machine.layout
    globals = layout.start..<layout.globals.advanced(words: layout.globalCount)
    // Frames take no more words than they have paid for. A callback's arguments are laid out above the frame of the
    // built-in that calls it before they are paid for.
    let peak = layout.stack.advanced(words: machine.stackPeakWords)
    let framesEnd = min(layout.liveness, peak.advanced(words: BuiltinFrame.registerCount))
    // Work lists begin where the largest frame would end. Between them and the frames of most requests nothing is written.
    let listsStart = max(framesEnd, layout.stack.advanced(words: Frame.headerWords + Frame.maximumRegisters))
    let listsEnd = peak.advanced(words: BuiltinFrame.registerCount + Frame.maximumWords)
    frames = layout.stack..<framesEnd
    workLists = min(layout.liveness, listsStart)..<min(layout.liveness, max(listsStart, listsEnd))
    stackEnd = max(workLists.upperBound, machine.comparisonTable)..<layout.liveness
    liveness = layout.liveness..<machine.writtenLiveness
    let ends = machine.writtenHeaps
    heaps = (layout.heap..<ends.0, layout.secondHeap..<ends.1)
  }
}
