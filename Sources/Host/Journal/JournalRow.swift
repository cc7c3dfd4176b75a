internal import Engine
internal import OperatingSystem
internal import SQLite

/// A row of the journal: a request, as the tables hold it.
public struct JournalRow: Sendable {
  /// Its number. Later requests have higher numbers.
  public let id: Int64
  /// The request in the row; nil if the row can't be a request's.
  let request: StoredRequest?
  /// The checksum that was written with it.
  public let checksum: [UInt8]
  /// SHA-256 of the previous row's chain value, followed by this row's checksum.
  public let chain: [UInt8]

  /// The request's id; nil if the row can't be read.
  public var requestID: String? { request?.conditions.identity.requestID }

  /// Whether the row is as it was written, as far as its checksum can tell.
  public var isUnchanged: Bool { request?.checksum.bytes == checksum }

  /// Whether the row's chain value follows from the previous row's.
  ///
  /// - Parameter previous: the chain value of the previous row; no bytes if there is none.
  public func followsOn(_ previous: [UInt8]) -> Bool {
    chain == Hash256(of: previous + checksum).bytes
  }

  /// The columns of a row except its number, in the order in which they are written and read.
  private static let columns = """
    seed, request_id, account_id, function_version, snapshot_sha256, gas_limit, stack_words, heap_bytes, protection, \
    host_key, input, response, outcome, gas_used, heap_peak_bytes, stack_peak_words, checksum, chain
    """

  /// Adds a request.
  ///
  /// - Returns: the place of its record.
  static func insert(
    _ request: StoredRequest, on connection: SQLiteConnection
  ) throws(SQLiteError) -> JournalPlace {
    let last = try connection.rows("SELECT chain FROM mqjs_requests ORDER BY id DESC LIMIT 1").first?.first
    let checksum = request.checksum.bytes
    let chain = Hash256(of: (last?.blob ?? []) + checksum).bytes
    let values = request.columns + [.blob(checksum), .blob(chain)]
    let places = values.map { _ in "?" }.joined(separator: ", ")
    try connection.run("INSERT INTO mqjs_requests (\(columns)) VALUES (\(places))", values)
    let id = try connection.rows("SELECT last_insert_rowid()").first?.first ?? .null
    if !request.calls.isEmpty {
      let statement = try connection.prepare("INSERT INTO mqjs_calls VALUES (?, ?, ?, ?, ?, ?)")
      for (sequence, call) in request.calls.enumerated() {
        try statement.run([id, .integer(Int64(sequence))] + call.columns)
      }
    }
    return JournalPlace(row: id.number ?? 0, chain: chain)
  }

  static func read(
    _ condition: String, _ parameters: [SQLiteValue], from connection: SQLiteConnection
  ) throws(SQLiteError) -> [JournalRow] {
    var rows: [JournalRow] = []
    let requests = try connection.rows("SELECT id, \(columns) FROM mqjs_requests \(condition)", parameters)
    for columns in requests {
      let calls = try connection.rows(
        """
        SELECT effect, arguments_hash, reply, result FROM mqjs_calls WHERE request = ? ORDER BY sequence
          LIMIT \(EffectLimits.calls + 2)
        """, [columns[0]])
      rows.append(JournalRow(columns, calls: calls))
    }
    return rows
  }

  private init(_ columns: [SQLiteValue], calls: [[SQLiteValue]]) {
    id = columns[0].number ?? 0
    checksum = columns[17].blob ?? []
    chain = columns[18].blob ?? []
    request = StoredRequest(columns.dropFirst().map { $0 }, calls: calls)
  }
}

extension StoredRequest {
  /// The columns of a row in the order of `JournalRow.columns`, without checksum and chain.
  fileprivate var columns: [SQLiteValue] {
    let identity = conditions.identity
    return [
      .blob(conditions.seed.bytes), .text(identity.requestID), .text(identity.accountID),
      .text(identity.functionVersion), .blob(conditions.snapshotHash.bytes), .integer(conditions.gasLimit),
      .integer(Int64(conditions.budgets.stackWords)), .integer(Int64(conditions.budgets.heapBytes)),
      .text(protection.name), SQLiteValue(protection.hostKey?.bytes), SQLiteValue(input), SQLiteValue(response),
      .text(outcome), .integer(figures.gasUsed), .integer(Int64(figures.heapPeakBytes)),
      .integer(Int64(figures.stackPeakWords)),
    ]
  }

  /// Reads the columns of a row; nil if one has another type than was written, or a budget is out of range.
  fileprivate init?(_ columns: [SQLiteValue], calls: [[SQLiteValue]]) {
    let hashes = [0, 4].compactMap { columns[$0].blob.flatMap(Hash256.init(bytes:)) }
    let texts = [1, 2, 3, 8, 12].compactMap { columns[$0].string }
    let numbers = [5, 6, 7, 13, 14, 15].compactMap { columns[$0].number }
    guard hashes.count == 2, texts.count == 5, numbers.count == 6,
      let protection = RecordProtection(
        name: texts[3], hostKey: columns[9].blob.flatMap(Hash256.init(bytes:))),
      let stackWords = Int(exactly: numbers[1]), MachineLayout.Budgets.stackRange.contains(stackWords),
      let heapBytes = Int(exactly: numbers[2]), MachineLayout.Budgets.heapRange.contains(heapBytes)
    else { return nil }
    let conditions = RunConditions(
      identity: RequestIdentity(requestID: texts[0], accountID: texts[1], functionVersion: texts[2]), seed: hashes[0],
      snapshotHash: hashes[1], gasLimit: numbers[0],
      budgets: MachineLayout.Budgets(stackWords: stackWords, heapBytes: heapBytes))
    self.init(
      conditions: conditions, protection: protection, input: columns[10].blob, response: columns[11].blob,
      outcome: texts[4],
      figures: Machine.Figures(
        gasUsed: numbers[3], heapPeakBytes: Int(numbers[4]), stackPeakWords: Int(numbers[5])),
      calls: calls.compactMap { RecordedCall($0, protection) })
    guard self.calls.count == calls.count else { return nil }
  }
}

extension RecordedCall<StoredReply> {
  fileprivate var columns: [SQLiteValue] {
    [
      .text(name), SQLiteValue(argumentsHash.value?.bytes), .integer(reply.number), SQLiteValue(reply.result),
    ]
  }

  /// Reads the columns of a call's row; nil if no host writes such a row.
  ///
  /// - Parameter protection: the protection of its request.
  fileprivate init?(_ columns: [SQLiteValue], _ protection: RecordProtection<Hash256>) {
    guard let name = columns[0].string, let number = columns[2].number,
      let argumentsHash = RecordedHash(columns[1], hostKey: SQLiteValue(protection.hostKey?.bytes))
    else { return nil }
    self.init(
      name: name, argumentsHash: argumentsHash, reply: StoredReply(number: number, result: columns[3].blob))
  }
}

extension SQLiteValue {
  /// A blob; NULL for nil.
  init(_ bytes: [UInt8]?) {
    self = bytes.map { .blob($0) } ?? .null
  }

  /// The bytes of a blob.
  var blob: [UInt8]? {
    if case .blob(let bytes) = self { bytes } else { nil }
  }

  /// The number.
  var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The string, if the text is UTF-8.
  var string: String? {
    if case .text(let bytes) = self { String(validating: bytes, as: UTF8.self) } else { nil }
  }
}
