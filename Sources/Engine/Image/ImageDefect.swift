/// Why the bytes of a file can't be run as an image.
public enum ImageDefect: Error, Equatable, Sendable {
  /// Shorter than a header.
  case tooShort
  /// Does not begin with the magic number.
  case notAnImage
  /// Written in another version of the format.
  case otherVersion(Int)
  /// Built for another gas schedule.
  case otherSchedule
  /// The file is not as long as its header says.
  case wrongSize(expected: Int, actual: Int)
  /// A header field outside its range.
  case header(offset: Int)
  /// A section outside the file, misaligned or out of order.
  case section(ImageLayout.Section)
  /// A byte that is unused and must be 0.
  case padding(offset: Int)
  /// A manifest that is none, or is out of order.
  case manifest
  /// An entry of the function section that contradicts the code or the limits.
  case function(Int)
  /// An instruction with an unknown opcode, an operand out of range, or a jump out of its function.
  case instruction(Int)
  /// Code that goes on past the end of its function.
  case missingEnd(function: Int)
  /// An instruction that reads a register which may not have been written, or may hold something of another kind.
  case register(instruction: Int)
  /// An instruction that nothing leads to.
  case unreachable(instruction: Int)
  /// An instruction that charges less than it costs, or that can be reached without having paid enough.
  case undercharged(instruction: Int)
  /// A constant that is no value or refers to nothing.
  case constant(Int)
  /// A malformed object, or one that refers to something else than an object of the right kind.
  case object(offset: Int)
  /// An entry of the charge section that contradicts the code.
  case charge(Int)
  /// An entry of the table of interned strings that is wrong or missing.
  case internedString(Int)
}
