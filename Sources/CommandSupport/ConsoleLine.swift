internal import Engine

extension Console {
  /// How a string stands out on a terminal.
  public enum Style: String, Sendable {
    /// An error.
    case error = "\u{1b}[1;31m"
    /// A warning.
    case warning = "\u{1b}[1;35m"
    /// A word that introduces a remark.
    case note = "\u{1b}[36m"
    /// The most important text.
    case strong = "\u{1b}[1m"
  }

  /// A string in a style, as a part of a line.
  public struct StyledText: Sendable {
    fileprivate let text: String
    fileprivate let style: Style
  }

  /// A string in a style. The style shows only if standard error shows styles.
  public static func styled(_ text: String, _ style: Style) -> StyledText { StyledText(text: text, style: style) }

  /// One line of text for people, and the only form in which text reaches them. It stays one line even if it contains
  /// ids and names that others have chosen. Characters that would end the line, move a terminal's cursor or reverse the
  /// text's direction are escaped, as in `\u{1b}`. Only `styled` can add styles.
  public struct Line: ExpressibleByStringInterpolation, Sendable {
    /// The text without a line end, ready to be shown.
    let text: String

    /// A line of fixed text.
    public init(stringLiteral text: String) { self.text = Console.visible(text) }

    /// A line of fixed text and interpolated parts.
    public init(stringInterpolation parts: StringInterpolation) { text = parts.text }

    /// Collects the parts of a line.
    public struct StringInterpolation: StringInterpolationProtocol {
      fileprivate var text = ""

      /// No parts.
      public init(literalCapacity: Int, interpolationCount: Int) {}

      /// Fixed text.
      public mutating func appendLiteral(_ literal: String) { text += Console.visible(literal) }

      /// Text in a style.
      public mutating func appendInterpolation(_ part: StyledText) {
        let visible = Console.visible(part.text)
        text += Console.isStyled ? "\(part.style.rawValue)\(visible)\u{1b}[0m" : visible
      }

      /// The description of a value.
      public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
        text += Console.visible(value.description)
      }
    }
  }

  /// The text, with all characters escaped that would affect the text around it or the terminal.
  public static func visible(_ text: String) -> String {
    String(decoding: VisibleText.escaped(Array(text.utf8)), as: UTF8.self)
  }
}
