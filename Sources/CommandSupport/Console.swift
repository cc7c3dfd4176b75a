internal import Engine
internal import Host
public import System

/// Standard output for results, standard error for everything that is said about them. Colour only where a person looks
/// on: on a terminal, and unless `NO_COLOR` says otherwise (no-color.org). Text goes out as a `Line`, or as bytes that are a
/// result by themselves.
public enum Console {
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
      try bytes.withBytes { (bytes) throws(SystemError) in try SystemFile.write(bytes, to: .output) }
    } catch {
      throw CommandError(error.message, status: .fault)
    }
  }

  /// Writes a JSON text and a line end to standard output. What a terminal would act on is escaped, which leaves the JSON's
  /// value as it is.
  public static func put(json text: [UInt8]) throws {
    try put(VisibleText.escaped(text, .json) + [UInt8(ascii: "\n")])
  }

  /// Writes a line to standard output.
  public static func put(line: Line) throws {
    try put(Array("\(line.text)\n".utf8))
  }

  /// Writes lines of names and values to standard output, values in one column.
  public static func put(table rows: [(name: String, value: String)]) throws {
    let names = rows.map { visible($0.name) }
    let width = names.map(\.count).max() ?? 0
    for (name, row) in zip(names, rows) {
      try put(line: "\(name)\(String(repeating: " ", count: width - name.count + 2))\(row.value)")
    }
  }

  /// Writes lines of a text that was put together elsewhere to standard output.
  public static func put(text: String) throws {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      try put(line: "\(line)")
    }
  }

  /// Writes a line to standard error. Where that is closed, nobody wants to know.
  public static func say(line: Line) {
    try? SystemFile.write(Array("\(line.text)\n".utf8), to: .error)
  }

  /// Writes lines of a text that was put together elsewhere to standard error.
  public static func say(text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      say(line: "\(line)")
    }
  }

  /// Writes a line of JSON, its end included, to standard error, where somebody relies on it. What a terminal would act on
  /// is escaped, which leaves the JSON's value as it is.
  ///
  /// - Throws: a fault of the host if it takes no more, as on a full disk or where it is closed.
  static func log(json line: [UInt8]) throws(HostFault) {
    do throws(SystemError) {
      try SystemFile.write(VisibleText.escaped(line.dropLast() + [], .json) + line.suffix(1), to: .error)
    } catch {
      throw HostFault("log \(error.message)")
    }
  }

  /// Whether standard error is looked at by a person who can see styles.
  static let isStyled: Bool = {
    // An empty NO_COLOR counts as none, as its inventors say.
    let isForbidden = SystemEnvironment.value(of: "NO_COLOR").map { !$0.isEmpty } ?? false
    return !isForbidden && SystemEnvironment.value(of: "TERM") != "dumb" && SystemFile.isTerminal(.error)
  }()
}
