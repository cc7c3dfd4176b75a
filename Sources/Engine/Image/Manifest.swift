/// An image's description of itself, in deterministic CBOR (RFC 7049, section 3.9).
public struct Manifest: Equatable, Sendable {
  /// A source file and the SHA-256 of its bytes.
  public struct Source: Equatable, Sendable {
    /// The path in UTF-8, as it was passed to the build or written in an import.
    public var path: [UInt8]
    /// 32 bytes.
    public var hash: [UInt8]

    /// A file by its path and hash.
    public init(path: [UInt8], hash: [UInt8]) {
      self.path = path
      self.hash = hash
    }
  }

  /// The path of the entry file.
  public var entry: [UInt8]
  /// Whether the program has a handler; a script has none.
  public var hasHandler: Bool
  /// The capabilities of the host that the program names, sorted.
  public var effects: [[UInt8]]
  /// All files, with the entry file first.
  public var sources: [Source]

  /// A manifest of these parts; `effects` must be sorted.
  public init(entry: [UInt8], hasHandler: Bool, effects: [[UInt8]], sources: [Source]) {
    self.entry = entry
    self.hasHandler = hasHandler
    self.effects = effects
    self.sources = sources
  }

  /// Whether the entry is the first of the files, and the capabilities are sorted and distinct.
  var isOrderly: Bool {
    guard sources.first?.path == entry else { return false }
    for index in effects.indices.dropFirst() {
      guard effects[index - 1].lexicographicallyPrecedes(effects[index]) else { return false }
    }
    return true
  }

  // MARK: Encoding

  /// The manifest's bytes: a map with the keys `entry`, `effects`, `handler`, `sources`, shorter ones first.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = [0xa4]
    Manifest.append(text: ("entry" as StaticString).bytes, to: &bytes)
    Manifest.append(text: entry, to: &bytes)
    Manifest.append(text: ("effects" as StaticString).bytes, to: &bytes)
    Manifest.append(head: 0x80, effects.count, to: &bytes)
    for effect in effects { Manifest.append(text: effect, to: &bytes) }
    Manifest.append(text: ("handler" as StaticString).bytes, to: &bytes)
    bytes.append(hasHandler ? 0xf5 : 0xf4)
    Manifest.append(text: ("sources" as StaticString).bytes, to: &bytes)
    Manifest.append(head: 0x80, sources.count, to: &bytes)
    for source in sources {
      bytes.append(0x82)
      Manifest.append(text: source.path, to: &bytes)
      Manifest.append(head: 0x40, source.hash.count, to: &bytes)
      bytes += source.hash
    }
    return bytes
  }

  private static func append(text: [UInt8], to bytes: inout [UInt8]) {
    append(head: 0x60, text.count, to: &bytes)
    bytes += text
  }

  /// Major type and length, in the shortest form.
  private static func append(head major: UInt8, _ length: Int, to bytes: inout [UInt8]) {
    switch length {
    case 0..<24:
      bytes.append(major | UInt8(length))
    case 24..<0x100:
      bytes += [major | 24, UInt8(length)]
    case 0x100..<0x1_0000:
      bytes += [major | 25, UInt8(length >> 8), UInt8(length & 0xff)]
    default:
      bytes.append(major | 26)
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
    }
  }

  // MARK: Decoding

  /// The manifest with exactly this encoding; nil if there is none.
  public init?(encoded bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard reader.head(0xa0) == 4, reader.key("entry"), let entry = reader.text(), reader.key("effects"),
      let effectCount = reader.head(0x80)
    else { return nil }
    var effects: [[UInt8]] = []
    for _ in 0..<effectCount {
      guard let effect = reader.text() else { return nil }
      effects.append(effect)
    }
    guard reader.key("handler"), let flag = reader.byte(), flag == 0xf4 || flag == 0xf5, reader.key("sources"),
      let sourceCount = reader.head(0x80)
    else { return nil }
    var sources: [Source] = []
    for _ in 0..<sourceCount {
      guard reader.head(0x80) == 2, let path = reader.text(), let count = reader.head(0x40), count == 32,
        let hash = reader.take(count)
      else { return nil }
      sources.append(Source(path: path, hash: hash))
    }
    self.init(entry: entry, hasHandler: flag == 0xf5, effects: effects, sources: sources)
    // Each manifest has one encoding; other bytes with the same meaning are refused.
    if encoded != bytes { return nil }
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    mutating func byte() -> UInt8? {
      guard position < bytes.count else { return nil }
      defer { position += 1 }
      return bytes[position]
    }

    mutating func take(_ count: Int) -> [UInt8]? {
      guard count <= bytes.count - position else { return nil }
      defer { position += count }
      return Array(bytes[position..<position + count])
    }

    mutating func head(_ major: UInt8) -> Int? {
      guard let first = byte(), first & 0xe0 == major else { return nil }
      let short = Int(first & 0x1f)
      if short < 24 { return short }
      guard (24...26).contains(short), let tail = take(1 << (short - 24)) else { return nil }
      return tail.reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func text() -> [UInt8]? {
      guard let count = head(0x60), let text = take(count) else { return nil }
      return UTF8Text.firstInvalidByte(of: text.span) == nil ? text : nil
    }

    mutating func key(_ name: StaticString) -> Bool {
      guard let text = text() else { return false }
      return name.equals(text)
    }
  }
}
