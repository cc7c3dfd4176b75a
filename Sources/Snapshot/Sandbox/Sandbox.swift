public import Engine
public import OperatingSystem

/// One machine for one request. Running the request consumes the sandbox, so code that runs a second request does not
/// compile. When the sandbox ends, used or not, everything that its machine wrote is wiped. Only then is its memory
/// returned to the pool.
public struct Sandbox: ~Copyable {
  private var memory: SandboxMemory
  private let pool: SandboxPool
  /// What a machine has written and nobody has wiped yet.
  private var written: WrittenMemory?

  init(_ memory: consuming SandboxMemory, pool: SandboxPool) {
    self.memory = memory
    self.pool = pool
  }

  deinit {
    if let written { _ = memory.wipe(written) }
    pool.recycle(memory)
  }

  /// Creates the machine with its gas limit and seed, and lends it for one request.
  ///
  /// - Parameters:
  ///   - gasLimit: 1 to 2,000,000,000 units.
  ///   - body: runs the machine. Whatever it keeps it must copy out of the machine's memory, which is invalid when this
  ///     returns.
  public consuming func run<Result: ~Copyable>(
    gasLimit: Int64, seed: Hash256, _ body: (inout Machine) -> Result
  ) -> Result {
    run(gasLimit: gasLimit, seed: seed) { machine, _ in
      body(&machine)
    } afterWipe: { result, _ in
      result
    }
  }

  /// The same for a host that may find out during the request that its data is classified, and that reports the wipe.
  ///
  /// - Parameters:
  ///   - body: gets the machine, and the means to protect its memory.
  ///   - conclude: gets the result of `body` after the memory has been wiped, and, if the data is classified, the
  ///     result of the wipe.
  /// - Throws: what `body` throws.
  public consuming func run<Draft: ~Copyable, Result: ~Copyable, Failure>(
    gasLimit: Int64, seed: Hash256, _ body: (inout Machine, inout SandboxMemory) throws(Failure) -> Draft,
    afterWipe conclude: (consuming Draft, WipedPages?) -> Result
  ) throws(Failure) -> Result {
    // A run leaves its traces on the thread's own stack below this frame.
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
  /// The bytes as four little-endian words, which keep the order of the bytes in linear memory.
  var words: (UInt64, UInt64, UInt64, UInt64) {
    func word(_ index: Int) -> UInt64 {
      var word: UInt64 = 0
      for place in 0..<8 { word |= UInt64(bytes[index * 8 + place]) << UInt64(8 * place) }
      return word
    }
    return (word(0), word(1), word(2), word(3))
  }
}
