/// The layout of an activation on the stack.
///
/// ```
///  register  -3        -2                 -1                 0 …
/// ┌───────────┬─────────────────┬──────────────────┬──────────────────────────┐
/// │ callee    │ caller's        │ return address,  │ arguments, locals,       │
/// │           │ distance, Int   │ Int              │ temporaries              │
/// └───────────┴─────────────────┴──────────────────┴──────────────────────────┘
/// ```
/// A call's arguments are temporaries of the caller, and its frame begins at the first of them. So passing arguments
/// costs nothing. The header words are Ints, so code that walks the stack can treat every word as a value.
public enum Frame {
  /// Words of the header.
  public static let headerWords = 3
  /// The closure that runs in the frame, or the word that its caller left in its place.
  public static let callee = -3
  /// The number of registers between the caller's register 0 and this frame's.
  public static let callerDistance = -2
  /// Where the caller continues, as an offset in linear memory.
  public static let returnAddress = -1
  /// The most registers that a function can have.
  public static let maximumRegisters = 1000
  /// The most abstract words that an activation can take. They pay for its header and its registers.
  public static let maximumWords = baseWords + maximumRegisters
  /// The abstract words that every activation takes in addition to its names and temporaries.
  public static let baseWords = 4
}
