/// The layout of an activation on the stack.
///
/// ```
///  register  -3        -2                 -1                 0 …
/// ┌───────────┬─────────────────┬──────────────────┬──────────────────────────┐
/// │ callee    │ caller's        │ return address,  │ arguments, locals,       │
/// │           │ distance, Int   │ Int              │ temporaries              │
/// └───────────┴─────────────────┴──────────────────┴──────────────────────────┘
/// ```
/// A call's arguments are temporaries of the caller; its frame begins at the first of them, so passing them costs
/// nothing. Header words are Ints, so that whoever walks the stack can treat every word as a value.
public enum Frame {
  /// Words of the header.
  public static let headerWords = 3
  /// The closure that runs in the frame, or what its caller left in place of one.
  public static let callee = -3
  /// Registers between the caller's register 0 and this frame's.
  public static let callerDistance = -2
  /// Where the caller goes on, as an offset in linear memory.
  public static let returnAddress = -1
  /// Registers of one function, at most.
  public static let maximumRegisters = 1000
  /// Abstract words of one activation, at most. They pay for its header and its registers.
  public static let maximumWords = baseWords + maximumRegisters
  /// Abstract words that every activation takes besides its names and temporaries.
  public static let baseWords = 4
}
