internal import CKernel

/// The thread's own stack and registers, where words of secrets lie for moments while they are worked on: copied, hashed,
/// sealed, opened. Which registers those are is up to the C library and the cryptographic library, which choose by what
/// the processor has. So whatever works on secrets does so in `withoutTraces`, and all registers are cleared behind it.
public enum NativeStack {
  /// Does work on secrets, and leaves nothing of it in the registers that calls use and on the stack below this call.
  public static func withoutTraces<Result: ~Copyable, Failure>(
    _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // What the work leaves on the stack lies below this frame.
    defer { wipeUnused() }
    return try perform(work)
  }

  /// The same for work on bytes that are lent.
  static func withoutTraces<Result: ~Copyable, Failure>(
    _ bytes: Span<UInt8>, _ work: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { wipeUnused() }
    return try perform(bytes, work)
  }

  /// Sets to zero what calls that have returned left below the running frame, and the registers that calls use.
  @inline(never)
  public static func wipeUnused() { kernel_wipe_stack() }

  // A frame of its own for the work, however the optimiser would like to have it.
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
