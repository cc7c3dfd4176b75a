internal import Engine
internal import SQLite
internal import Snapshot

/// A request as it stands in the journal's tables.
public struct JournalRow: Sendable {
  /// Its number; later requests have higher ones.
  public let id: Int64
  /// What the row says; nil if it can't be a request's.
  public let entry: JournalEntry?
  /// The checksum that was written with it.
  public let checksum: [UInt8]
  /// SHA-256 of the chain of the request before it, followed by this one's checksum.
  public let chain: [UInt8]

  /// Whether the row is what was written, as far as its checksum can tell.
  public var isUnchanged: Bool { entry?.checksum.bytes == checksum }

  /// What the chain must be behind this row.
  ///
  /// - Parameter previous: the chain of the row before it; no bytes if there is none.
  public func followsOn(_ previous: [UInt8]) -> Bool {
    chain == Hash256(of: previous + checksum).bytes
  }

  static func insert(_ entry: JournalEntry, on connection: SQLiteConnection) throws(SQLiteError) {
    let last = try connection.rows("SELECT chain FROM mqjs_requests ORDER BY id DESC LIMIT 1").first?.first
    let checksum = entry.checksum.bytes
    let chain = Hash256(of: (last?.blob ?? []) + checksum).bytes
    try connection.run(
      """
      INSERT INTO mqjs_requests (seed, request_id, account_id, function_version, snapshot_sha256, gas_limit, stack_words,
        heap_bytes, input, response, outcome, gas_used, heap_peak_bytes, stack_peak_words, checksum, chain)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .blob(entry.seed.bytes), .text(entry.identity.requestID), .text(entry.identity.accountID),
        .text(entry.identity.functionVersion), .blob(entry.snapshotHash.bytes), .integer(entry.gasLimit),
        .integer(Int64(entry.budgets.stackWords)), .integer(Int64(entry.budgets.heapBytes)),
        .blob(entry.input.unprotectedCopy),
        .blob(entry.run.response.unprotectedCopy), .text(entry.run.outcome), .integer(entry.run.gasUsed),
        .integer(Int64(entry.run.heapPeakBytes)), .integer(Int64(entry.run.stackPeakWords)), .blob(checksum),
        .blob(chain),
      ])
    let id = try connection.rows("SELECT last_insert_rowid()").first?.first ?? .null
    let statement = "INSERT INTO mqjs_calls VALUES (?, ?, ?, ?, ?, ?)"
    for (sequence, call) in entry.calls.enumerated() {
      let (reply, result) = call.reply.columns
      try connection.run(
        statement,
        [id, .integer(Int64(sequence)), .text(call.name), .blob(call.argumentsHash.bytes), .integer(reply), result])
    }
  }

  static func read(
    _ condition: String, _ parameters: [SQLiteValue], from connection: SQLiteConnection
  ) throws(SQLiteError) -> [JournalRow] {
    var rows: [JournalRow] = []
    let requests = try connection.rows("SELECT * FROM mqjs_requests \(condition)", parameters)
    for columns in requests {
      let calls = try connection.rows(
        "SELECT effect, arguments_sha256, reply, result FROM mqjs_calls WHERE request = ? ORDER BY sequence",
        [columns[0]])
      rows.append(JournalRow(columns, calls: calls))
    }
    return rows
  }

  private init(_ columns: [SQLiteValue], calls: [[SQLiteValue]]) {
    id = columns[0].number ?? 0
    checksum = columns[15].blob ?? []
    chain = columns[16].blob ?? []
    entry = JournalEntry(columns, calls: calls)
  }
}

extension JournalEntry {
  /// The columns of a row in the order of the tables; nil if one has another type than was written.
  fileprivate init?(_ columns: [SQLiteValue], calls: [[SQLiteValue]]) {
    let blobs = [1, 5, 9, 10].compactMap { columns[$0].blob }
    let texts = [2, 3, 4, 11].compactMap { columns[$0].string }
    let numbers = [6, 7, 8, 12, 13, 14].compactMap { columns[$0].number }
    guard blobs.count == 4, texts.count == 4, numbers.count == 6, let seed = Hash256(bytes: blobs[0]),
      let snapshotHash = Hash256(bytes: blobs[1])
    else { return nil }
    self.init(
      identity: RequestIdentity(requestID: texts[0], accountID: texts[1], functionVersion: texts[2]), seed: seed,
      snapshotHash: snapshotHash, gasLimit: numbers[0],
      budgets: MachineLayout.Budgets(stackWords: Int(numbers[1]), heapBytes: Int(numbers[2])),
      input: SecretBytes(copying: blobs[2]),
      run: RecordedRun(
        response: SecretBytes(copying: blobs[3]), outcome: texts[3], gasUsed: numbers[3],
        heapPeakBytes: Int(numbers[4]),
        stackPeakWords: Int(numbers[5])), calls: calls.compactMap(RecordedCall.init))
    guard self.calls.count == calls.count else { return nil }
  }
}

extension RecordedCall {
  fileprivate init?(_ columns: [SQLiteValue]) {
    guard let name = columns[0].string, let hash = columns[1].blob.flatMap(Hash256.init(bytes:)),
      let reply = Reply(number: columns[2].number, result: columns[3].blob)
    else { return nil }
    self.init(name: name, argumentsHash: hash, reply: reply)
  }
}

extension RecordedCall.Reply {
  fileprivate init?(number: Int64?, result: [UInt8]?) {
    switch (number, result) {
    case (0, let result?): self = .result(SecretBytes(copying: result))
    case (1, nil): self = .notGranted
    case (2, nil): self = .invalidArgument
    case (3, nil): self = .continuationMismatch
    default: return nil
    }
  }

  fileprivate var columns: (Int64, SQLiteValue) {
    switch self {
    case .result(let bytes): (0, .blob(bytes.unprotectedCopy))
    case .notGranted: (1, .null)
    case .invalidArgument: (2, .null)
    case .continuationMismatch: (3, .null)
    }
  }
}

extension SQLiteValue {
  /// The bytes of a blob.
  var blob: [UInt8]? {
    if case .blob(let bytes) = self { bytes } else { nil }
  }

  /// The number.
  var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The text, if it is UTF-8.
  var string: String? {
    if case .text(let bytes) = self { String(validating: bytes, as: UTF8.self) } else { nil }
  }
}
