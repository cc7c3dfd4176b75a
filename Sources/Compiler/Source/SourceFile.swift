/// One file of a program: its path as given, and its bytes.
public struct SourceFile: Sendable {
  /// Usually UTF-8. The path is only shown, so any bytes are allowed.
  public let path: [UInt8]
  /// The text of the file. It must be UTF-8 to be accepted.
  public let bytes: [UInt8]

  /// A file with this path and text.
  public init(path: [UInt8], bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The part of the path up to and including the last slash. All files of a program are in the folder of the entry
  /// file or below.
  public var folder: ArraySlice<UInt8> { path[..<((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)] }

  /// The table that converts offsets to lines and columns. Making it reads the whole file: make it once, when the first
  /// position is needed.
  public func lineTable() -> LineTable { LineTable(bytes) }
}

/// A position in a file as people count: both numbers start at 1, and columns count Unicode code points.
public struct SourcePosition: Equatable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column in code points, from 1.
  public let column: Int

  /// The position with these numbers.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The line starts of a file. A line ends at LF, CR LF or CR.
public struct LineTable: Sendable {
  private let bytes: [UInt8]
  /// Offset of the first byte of each line.
  private let starts: [Int]
  /// The number of bytes before each multiple of `stride` that do not begin a code point. With it, finding a column in
  /// a line of megabytes does not take reading the line.
  private let continuations: [Int]

  private static let stride = 256

  init(_ bytes: [UInt8]) {
    var starts = [0]
    var continuations: [Int] = []
    var continuationCount = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % LineTable.stride == 0 { continuations.append(continuationCount) }
      if byte & 0xC0 == 0x80 { continuationCount += 1 }
      let isCarriageReturnAlone = byte == UInt8(ascii: "\r") && (offset + 1 == bytes.count || bytes[offset + 1] != 10)
      if byte == UInt8(ascii: "\n") || isCarriageReturnAlone { starts.append(offset + 1) }
    }
    self.bytes = bytes
    self.starts = starts
    self.continuations = continuations
  }

  /// Line and column of a byte offset. An offset past the end counts as the end.
  public func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: codePointCount(in: starts[low]..<offset) + 1)
  }

  /// The range of a line's text (lines count from 1), without its line end.
  public func range(ofLine line: Int) -> Range<Int> {
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// Counts the bytes that begin a code point. In text that is not UTF-8, a stray continuation byte does not count.
  private func codePointCount(in range: Range<Int>) -> Int {
    range.count - (continuationCount(before: range.upperBound) - continuationCount(before: range.lowerBound))
  }

  private func continuationCount(before offset: Int) -> Int {
    guard !continuations.isEmpty else { return 0 }
    let block = min(offset / LineTable.stride, continuations.count - 1)
    var count = continuations[block]
    for position in block * LineTable.stride..<offset where bytes[position] & 0xC0 == 0x80 { count += 1 }
    return count
  }
}
