public import Engine

/// An image that the load check has accepted. It runs in a region of exactly its own size, so that the address
/// sanitizer detects accesses beyond the end.
public struct CheckedImage: Sendable {
  /// How a run ended.
  public struct Result {
    /// Nil if the run ended in a value.
    public let trap: Trap?
    /// The response, or the error's body.
    public let body: [UInt8]
    /// Units, the last charge included.
    public let gasUsed: Int64
  }

  /// The stack budget of all runs.
  public static let stackWords = 2048

  private let bytes: [UInt8]

  /// Nil if the load check refuses the image.
  public init?(_ bytes: [UInt8]) {
    let front = OwnedMemory(byteCount: bytes.count)
    front.memory.write(bytes.span, at: HeapOffset(0))
    defer {
      // In a sandbox the image is mapped read-only.
      precondition(
        front.memory.bytes(at: HeapOffset(0), count: bytes.count) == bytes, "the load check wrote to the image")
    }
    do throws(ImageDefect) {
      try ImageCheck.check(front.memory, byteCount: bytes.count)
    } catch {
      return nil
    }
    self.bytes = bytes
  }

  /// Runs the image on a request. The budgets keep a run short, but are large enough for programs to do something.
  public func run(
    request: [UInt8], gasLimit: Int64 = 20_000, heapBytes: Int = 64 << 10,
    effects: (EffectCall, borrowing Machine) -> EffectReply = { _, _ in .notGranted }
  ) -> Result {
    let front = OwnedMemory(byteCount: bytes.count)
    front.memory.write(bytes.span, at: HeapOffset(0))
    let budgets = MachineLayout.Budgets(stackWords: CheckedImage.stackWords, heapBytes: heapBytes)
    let layout = MachineLayout(image: Image(front.memory), budgets: budgets)
    let region = OwnedMemory(byteCount: layout.end.bytes)
    region.memory.write(bytes.span, at: HeapOffset(0))
    var machine = Machine(
      memory: region.memory, image: Image(region.memory), layout: layout, gasLimit: gasLimit, seed: (1, 2, 3, 4))
    let outcome = machine.run(request: request.span, effects: effects)
    let result = Result(
      trap: outcome.trap, body: region.memory.bytes(at: outcome.body, count: outcome.byteCount),
      gasUsed: machine.gasUsed)
    // In a sandbox the image is mapped read-only. Here nothing enforces that.
    precondition(region.memory.bytes(at: HeapOffset(0), count: bytes.count) == bytes, "the image was written to")
    precondition(machine.gasUsed >= 0 && machine.heapPeakBytes <= heapBytes, "the books are wrong")
    return result
  }
}
