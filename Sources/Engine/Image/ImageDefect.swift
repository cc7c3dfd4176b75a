/// Why the bytes of a file cannot run as an image.
public enum ImageDefect: Error, Equatable, Sendable {
  /// It is shorter than a header.
  case tooShort
  /// It does not begin with the magic number.
  case notAnImage
  /// It is in another version of the format.
  case otherVersion(Int)
  /// It was built for another gas schedule.
  case otherSchedule
  /// Its length is not the one in its header.
  case wrongSize(expected: Int, actual: Int)
  /// A header field is out of range.
  case header(offset: Int)
  /// A section is outside the file, misaligned or out of order.
  case section(ImageLayout.Section)
  /// An unused byte is not 0.
  case padding(offset: Int)
  /// The manifest is malformed, or out of order.
  case manifest
  /// An entry of the function section contradicts the code or exceeds the limits.
  case function(Int)
  /// An instruction has an unknown opcode, an operand out of range, or a jump out of its function.
  case instruction(Int)
  /// The code of a function continues past its end.
  case missingEnd(function: Int)
  /// An instruction reads a register that may not have been written, or that may hold a word of another kind.
  case register(instruction: Int)
  /// An instruction cannot be reached.
  case unreachable(instruction: Int)
  /// An instruction charges less than it costs, or can be reached without enough charges.
  case undercharged(instruction: Int)
  /// A constant is not a value, or refers to nothing.
  case constant(Int)
  /// An object is malformed, or refers to something that is not an object of the right kind.
  case object(offset: Int)
  /// An entry of the charge section contradicts the code.
  case charge(Int)
  /// An entry of the table of interned strings is wrong or missing.
  case internedString(Int)
}
