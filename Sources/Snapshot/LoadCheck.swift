internal import Engine
internal import OperatingSystem

/// The load check: whether bytes are an image that this engine can run, whoever signed them.
enum LoadCheck {
  /// Checks the whole image.
  ///
  /// - Throws: `.notASnapshot`, `.damagedLineEnds`, `.otherFormatVersion`, `.otherGasSchedule`, `.wrongLength`,
  ///   `.defective`.
  static func check(_ file: borrowing SealedFile, path: String) throws(SnapshotError) {
    try checkHeader(of: file, path: path)
    do throws(ImageDefect) {
      try ImageCheck.check(file.linearMemory, byteCount: file.byteCount)
    } catch {
      throw SnapshotError(.defective(description(of: error)), path: path)
    }
  }

  /// A description of the defect.
  private static func description(of defect: ImageDefect) -> String {
    switch defect {
    case .tooShort: "it is shorter than a header"
    case .notAnImage: "it does not begin like an image"
    case .otherVersion(let version): "it has format version \(version)"
    case .otherSchedule: "it was built for another gas schedule"
    case .wrongSize(let expected, let actual): "it has \(actual) bytes instead of \(expected)"
    case .header(let offset): "the header field at byte \(offset) is out of range"
    case .section(let section): "the section \(section) is misplaced"
    case .padding(let offset): "unused byte \(offset) is not 0"
    case .manifest: "the manifest is malformed, or its parts are out of order"
    case .function(let index): "function \(index) disagrees with its code or exceeds a limit"
    case .instruction(let index): "instruction \(index): unknown opcode or invalid operand"
    case .missingEnd(let index): "the code of function \(index) runs past its end"
    case .register(let index):
      "instruction \(index) reads a register that does not hold what it needs on every path"
    case .unreachable(let index): "instruction \(index) is unreachable"
    case .undercharged(let index): "instruction \(index) can be reached before its gas is paid"
    case .constant(let index): "constant \(index) is not a value, or differs from the library's"
    case .object(let offset): "the object at byte \(offset) is malformed"
    case .charge(let index): "charge \(index) disagrees with the code"
    case .internedString(let index): "slot \(index) of the interned strings is wrong"
    }
  }

  /// Finds out whether the file is a snapshot of this runtime. This comes first, so that the error can say plainly what
  /// the file is.
  private static func checkHeader(of file: borrowing SealedFile, path: String) throws(SnapshotError) {
    let magic = ImageLayout.magic
    // The version is in the upper 16 bits; below it are the letters and the two bytes of a line end.
    let versionShift: UInt64 = 48
    let signatureMask: UInt64 = 1 << versionShift - 1
    let found = file.word(at: ImageLayout.Header.magic) ?? 0
    if found & signatureMask != magic & signatureMask {
      let letters: UInt64 = 0xffff_ffff
      throw SnapshotError(found & letters == magic & letters ? .damagedLineEnds : .notASnapshot, path: path)
    }
    if found != magic {
      let versions = (found: Int(found >> versionShift), supported: Int(magic >> versionShift))
      throw SnapshotError(
        .otherFormatVersion(found: versions.found, supported: versions.supported), path: path)
    }
    let stated =
      file.byteCount < ImageLayout.headerSize
      ? UInt64(ImageLayout.headerSize) : file.word(at: ImageLayout.Header.fileSize) ?? 0
    if stated != UInt64(file.byteCount) {
      throw SnapshotError(.wrongLength(found: file.byteCount, stated: stated), path: path)
    }
    let schedule = file.hash(at: ImageLayout.Header.scheduleID)
    if let schedule, let supported = Hash256(bytes: GasSchedule.identifier), !GasSchedule.supports(schedule.bytes) {
      throw SnapshotError(.otherGasSchedule(found: schedule, supported: supported), path: path)
    }
  }
}
