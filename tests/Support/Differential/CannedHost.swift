public import Engine

/// A host whose replies depend only on the calls: the operation, its arguments, and the number of earlier calls.
public struct CannedHost {
  /// The calls so far: operation and arguments.
  private(set) var calls: [String] = []

  /// A host that has not been called.
  public init() {}

  /// Replies to a call. One reply in sixteen is an error, and a few end the run.
  public mutating func reply(to name: String, _ arguments: [UInt8]) -> EffectReply {
    calls.append("\(name) \(arguments)")
    let number = CannedHost.hash(Array(name.utf8) + arguments + [UInt8(truncatingIfNeeded: calls.count)]) % 256
    switch number {
    case 0: return .notGranted
    case 1: return .invalidArgument
    case 2: return .continuationMismatch
    case 3..<19: return .result(record([("Err", record([("code", text("Timeout")), ("message", text("too late"))]))]))
    default: return .result(record([("Ok", value(of: name, UInt8(number % 24)))]))
    }
  }

  /// The value that an operation returns, small enough that each number is one byte of CBOR.
  private func value(of name: String, _ number: UInt8) -> [UInt8] {
    switch name.prefix(while: { $0 != "." }) {
    case "Clock": return [number]
    case "Random" where name == "Random.int": return [number]
    case "Random", "Uuid": return text("0a1b\(number)")
    case "DbRead":
      let row = record([("id", text("\(number)")), ("name", text("é"))])
      return [0x80 + number % 3] + Array(repeating: row, count: Int(number % 3)).joined()
    case "DbWrite": return record([("changes", [number])])
    case "HttpOut": return record([("body", text("<p>\(number)</p>")), ("status", text("200"))])
    default: return record([])
    }
  }

  /// A short String as CBOR.
  private func text(_ text: String) -> [UInt8] { [0x60 + UInt8(text.utf8.count)] + text.utf8 }

  /// A Record as CBOR. Shorter keys must come first.
  private func record(_ fields: [(key: String, value: [UInt8])]) -> [UInt8] {
    [0xa0 + UInt8(fields.count)] + fields.flatMap { text($0.key) + $0.value }
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
