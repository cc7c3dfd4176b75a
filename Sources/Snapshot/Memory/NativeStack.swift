internal import CKernel

/// The thread's own stack and registers, where a machine's words lie for moments while they are worked on.
enum NativeStack {
  /// Sets to zero what calls that have returned left below the running frame.
  @inline(never)
  static func wipeUnused() { kernel_wipe_stack() }
}
