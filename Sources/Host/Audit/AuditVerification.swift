internal import Crypto
public import Snapshot
internal import System

/// What an audit log's own hashes and signatures say about it. Lines are read one after the other; of those that were read,
/// little is kept.
public struct AuditVerification: Sendable {
  /// Something that no log has unless somebody changed it.
  public struct Finding: Equatable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong there.
    public let message: String
  }

  /// Findings that are kept. A log that was damaged so thoroughly needs no longer list.
  public static let findingLimit = 100

  /// Lines that were read, a torn last one among them.
  public private(set) var lineCount = 0
  /// What is wrong, in the order of lines; the first ones, if there are very many. Empty: nothing.
  public private(set) var findings: [Finding] = []
  /// How many findings there are, those that are not kept among them.
  public private(set) var findingCount = 0
  /// The last line that a signature which was verified stands for, itself included; 0 if there is none.
  public private(set) var anchoredLine = 0
  /// Checkpoints whose signatures were verified.
  public private(set) var verifiedCheckpointCount = 0
  /// Whether no hash or number says that a line was changed, removed, inserted or moved.
  public private(set) var isChainWhole = true
  /// Lines that a crash has torn, and that records behind them account for.
  public private(set) var accountedTornLineCount = 0
  /// Bytes of a last line without its end, which a crash has torn; nil if the last line is whole.
  public private(set) var tornByteCount: Int?
  /// The ids of requests that began and have no end: a crash, or a run that is going on.
  public var unfinishedRequests: [String] { unfinished.ids }

  /// The number that the next record has.
  private(set) var nextNumber: Int64 = 1
  /// SHA-256 of the last record; nil behind a line that could not be read, whose hash is not in question any more.
  private(set) var lastHash: String? = AuditLine.noHash
  /// Lines that are no records, behind the last record.
  private(set) var torn: TornLines?
  /// What the lines say of the journal: where it has the requests that have ended.
  private var journalPlaces: [(line: Int, place: JournalPlace)] = []
  private var unfinished = UnfinishedRequests()
  private let key: VerifyingKey?
  /// Whether the lines are read from the log's beginning.
  private let hasBeginning: Bool

  /// A log from its first line on.
  ///
  /// - Parameter key: verifies the checkpoints, all of which must then be signed with it; without one their signatures are
  ///   not looked at.
  public init(key: VerifyingKey?) {
    self.key = key
    hasBeginning = true
  }

  /// A log from behind a checkpoint on.
  init(behind checkpoint: AuditLine, _ bytes: [UInt8]) {
    key = nil
    hasBeginning = false
    nextNumber = checkpoint.number + 1
    lastHash = Hash256(of: bytes).hex
  }

  /// A whole log.
  public init(of log: [UInt8], key: VerifyingKey?) {
    self.init(key: key)
    var lines = log.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What is behind the last line end is no line, unless there is something.
    let tail = Array(lines.removeLast())
    for line in lines { read(Array(line), isComplete: true) }
    if !tail.isEmpty { read(tail, isComplete: false) }
    finish()
  }

  /// Reads the next line.
  ///
  /// - Parameter isComplete: whether it has its line end, which only the last line may lack.
  public mutating func read(_ bytes: [UInt8], isComplete: Bool) {
    lineCount += 1
    guard isComplete else {
      tornByteCount = bytes.count
      return
    }
    guard let line = AuditLine(bytes) else {
      torn = torn ?? TornLines(firstLine: lineCount)
      torn?.add(bytes)
      return
    }
    settleTornLines(before: line)
    checkChain(line)
    nextNumber = line.number + 1
    lastHash = Hash256(of: bytes).hex
    note(line)
  }

  /// Says that there are no more lines.
  public mutating func finish() {
    // Only what a later record has not accounted for is left here.
    if let torn { report(torn.finding, at: torn.firstLine) }
    findings.sort { $0.line < $1.line }
  }

  /// Lines that are no records are right only if the next one says that they were found torn. They take no part in the
  /// chain, which leads from the whole line before them to that record.
  private mutating func settleTornLines(before line: AuditLine) {
    guard let torn else {
      if line.kind == .recovery { report("accounts for a torn line that is missing: it was removed") }
      return
    }
    self.torn = nil
    if line.kind == .recovery, let told = line.torn, told == (Int64(torn.byteCount), torn.hash.hex) {
      accountedTornLineCount += torn.lineCount
      return
    }
    report(torn.finding, at: torn.firstLine)
    // What they were can't be told; if they were records, they had numbers, and the line behind them has their hash.
    nextNumber += Int64(torn.lineCount)
    lastHash = nil
  }

  private mutating func checkChain(_ line: AuditLine) {
    if line.number > nextNumber {
      report("records \(nextNumber) to \(line.number - 1) before it are missing")
    } else if line.number < nextNumber {
      report("is record \(line.number) where record \(nextNumber) belongs: a line was inserted or moved")
    } else if let lastHash, line.previous != lastHash {
      report(
        lineCount > 1
          ? "line \(lineCount - 1) was changed after line \(lineCount) was written, or they belong to different logs"
          : hasBeginning
            ? "is not the first line of the log: the lines before it are missing"
            : "does not follow the checkpoint before it")
    }
  }

  private mutating func note(_ line: AuditLine) {
    switch line.kind {
    case .start: if let request = line.request { unfinished.begin(request, at: line.number) }
    case .end:
      if !unfinished.end(line.startRecord), hasBeginning { report("ends a request that never started") }
      if let request = line.request { unfinished.answer(request) }
      if let row = line.json["journalRecord"]?.number,
        let chain = line.json["journalChain"]?.text.flatMap(Hexadecimal.bytes(of:))
      {
        journalPlaces.append((lineCount, JournalPlace(row: row, chain: chain)))
      }
    case .fault:
      if let start = line.startRecord, !unfinished.end(start), hasBeginning {
        report("ends a request that never started")
      }
    case .repeated: if let request = line.request { unfinished.answer(request) }
    case .checkpoint:
      guard let key else { return }
      guard line.isSigned else { return report("the checkpoint is not signed", breaksChain: false) }
      guard line.isSigned(by: key) else {
        return report("the signature is not that of the key that was given", breaksChain: false)
      }
      verifiedCheckpointCount += 1
      if findingCount == 0 { anchoredLine = lineCount }
    case .refusal, .recovery, nil: break
    }
  }

  /// Holds the journal against the log: every request that has ended must still be there, in its place, as it was written.
  public func findings(against journal: JournalReader) throws(HostFault) -> [Finding] {
    var findings: [Finding] = []
    for (line, place) in journalPlaces where try !journal.contains(place) {
      findings.append(
        Finding(
          line: line,
          message: "the journal's record \(place.row) is not the one that was written: it was removed or changed, "
            + "or one in front of it was"))
      if findings.count == AuditVerification.findingLimit { break }
    }
    return findings
  }

  private mutating func report(_ message: String, at line: Int? = nil, breaksChain: Bool = true) {
    findingCount += 1
    if breaksChain { isChainWhole = false }
    if findings.count < AuditVerification.findingLimit {
      findings.append(Finding(line: line ?? lineCount, message: message))
    }
  }
}

/// Lines that are no records, as what a crash leaves.
struct TornLines: Sendable {
  /// The first of them.
  let firstLine: Int
  private(set) var lineCount = 0
  /// Bytes of all of them, with the line ends in between.
  private(set) var byteCount = 0
  private var hasher = Crypto.SHA256()

  init(firstLine: Int) { self.firstLine = firstLine }

  mutating func add(_ line: [UInt8]) {
    if lineCount > 0 {
      hasher.update(data: [UInt8(ascii: "\n")])
      byteCount += 1
    }
    hasher.update(data: line)
    byteCount += line.count
    lineCount += 1
  }

  /// SHA-256 over the same bytes.
  var hash: Hash256 { Hash256(digest: hasher.finalize()) }

  /// What is wrong with them, if nothing accounts for them.
  var finding: String {
    lineCount == 1
      ? "is not an audit record: it was changed or damaged"
      : "this line and the \(lineCount - 1) behind it are not audit records: they were changed or damaged"
  }
}

/// Requests that have begun and not ended yet.
private struct UnfinishedRequests: Sendable {
  /// By the number of the record that tells of their start: account and id.
  private var starts: [Int64: [[UInt8]]] = [:]
  private var numbers: [[[UInt8]]: Set<Int64>] = [:]

  mutating func begin(_ request: [[UInt8]], at number: Int64) {
    starts[number] = request
    numbers[request, default: []].insert(number)
  }

  /// Notes that a run has ended.
  ///
  /// - Returns: whether it had begun.
  mutating func end(_ start: Int64?) -> Bool {
    guard let start, let request = starts.removeValue(forKey: start) else { return false }
    numbers[request]?.remove(start)
    return true
  }

  /// Notes that a request has its answer: runs that were lost before are no riddle any more.
  mutating func answer(_ request: [[UInt8]]) {
    for number in numbers.removeValue(forKey: request) ?? [] { starts[number] = nil }
  }

  /// In the order of their starts.
  var ids: [String] {
    starts.sorted { $0.key < $1.key }.map { String(decoding: $0.value.last ?? [], as: UTF8.self) }
  }
}
