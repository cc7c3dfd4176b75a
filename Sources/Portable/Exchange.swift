/// The compiler and the engine behind a single function from bytes to bytes, for hosts that have neither an operating
/// system nor Swift: browsers, Node.js, other processors.
///
/// A message begins with its kind, and an answer with an `AnswerStatus`. Numbers have their lowest byte first; a text is
/// its number of bytes (32 bits) and the bytes; a list is the number of items (32 bits) and the items.
public enum Portable {
  /// The kinds of messages.
  enum MessageKind: UInt8, CaseIterable {
    /// Sources in, diagnostics out.
    case check = 1
    /// Sources in, a snapshot out.
    case build = 2
    /// A snapshot and a request in, outcomes out.
    case run = 3
    /// Sources and a request in, the snapshot's hash and outcomes out.
    case buildAndRun = 4
    /// A snapshot in, the listing of its code out.
    case disassemble = 5
    /// Sources and a request in, where the gas goes out.
    case profile = 6
  }

  /// The first byte of an answer.
  enum AnswerStatus: UInt8 {
    case success = 0
    /// The compiler rejects the program. Diagnostics follow.
    case rejected = 1
    /// The message is refused. A name in capital camel case follows.
    case refused = 2
  }

  /// Answers a message. It answers every sequence of bytes.
  public static func answer(_ message: [UInt8]) -> [UInt8] {
    var reader = MessageReader(message)
    guard let kind = MessageKind(rawValue: reader.byte()) else { return refusal("UnknownMessage") }
    switch kind {
    case .check:
      let sources = Sources(&reader)
      return reader.isComplete ? sources.checked() : refusal("MalformedMessage")
    case .build:
      let sources = Sources(&reader)
      return reader.isComplete ? sources.built() : refusal("MalformedMessage")
    case .run:
      let image = reader.text()
      let run = Run(&reader)
      return reader.isComplete ? run.answer(image: image, hashes: false) : refusal("MalformedMessage")
    case .buildAndRun:
      let sources = Sources(&reader)
      let run = Run(&reader)
      guard reader.isComplete else { return refusal("MalformedMessage") }
      switch sources.build() {
      case .image(let image): return run.answer(image: image, hashes: true)
      case .rejected(let answer): return answer
      }
    case .disassemble:
      let image = reader.text()
      return reader.isComplete ? Portable.listing(of: image) : refusal("MalformedMessage")
    case .profile:
      let sources = Sources(&reader)
      let profile = Profile(&reader)
      return reader.isComplete ? sources.profiled(profile) : refusal("MalformedMessage")
    }
  }

  static func refusal(_ name: StaticString) -> [UInt8] {
    var writer = MessageWriter()
    writer.put(byte: AnswerStatus.refused.rawValue)
    writer.put(text: name)
    return writer.bytes
  }
}
