import Engine

/// A host whose replies follow from the calls: from the operation, its arguments, and how many calls came before.
struct CannedHost {
  /// The calls so far: operation and arguments.
  private(set) var calls: [String] = []

  /// Replies to a call, in one of sixteen cases with an error, and seldom by ending the run.
  mutating func reply(to name: String, _ arguments: [UInt8]) -> EffectReply {
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

  /// What an operation gives, small enough that a number is one byte of CBOR.
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

  /// A short String in CBOR.
  private func text(_ text: String) -> [UInt8] { [0x60 + UInt8(text.utf8.count)] + text.utf8 }

  /// A Record in CBOR; the fields come with shorter keys first.
  private func record(_ fields: [(key: String, value: [UInt8])]) -> [UInt8] {
    [0xa0 + UInt8(fields.count)] + fields.flatMap { text($0.key) + $0.value }
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
