public import Snapshot

/// Standard output for results, standard error for everything that is said about them. Colour only where a person looks
/// on: on a terminal, and unless `NO_COLOR` says otherwise (no-color.org).
public enum Console {
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

  /// Writes bytes, and nothing else, to standard output.
  ///
  /// - Throws: a fault if it takes no more, as on a full disk.
  public static func put(_ bytes: [UInt8]) throws {
    do {
      try SystemFile.write(bytes, to: .output)
    } catch {
      throw CommandError(error.message, status: .fault)
    }
  }

  /// Writes bytes that must not be left anywhere to standard output.
  ///
  /// - Throws: a fault if it takes no more, as on a full disk.
  public static func put(_ bytes: SecretBytes) throws {
    do {
      try bytes.withBytes { (bytes) throws(SnapshotError) in try SystemFile.write(bytes, to: .output) }
    } catch {
      throw CommandError(error.message, status: .fault)
    }
  }

  /// Writes a line to standard output.
  public static func put(line: String) throws {
    try put(Array("\(line)\n".utf8))
  }

  /// Writes lines of names and values to standard output, values in one column.
  public static func put(table rows: [(name: String, value: String)]) throws {
    let width = rows.map(\.name.count).max() ?? 0
    for row in rows {
      try put(line: row.name + String(repeating: " ", count: width - row.name.count + 2) + row.value)
    }
  }

  /// Writes bytes to standard error. Where that is closed, nobody wants to know.
  public static func say(_ bytes: [UInt8]) {
    try? SystemFile.write(bytes, to: .error)
  }

  /// Writes a line to standard error.
  public static func say(line: String) {
    say(Array("\(line)\n".utf8))
  }

  /// The text in a style, if standard error shows styles.
  public static func styled(_ text: String, _ style: Style) -> String {
    isStyled ? "\(style.rawValue)\(text)\u{1b}[0m" : text
  }

  private static let isStyled: Bool = {
    // An empty NO_COLOR counts as none, as its inventors say.
    let isForbidden = SystemEnvironment.value(of: "NO_COLOR").map { !$0.isEmpty } ?? false
    return !isForbidden && SystemEnvironment.value(of: "TERM") != "dumb" && SystemFile.isTerminal(.error)
  }()
}
