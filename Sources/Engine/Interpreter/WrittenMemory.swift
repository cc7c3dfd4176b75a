/// What a machine may have written, as ranges of its region: whoever sets these to zero has wiped all that it leaves.
///
/// The ranges come from marks that the machine keeps as it runs, so nothing has to be searched. They may be larger than
/// what was written, never smaller.
public struct WrittenMemory: Sendable {
  /// Host words and global slots.
  public let globals: Range<HeapOffset>
  /// Frames and work lists.
  public let stack: Range<HeapOffset>
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
    stack = layout.stack..<min(layout.liveness, WrittenMemory.stackEnd(of: machine))
    stackEnd = max(stack.upperBound, machine.comparisonTable)..<layout.liveness
    liveness = layout.liveness..<machine.writtenLiveness
    let ends = machine.writtenHeaps
    heaps = (layout.heap..<ends.0, layout.secondHeap..<ends.1)
  }

  /// Frames take at most `stackRatio` words for each abstract one. The topmost of them may write further without
  /// having paid for it yet: work lists begin where the largest frame would end, and a callback's arguments are laid out
  /// above the frame of the built-in that calls it.
  private static func stackEnd(of machine: borrowing Machine) -> HeapOffset {
    let frameWords = machine.stackPeakWords * machine.image.stackRatio
    return machine.layout.stack.advanced(words: frameWords + Frame.maximumWords + BuiltinFrame.registerCount)
  }
}
