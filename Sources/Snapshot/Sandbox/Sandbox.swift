public import Engine
public import System

/// One machine for one request. Running the request consumes it, so it can't serve a second one: that does not compile.
/// When it ends, used or not, everything that its machine wrote is set to zero, and only then its memory goes back to
/// the pool.
public struct Sandbox: ~Copyable {
  private var memory: SandboxMemory
  private let pool: SandboxPool
  /// What a machine has written that nobody has wiped yet.
  private var written: WrittenMemory?

  init(_ memory: consuming SandboxMemory, pool: SandboxPool) {
    self.memory = memory
    self.pool = pool
  }

  deinit {
    if let written { _ = memory.wipe(written) }
    pool.recycle(memory)
  }

  /// Makes the machine, binds gas limit and seed, and hands it over for one request.
  ///
  /// - Parameters:
  ///   - gasLimit: 1 to 2,000,000,000 units.
  ///   - body: what to do with the machine. All that it keeps must be copied out of the machine's memory, which is
  ///     gone when this returns.
  public consuming func run<Result: ~Copyable>(
    gasLimit: Int64, seed: Hash256, _ body: (inout Machine) -> Result
  ) -> Result {
    run(gasLimit: gasLimit, seed: seed) { machine, _ in
      body(&machine)
    } afterWipe: { result, _ in
      result
    }
  }

  /// The same for a host that may find out during the request that its data is classified, and that reports on the wipe.
  ///
  /// - Parameters:
  ///   - body: is handed the machine, and the means to put its memory under protection.
  ///   - conclude: is handed what `body` gave, when the memory has been wiped, and what became of its pages if it is
  ///     classified.
  /// - Throws: what `body` throws.
  public consuming func run<Draft: ~Copyable, Result: ~Copyable, Failure>(
    gasLimit: Int64, seed: Hash256, _ body: (inout Machine, inout SandboxMemory) throws(Failure) -> Draft,
    afterWipe conclude: (consuming Draft, WipedPages?) -> Result
  ) throws(Failure) -> Result {
    // What a run leaves on the thread's own stack lies below this frame.
    defer { NativeStack.wipeUnused() }
    return try operate(gasLimit: gasLimit, seed: seed, body, afterWipe: conclude)
  }

  @inline(never)
  private consuming func operate<Draft: ~Copyable, Result: ~Copyable, Failure>(
    gasLimit: Int64, seed: Hash256, _ body: (inout Machine, inout SandboxMemory) throws(Failure) -> Draft,
    afterWipe conclude: (consuming Draft, WipedPages?) -> Result
  ) throws(Failure) -> Result {
    var machine = Machine(
      memory: memory.region.memory, image: Image(memory.region.memory), layout: pool.layout, gasLimit: gasLimit,
      seed: seed.words)
    let draft: Draft
    do throws(Failure) {
      draft = try body(&machine, &memory)
    } catch {
      written = WrittenMemory(of: machine)
      throw error
    }
    return conclude(draft, memory.wipe(WrittenMemory(of: machine)))
  }
}

extension Hash256 {
  /// The bytes as four little-endian words, so that they lie in linear memory in their own order.
  var words: (UInt64, UInt64, UInt64, UInt64) {
    func word(_ index: Int) -> UInt64 {
      var word: UInt64 = 0
      for place in 0..<8 { word |= UInt64(bytes[index * 8 + place]) << UInt64(8 * place) }
      return word
    }
    return (word(0), word(1), word(2), word(3))
  }
}
