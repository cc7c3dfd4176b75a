/// The layout of a snapshot image: the bytes of an `.msqs` file, which are also the first part of linear memory. So an
/// offset in the file and an offset in a machine are the same number.
///
/// ```
///  0          ┌───────────────────────────────┐
///             │ header (256 bytes)            │  magic, version, schedule id, section table
///             ├───────────────────────────────┤
///             │ manifest                      │  canonical CBOR: entry, effects, handler, source hashes
///             ├───────────────────────────────┤
///             │ functions                     │  4 words for each function
///             ├───────────────────────────────┤
///             │ code                          │  one word for each instruction
///             ├───────────────────────────────┤
///             │ constants                     │  one value for each constant
///             ├───────────────────────────────┤
///             │ charges                       │  the single charges of merged ones (`ChargeTable`)
///             ├───────────────────────────────┤
///             │ interned strings              │  hash table of the image's strings
///             ├───────────────────────────────┤
///             │ objects                       │  the heap image: strings, records, functions, …
///             ├───────────────────────────────┤
///             │ names and positions           │  for diagnostics only; can be stripped
///             └───────────────────────────────┘
/// ```
public enum ImageLayout {
  /// "MSQS", then two bytes that text-mode transfers would damage, then the format version.
  public static let magic: UInt64 = 0x0002_0a0d_5351_534d
  /// The bytes of a page of memory. Private parts begin at page boundaries.
  public static let pageSize = 4096
  /// The size of the header in bytes.
  public static let headerSize = 256

  /// The greatest distance of a String from its own slot in the table of interned Strings. It limits the length of a
  /// search.
  public static let maximumProbe = 32

  /// The most parts that one `buildArray` or `buildRecord` instruction combines.
  public static let maximumPieces = 64
  /// The most words that code may handle between two charges. They are needed for closures over a thousand names, and
  /// at the ends of nested blocks.
  static let unpaidWorkLimit = 4096

  /// Byte offsets of the header's fields.
  public enum Header {
    /// The first word of an image.
    public static let magic = 0
    /// The total size of the file in bytes.
    public static let fileSize = 8
    /// The gas schedule's id: SHA-256, 32 bytes.
    public static let scheduleID = 16
    /// The version of the compiler that wrote the image.
    public static let compilerVersion = 48
    /// The number of global slots.
    public static let globalCount = 56
    /// The index of the function that runs the static initialisers. In a script, it also returns the script's value.
    public static let initializer = 64
    /// The index of the handler plus one; 0 for a script.
    public static let handler = 72
    /// Two words for each `Section`: offset and size in bytes.
    public static let sections = 80
    /// The bytes from here to the end of the header are 0.
    static let unused = sections + 16 * Section.allCases.count
  }

  /// The parts of an image, in file order.
  public enum Section: Int, CaseIterable, Sendable {
    case manifest, functions, code, constants, charges, internedStrings, objects, names
  }

  /// Word offsets within an entry of the function section.
  public enum FunctionEntry {
    /// The number of words of an entry.
    public static let wordCount = 4
    /// Word 0: index of the first instruction (32 bits), number of instructions (32 bits).
    public static let code = 0
    /// Word 1: registers (16 bits), minimum arity (8), parameters (8), rest parameter (1), zeros (15), captures (16).
    public static let frame = 1
    /// Word 2: abstract stack words of an activation.
    public static let stack = 2
    /// Word 3: index of the first function with the same code. It is used to compare functions.
    public static let codeClass = 3
  }
}
