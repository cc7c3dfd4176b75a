public import Snapshot

/// What an audit log's own hashes and signatures say about it.
public struct AuditVerification: Sendable {
  /// Something that no log has unless somebody changed it.
  public struct Finding: Equatable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong there.
    public let message: String
  }

  /// Lines that were read, a torn last one among them.
  public private(set) var lineCount = 0
  /// What is wrong, in the order of lines. Empty: nothing.
  public private(set) var findings: [Finding] = []
  /// The last line that a signature which was verified stands for, itself included; 0 if there is none.
  public private(set) var anchoredLine = 0
  /// Checkpoints whose signatures were verified.
  public private(set) var verifiedCheckpointCount = 0
  /// Bytes of a last line without its end, which a crash has torn; nil if the last line is whole.
  public private(set) var tornByteCount: Int?
  /// The ids of requests that began and have no end: a crash, or a run that is going on.
  public var unfinishedRequests: [String] { unfinished }

  /// What the lines say of the journal: where it has the requests that have ended.
  private var journalPlaces: [(line: Int, place: JournalPlace)] = []
  private let key: VerifyingKey?
  private var unfinished: [String] = []
  private var torn: [[UInt8]] = []
  private var nextNumber: Int64 = 1
  /// Nil behind a line that could not be read, whose hash is not in question any more.
  private var previous: String? = AuditLine.noHash

  /// Reads a whole log.
  ///
  /// - Parameter key: verifies the checkpoints; without one their signatures are not looked at.
  public init(of log: [UInt8], key: VerifyingKey?) {
    self.key = key
    var lines = log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
    // What is behind the last line end is no line, unless there is something.
    let tail = lines.removeLast()
    for line in lines { read(line) }
    if !tail.isEmpty {
      lineCount += 1
      tornByteCount = tail.count
    }
    // Only what a later record has not accounted for is left here.
    for (index, _) in torn.enumerated() {
      report("is no audit record: it was changed or damaged", at: lineCount - (tail.isEmpty ? 0 : 1) - index)
    }
    findings.sort { $0.line < $1.line }
  }

  private mutating func read(_ bytes: [UInt8]) {
    lineCount += 1
    guard let line = AuditLine(bytes) else {
      torn.append(bytes)
      return
    }
    settleTornLines(before: line)
    checkChain(line)
    nextNumber = line.number + 1
    previous = Hash256(of: bytes).hex
    note(line)
  }

  /// Lines that are no records are right only if the next one says that they were found torn. They take no part in the
  /// chain, which leads from the whole line before them to that record.
  private mutating func settleTornLines(before line: AuditLine) {
    if torn.isEmpty {
      if line.kind == "recovery" { report("tells of a torn line that is not there: it was removed") }
      return
    }
    defer { torn = [] }
    let bytes = AuditLine.joined(torn)
    if line.kind == "recovery", let found = line.torn, found == (Int64(bytes.count), Hash256(of: bytes).hex) { return }
    for index in torn.indices {
      report("is no audit record: it was changed or damaged", at: lineCount - torn.count + index)
    }
    // What they were can't be told; if they were records, they had numbers, and the line behind them has their hash.
    nextNumber += Int64(torn.count)
    previous = nil
  }

  private mutating func checkChain(_ line: AuditLine) {
    if line.number > nextNumber {
      report("records \(nextNumber) to \(line.number - 1), which belong before it, are missing")
    } else if line.number < nextNumber {
      report("is record \(line.number) where record \(nextNumber) belongs: it was inserted, or lines were moved")
    } else if let previous, line.previous != previous {
      report(
        lineCount == 1
          ? "is not the first line that was written: what was before it is missing"
          : "line \(lineCount - 1) was changed after line \(lineCount) was written, or they belong to different logs")
    }
  }

  private mutating func note(_ line: AuditLine) {
    let requestID = line.json["requestId"]?.text
    switch line.kind {
    case "start": unfinished += requestID.map { [$0] } ?? []
    case "end", "fault", "repeated":
      if let row = line.json["journalRecord"]?.number,
        let chain = line.json["journalChain"]?.text.flatMap(Hexadecimal.bytes(of:))
      {
        journalPlaces.append((lineCount, JournalPlace(row: row, chain: chain)))
      }
      if let index = unfinished.lastIndex(where: { $0 == requestID }) {
        unfinished.remove(at: index)
      } else if line.kind == "end" {
        report("ends a request that has not begun")
      }
    case "checkpoint":
      guard let key, line.isSigned else { return }
      guard line.isSigned(by: key) else { return report("the signature is not that of the key that was given") }
      verifiedCheckpointCount += 1
      if findings.isEmpty { anchoredLine = lineCount }
    default: break
    }
  }

  /// Holds the journal against the log: every request that has ended must still be there, in its place.
  public func findings(against journal: JournalReader) throws(HostFault) -> [Finding] {
    var findings: [Finding] = []
    for (line, place) in journalPlaces where try !journal.contains(place) {
      findings.append(
        Finding(
          line: line,
          message: "the journal's record \(place.row) is not the one that was written: it was removed or changed, "
            + "or one in front of it was"))
    }
    return findings
  }

  private mutating func report(_ message: String, at line: Int? = nil) {
    findings.append(Finding(line: line ?? lineCount, message: message))
  }
}
