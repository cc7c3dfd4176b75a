public import OperatingSystem

/// A JSON pointer (RFC 6901): `/card/number`, `/lines/0`, or the empty string for the whole document.
public struct JSONPointer: Equatable, Sendable {
  /// The pointer as it was given.
  public let text: String
  /// The names and indices from the outermost on, as UTF-8 without escapes.
  private let tokens: [[UInt8]]

  /// What is wrong with a string that is not a pointer.
  public enum Defect: Error, Equatable, Sendable {
    /// A non-empty pointer does not begin with `/`.
    case noSlash
    /// `~` is followed by neither 0 (for `~`) nor 1 (for `/`).
    case badEscape
  }

  /// Reads a pointer.
  public init(_ text: String) throws(Defect) {
    self.text = text
    let bytes = Array(text.utf8)
    if !bytes.isEmpty, bytes[0] != UInt8(ascii: "/") { throw .noSlash }
    var tokens: [[UInt8]] = []
    for token in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
      tokens.append(try JSONPointer.unescaped(token))
    }
    self.tokens = tokens
  }

  private static func unescaped(_ token: ArraySlice<UInt8>) throws(Defect) -> [UInt8] {
    var name: [UInt8] = []
    var rest = token[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        name.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "0"): name.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): name.append(UInt8(ascii: "/"))
      default: throw .badEscape
      }
    }
    return name
  }

  /// What a pointer finds in a JSON text.
  public enum Target: Equatable, Sendable {
    /// A value.
    case value
    /// There is no such member or element.
    case nothing
    /// The text is not JSON, as far as it was read.
    case notJSON
  }

  /// Follows the pointer into a JSON text. Nothing of the text is copied.
  public func target(in text: SecretBytes) -> Target {
    text.withBytes { bytes in
      var walk = JSONWalk()
      for token in tokens {
        switch walk.enter(token, bytes) {
        case .value: continue
        case let other: return other
        }
      }
      return walk.isAtValue(bytes) ? .value : .notJSON
    }
  }
}
