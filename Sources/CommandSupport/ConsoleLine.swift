internal import Engine

extension Console {
  /// How a piece of text stands out on a terminal.
  public enum Style: String, Sendable {
    /// What is wrong.
    case error = "\u{1b}[1;31m"
    /// What may be wrong.
    case warning = "\u{1b}[1;35m"
    /// Words that introduce a remark.
    case note = "\u{1b}[36m"
    /// What matters most.
    case strong = "\u{1b}[1m"
  }

  /// A text in a style, as a part of a line.
  public struct StyledText: Sendable {
    fileprivate let text: String
    fileprivate let style: Style
  }

  /// The text in a style, which shows if standard error shows styles.
  public static func styled(_ text: String, _ style: Style) -> StyledText { StyledText(text: text, style: style) }

  /// One line for people, and the only form in which text reaches them. Whatever stands in it, ids and names that others
  /// have chosen among them, stays one line: characters that would end it, move a terminal's cursor or turn text around are
  /// shown as `\u{1b}`. Styles are the exception, and only `styled` makes them.
  public struct Line: ExpressibleByStringInterpolation, Sendable {
    /// The text, ready to be shown, without a line end.
    let text: String

    /// A line of fixed text.
    public init(stringLiteral text: String) { self.text = Console.visible(text) }

    /// A line with parts that are filled in.
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

      /// A value's text.
      public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
        text += Console.visible(value.description)
      }
    }
  }

  /// The text with all that would act on its surroundings escaped.
  public static func visible(_ text: String) -> String {
    String(decoding: VisibleText.escaped(Array(text.utf8)), as: UTF8.self)
  }
}
