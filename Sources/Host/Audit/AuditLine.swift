internal import OperatingSystem
internal import Snapshot

/// One line of the audit log.
struct AuditLine {
  /// The hash in place of a previous line's, in the first line.
  static let noHash = String(repeating: "0", count: 64)

  /// The numbers of lines. The limit leaves space above it, so that counting on from a damaged file can't overflow.
  static let numbers: ClosedRange<Int64> = 1...(1 << 53)

  private(set) var json: PlainJSON

  /// A new line.
  init(_ record: AuditRecord, number: Int64, previous: String, time: String) {
    json = .object(
      record.fields + [
        .init("kind", .string(record.kind.rawValue)), .init("previous", .string(previous)),
        .init("record", .integer(number)),
        .init("time", .string(time)),
      ])
  }

  /// Reads a line; nil if no log writes lines of this form.
  init?(_ bytes: [UInt8]) {
    guard let json = PlainJSON(canonical: bytes), json["kind"]?.text != nil, json["previous"]?.text != nil,
      let number = json["record"]?.number, AuditLine.numbers.contains(number), json["time"]?.text != nil
    else { return nil }
    self.json = json
  }

  /// The kind of line; nil if this version does not know it.
  var kind: AuditRecord.Kind? { json["kind"]?.text.flatMap(AuditRecord.Kind.init) }
  var previous: String { json["previous"]?.text ?? "" }
  var number: Int64 { json["record"]?.number ?? 0 }

  /// The request that the line is about, by account and id; nil if it is about none.
  var request: [[UInt8]]? {
    guard let request = json["requestId"]?.text else { return nil }
    return [Array((json["accountId"]?.text ?? "").utf8), Array(request.utf8)]
  }

  /// For the end of a run, the number of the line of its start.
  var startRecord: Int64? { json["startRecord"]?.number }

  /// For a `recovery` record, the number of the torn bytes and their SHA-256.
  var torn: (byteCount: Int64, hash: String)? {
    guard let count = json["tornBytes"]?.number, let hash = json["tornSha256"]?.text else { return nil }
    return (count, hash)
  }

  /// The line without its line feed.
  var bytes: [UInt8] { json.bytes() }

  /// Adds a signature over the line as it is without one.
  mutating func sign(with key: SigningKey, path: String) throws(SnapshotError) {
    let signature = try key.signature(of: bytes, path: path)
    guard case .object(let fields) = json else { return }
    json = .object(fields + [.init("signature", .string(Hexadecimal.text(of: signature)))])
  }

  /// Whether the line has a signature.
  var isSigned: Bool { json["signature"] != nil }

  /// Whether its signature is by this key.
  func isSigned(by key: VerifyingKey) -> Bool {
    guard let signature = json["signature"]?.text.flatMap(Hexadecimal.bytes(of:)) else { return false }
    return key.verifies(signature: signature, of: json.without("signature").bytes())
  }
}
