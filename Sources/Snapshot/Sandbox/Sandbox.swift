public import Engine

/// One machine for one request. Running the request consumes it, so it can't serve a second one: that does not compile.
/// When it ends, used or not, everything that its machine wrote is set to zero, and only then its memory goes back to
/// the pool.
public struct Sandbox: ~Copyable {
  private let region: Region
  private let pool: SandboxPool
  /// What the machine has written, once it has run.
  private var written: WrittenMemory?

  init(_ region: consuming Region, pool: SandboxPool) {
    self.region = region
    self.pool = pool
  }

  deinit {
    if let written { region.wipe(written) }
    pool.takeBack(region)
  }

  /// Makes the machine, binds gas limit and seed, and hands it over for one request.
  ///
  /// - Parameters:
  ///   - gasLimit: 1 to 2,000,000,000 units.
  ///   - body: what to do with the machine. All that it keeps must be copied out of the machine's memory, which is
  ///     gone when this returns.
  public consuming func run<Result>(
    gasLimit: Int64, seed: Hash256, _ body: (inout Machine) -> Result
  ) -> Result {
    var machine = Machine(
      memory: region.memory, image: Image(region.memory), layout: pool.layout, gasLimit: gasLimit,
      seed: seed.words)
    let result = body(&machine)
    written = WrittenMemory(of: machine)
    return result
  }
}

/// The parts of a region's private memory that a machine's own books say it has written.
struct WrittenMemory {
  /// Host words and global slots.
  let globals: Range<HeapOffset>
  let stack: Range<HeapOffset>
  let heap: Range<HeapOffset>

  init(of machine: borrowing Machine) {
    let layout = machine.layout
    globals = layout.start..<layout.stack
    // Where the deepest frame really ended is not recorded, but what the budget's unused words stand for was not
    // reached.
    let unreachedWords = (layout.stackBudget - machine.stackPeakWords) * machine.image.stackRatio
    stack = layout.stack..<max(layout.stack, layout.liveness.advanced(words: -unreachedWords))
    heap = layout.heap..<machine.writtenHeaps.0
  }
}

extension Region {
  /// Bytes of stack, and of heap, whose pages an idle region keeps. Most requests need no more; what a large one needed
  /// goes back to the system, so that a pool's idle memory is bounded.
  private static let keptByteCount = 256 << 10

  /// Sets to zero all that a machine wrote. Beyond what its books say lies scratch space that they do not cover; and
  /// that no request ever shows its data to another one must not hang on anyone's books.
  func wipe(_ written: WrittenMemory) {
    wipe(written.globals)
    wipe(written.stack, upTo: written.heap.lowerBound)
    wipe(written.heap, upTo: HeapOffset(memory.byteCount))
  }

  private func wipe(_ written: Range<HeapOffset>, upTo end: HeapOffset) {
    let kept = min(written.upperBound, HeapOffset(written.lowerBound.bytes + Region.keptByteCount))
    wipe(written.lowerBound..<kept)
    wipeUnaccounted(kept..<end)
  }
}

extension Hash256 {
  /// The bytes as four little-endian words, so that they lie in linear memory in their own order.
  var words: (UInt64, UInt64, UInt64, UInt64) {
    func word(_ index: Int) -> UInt64 {
      bytes[(index * 8)..<(index * 8 + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    return (word(0), word(1), word(2), word(3))
  }
}
