/// The layout of the private part of a machine's region, in offsets from the start of the region. It depends only on
/// the image and the two budgets, never on the host.
public struct MachineLayout: Equatable, Sendable {
  /// The two budgets that a host sets for a request.
  public struct Budgets: Equatable, Sendable {
    /// Abstract stack words: each active call takes 4, and one for each of its names and temporaries.
    public var stackWords: Int
    /// Bytes of one semispace.
    public var heapBytes: Int
    /// Whether every reservation of memory collects, for tests. No result, gas or peak depends on it.
    public var collectsAlways: Bool

    /// 524,288 words of stack, 16 MiB of heap.
    public static let standard = Budgets(stackWords: 524_288, heapBytes: 16 << 20)
    /// The heap budgets that can be asked for, in bytes. An object's size must fit its header.
    public static let heapRange = 4096...(1 << 30)
    /// The stack budgets that can be asked for, in words. The smallest must suffice for the body of an error, which is
    /// printed within the same budget as a value. A region with the largest has less than 32 GiB, so word offsets fit
    /// 32 bits.
    public static let stackRange = 256...(1 << 30)

    /// Budgets in words and bytes.
    public init(stackWords: Int, heapBytes: Int, collectsAlways: Bool = false) {
      self.stackWords = stackWords
      self.heapBytes = heapBytes
      self.collectsAlways = collectsAlways
    }
  }

  /// Where the private part begins: at the first page boundary after the image.
  public let start: HeapOffset
  /// The global slots.
  public let globals: HeapOffset
  /// The number of global slots.
  public let globalCount: Int
  /// The first frame.
  public let stack: HeapOffset
  /// Where `LiveRegisters` keeps its results.
  public let liveness: HeapOffset
  /// The first semispace.
  public let heap: HeapOffset
  /// The second semispace.
  public let secondHeap: HeapOffset
  /// The end of the region.
  public let end: HeapOffset
  /// The two budgets.
  public let budgets: Budgets

  /// Abstract words that frames may take.
  public var stackBudget: Int { budgets.stackWords }

  /// Words before the global slots (`Machine.HostWord`). The host sets the seed and the gas limit before anything runs.
  static let hostWords = 8

  /// The layout for an image under these budgets.
  public init(image: Image, budgets: Budgets) {
    func page(_ bytes: Int) -> Int { (bytes + ImageLayout.pageSize - 1) & ~(ImageLayout.pageSize - 1) }
    start = HeapOffset(page(image.byteCount))
    globals = start.advanced(words: MachineLayout.hostWords)
    globalCount = image.globalCount
    stack = HeapOffset(page(globals.advanced(words: globalCount).bytes))
    // Each frame and each level of a work list has paid for its words. There is space for two more frames: one may be
    // laid out before its words are found to exceed the budget, and work lists begin where the largest frame would end.
    // The second budget is for the table of a comparison of functions, which has at most as many words as its levels.
    let stackBytes = (2 * budgets.stackWords + 2 * Frame.maximumWords) * 8
    liveness = HeapOffset(page(stack.bytes + stackBytes))
    heap = HeapOffset(page(liveness.advanced(words: LiveRegisters.wordCount(for: image)).bytes))
    secondHeap = HeapOffset(page(heap.bytes + budgets.heapBytes))
    end = HeapOffset(page(secondHeap.bytes + budgets.heapBytes))
    self.budgets = budgets
  }
}
