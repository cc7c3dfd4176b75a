/// The ranges of a region that a machine may have written. To set them to zero is to wipe everything that the machine
/// leaves.
///
/// The ranges come from marks that the machine keeps as it runs, so nothing has to be searched. They may be larger than
/// what was written, but never smaller.
public struct WrittenMemory: Sendable {
  /// Host words and global slots.
  public let globals: Range<HeapOffset>
  /// Frames, and the work lists among them.
  public let frames: Range<HeapOffset>
  /// Work lists above the frames.
  public let workLists: Range<HeapOffset>
  /// The table of a comparison of functions, at the far end of the stack.
  public let stackEnd: Range<HeapOffset>
  /// The liveness of registers that collections have found.
  public let liveness: Range<HeapOffset>
  /// The two semispaces: objects, and scratch memory above them.
  public let heaps: (Range<HeapOffset>, Range<HeapOffset>)

  /// The ranges that this machine may have written up to now.
  public init(of machine: borrowing Machine) {
    let layout = machine.layout
    globals = layout.start..<layout.globals.advanced(words: layout.globalCount)
    // Frames take no more words than they have paid for. The arguments of a callback are laid out above the frame of
    // the built-in that calls it, before they are paid for.
    let peak = layout.stack.advanced(words: machine.stackPeakWords)
    let framesEnd = min(layout.liveness, peak.advanced(words: BuiltinFrame.registerCount))
    // Work lists begin where the largest frame would end. In most requests, nothing is written between them and the
    // frames.
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
