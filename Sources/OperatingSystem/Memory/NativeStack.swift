internal import CKernel

/// The thread's own stack and registers. They hold parts of secrets for moments while code copies, hashes, seals or
/// opens them. Which registers are used is decided by the C library and the cryptographic library, according to the
/// processor. So all work on secrets runs in `withoutTraces`, which clears all registers afterwards.
public enum NativeStack {
  /// Works on secrets, then wipes the registers that calls use, and the stack below this call.
  public static func withoutTraces<Result: ~Copyable, Failure>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // The work leaves its traces on the stack below this frame.
    defer { if kernel_postpones_wipes() == 0 { wipeUnused() } }
    return try perform(work)
  }

  /// The same for work on bytes that are lent.
  static func withoutTraces<Result: ~Copyable, Failure>(
    _ bytes: Span<UInt8>, _ work: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { if kernel_postpones_wipes() == 0 { wipeUnused() } }
    return try perform(bytes, work)
  }

  /// Works on secrets in many short steps. What `withoutTraces` would wipe after each step is wiped once, after the
  /// last one. A wipe takes longer than most steps.
  public static func wipingOnce<Result: ~Copyable, Failure>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let wasPostponed = kernel_postpone_wipes(1)
    defer {
      _ = kernel_postpone_wipes(wasPostponed)
      if wasPostponed == 0 { wipeUnused() }
    }
    return try perform(work)
  }

  /// Zeroes the stack below the running frame, where returned calls have left data, and the registers that calls use.
  @inline(never)
  public static func wipeUnused() { kernel_wipe_stack() }

  // The work gets its own frame, even if the optimiser would inline it.
  @inline(never)
  private static func perform<Result: ~Copyable, Failure>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try work()
  }

  @inline(never)
  private static func perform<Result: ~Copyable, Failure>(
    _ bytes: Span<UInt8>, _ work: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try work(bytes)
  }
}
