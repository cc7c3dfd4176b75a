internal import Crypto
internal import OperatingSystem
public import Snapshot

/// Checks an audit log against its own hashes and signatures. Lines are read one after the other; little is kept of
/// those that were read.
public struct AuditVerification: Sendable {
  /// A defect that no log has unless somebody changed it.
  public struct Finding: Equatable, Sendable {
    /// The number of the line, from 1.
    public let line: Int
    /// What is wrong there.
    public let message: String
  }

  /// The maximum number of findings that are kept. A log with more is damaged so badly that a longer list would not
  /// help.
  public static let findingLimit = 100

  /// The number of lines that were read, including a torn last one.
  public private(set) var lineCount = 0
  /// What is wrong, in the order of lines; only the first findings, if there are very many. Empty if nothing is wrong.
  public private(set) var findings: [Finding] = []
  /// The number of findings, including those that are not kept.
  public private(set) var findingCount = 0
  /// The last anchored line: that of the last verified checkpoint up to which nothing is wrong; 0 if there is none.
  public private(set) var anchoredLine = 0
  /// The number of checkpoints whose signatures were verified.
  public private(set) var verifiedCheckpointCount = 0
  /// Whether all hashes and numbers agree: no line was changed, removed, inserted or moved.
  public private(set) var isChainWhole = true
  /// The number of lines that a crash has torn, and that later records account for.
  public private(set) var accountedTornLineCount = 0
  /// The number of bytes of a last line without its line feed, which a crash has torn; nil if the last line is whole.
  public private(set) var tornByteCount: Int?
  /// The ids of requests that have a start and no end, because of a crash, or because they are still running.
  public var unfinishedRequests: [String] { unfinished.ids }

  /// The number of the next record.
  private(set) var nextNumber: Int64 = 1
  /// SHA-256 of the last record; nil after a line that could not be read, because its hash can't be checked.
  private(set) var lastHash: String? = AuditLine.noHash
  /// Lines after the last record that are not records.
  private(set) var torn: TornLines?
  /// The places in the journal that the lines name for requests that have ended.
  private var journalPlaces: [(line: Int, place: JournalPlace)] = []
  private var unfinished = UnfinishedRequests()
  private let key: VerifyingKey?
  /// Whether the lines are read from the log's beginning.
  private let hasBeginning: Bool

  /// A log from its first line on.
  ///
  /// - Parameter key: verifies the checkpoints, all of which must be signed with it; nil to ignore signatures.
  public init(key: VerifyingKey?) {
    self.key = key
    hasBeginning = true
  }

  /// A log from the line after a checkpoint on.
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
    // Bytes after the last line feed are a line only if there are any.
    let tail = Array(lines.removeLast())
    for line in lines { read(Array(line), isComplete: true) }
    if !tail.isEmpty { read(tail, isComplete: false) }
    finish()
  }

  /// Reads the next line.
  ///
  /// - Parameter isComplete: whether it has its line feed. Only the last line may lack it.
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

  /// Ends the verification: there are no more lines.
  public mutating func finish() {
    // Later records account for all other torn lines.
    if let torn { report(torn.finding, at: torn.firstLine) }
    findings.sort { $0.line < $1.line }
  }

  /// Lines that are not records are only right if the next record says that they were found torn. They are not part of
  /// the chain, which links that record to the whole line before them.
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
    // Nobody can tell what they were. If they were records, they had numbers, and the line after them has the hash of
    // the last one.
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
        return report("the signature was not made with the given key", breaksChain: false)
      }
      verifiedCheckpointCount += 1
      if findingCount == 0 { anchoredLine = lineCount }
    case .refusal, .recovery, nil: break
    }
  }

  /// Compares the journal with the log: every request that has ended must still be in its place, as it was written.
  public func findings(against journal: JournalReader) throws(HostFault) -> [Finding] {
    var findings: [Finding] = []
    for (line, place) in journalPlaces where try !journal.contains(place) {
      findings.append(
        Finding(
          line: line,
          message: "the journal's record \(place.row) is not the one that was written: it, or a record before it, "
            + "was removed or changed"))
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

/// Lines that are not records, such as a crash leaves.
struct TornLines: Sendable {
  /// The number of the first of them.
  let firstLine: Int
  private(set) var lineCount = 0
  /// The number of their bytes, including the line feeds between them.
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

  /// SHA-256 of these bytes.
  var hash: Hash256 { Hash256(digest: hasher.finalize()) }

  /// What is wrong with them, if nothing accounts for them.
  var finding: String {
    lineCount == 1
      ? "is not an audit record: it was changed or damaged"
      : "this line and the \(lineCount - 1) after it are not audit records: they were changed or damaged"
  }
}

/// Requests that have started and not ended yet.
private struct UnfinishedRequests: Sendable {
  /// Account and id, by the number of the record of the start.
  private var starts: [Int64: [[UInt8]]] = [:]
  private var numbers: [[[UInt8]]: Set<Int64>] = [:]

  mutating func begin(_ request: [[UInt8]], at number: Int64) {
    starts[number] = request
    numbers[request, default: []].insert(number)
  }

  /// Notes that a run has ended.
  ///
  /// - Returns: whether it had started.
  mutating func end(_ start: Int64?) -> Bool {
    guard let start, let request = starts.removeValue(forKey: start) else { return false }
    numbers[request]?.remove(start)
    return true
  }

  /// Notes that a request has its answer. Earlier runs of it that were lost are then settled.
  mutating func answer(_ request: [[UInt8]]) {
    for number in numbers.removeValue(forKey: request) ?? [] { starts[number] = nil }
  }

  /// In the order of their starts.
  var ids: [String] {
    starts.sorted { $0.key < $1.key }.map { String(decoding: $0.value.last ?? [], as: UTF8.self) }
  }
}
