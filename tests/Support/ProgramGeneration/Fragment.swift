/// A piece of a program: text with holes that other pieces fill.
///
/// It is written as a String with interpolations, `"(\(left) + \(right))"`, and keeps the interpolated pieces separate.
/// A program therefore remains a tree, and `Shrinker` can remove parts of it without knowing any grammar.
public struct Fragment: ExpressibleByStringInterpolation, Sendable {
  /// Text, or the contents of a hole.
  enum Part: Sendable {
    case text(String)
    case hole(Fragment)
    case list([Fragment], separator: String)
  }

  var parts: [Part]
  /// The construct or library function in this piece, for the coverage table.
  var label: String?

  init(parts: [Part]) { self.parts = parts }

  /// A piece without holes.
  public init(stringLiteral text: String) { parts = [.text(text)] }

  /// A piece with holes.
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// Collects text and holes.
  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []

    /// An empty piece.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends text.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.text(literal)) }
    }

    /// Appends a name or a number, which is not a separate piece.
    public mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }

    /// Appends a piece.
    public mutating func appendInterpolation(_ fragment: Fragment) { parts.append(.hole(fragment)) }

    /// Appends any number of pieces.
    public mutating func appendInterpolation(_ fragments: [Fragment], separator: String = ", ") {
      parts.append(.list(fragments, separator: separator))
    }
  }

  /// The same piece with a label.
  func labelled(_ label: String) -> Fragment {
    var copy = self
    copy.label = label
    return copy
  }

  /// The text of the program.
  public var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .hole(let fragment): fragment.write(to: &text)
      case .list(let fragments, let separator):
        for (index, fragment) in fragments.enumerated() {
          if index > 0 { text += separator }
          fragment.write(to: &text)
        }
      }
    }
  }

  /// The direct children of this piece.
  var children: [Fragment] {
    parts.flatMap { part in
      switch part {
      case .text: [Fragment]()
      case .hole(let fragment): [fragment]
      case .list(let fragments, _): fragments
      }
    }
  }

  /// Adds the labels of this piece and of all pieces inside it.
  func collectLabels(into labels: inout Set<String>) {
    if let label { labels.insert(label) }
    for child in children { child.collectLabels(into: &labels) }
  }
}
