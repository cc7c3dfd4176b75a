internal import Engine
internal import Host
public import OperatingSystem

/// Standard output is for results, and standard error for messages about them. Styles are used only where a person can
/// see them: on a terminal, unless `NO_COLOR` forbids it (no-color.org). Text is written as a `Line`; only results are
/// written as bytes.
public enum Console {
  /// Writes exactly these bytes to standard output.
  ///
  /// - Throws: a fault if the write fails, for example because the disk is full.
  public static func put(_ bytes: [UInt8]) throws {
    do {
      try SystemFile.write(bytes, to: .output)
    } catch {
      throw CommandError(error.message, status: .fault)
    }
  }

  /// Writes secret bytes to standard output. No copy of them remains.
  ///
  /// - Throws: a fault if the write fails, for example because the disk is full.
  public static func put(_ bytes: SecretBytes) throws {
    do {
      try bytes.withBytes { (bytes) throws(SystemError) in try SystemFile.write(bytes, to: .output) }
    } catch {
      throw CommandError(error.message, status: .fault)
    }
  }

  /// Writes JSON text and a line end to standard output. Characters that a terminal would act on are escaped; the
  /// JSON's value stays the same.
  public static func put(json text: [UInt8]) throws {
    try put(VisibleText.escaped(text, .json) + [UInt8(ascii: "\n")])
  }

  /// Writes a line to standard output.
  public static func put(line: Line) throws {
    try put(Array("\(line.text)\n".utf8))
  }

  /// Writes lines of names and values to standard output. The values form one column.
  public static func put(table rows: [(name: String, value: String)]) throws {
    let names = rows.map { visible($0.name) }
    let width = names.map(\.count).max() ?? 0
    for (name, row) in zip(names, rows) {
      try put(line: "\(name)\(String(repeating: " ", count: width - name.count + 2))\(row.value)")
    }
  }

  /// Writes the lines of a text to standard output. Each is escaped as a `Line`.
  public static func put(text: String) throws {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      try put(line: "\(line)")
    }
  }

  /// Writes a line to standard error. Failures are ignored.
  public static func say(line: Line) {
    try? SystemFile.write(Array("\(line.text)\n".utf8), to: .error)
  }

  /// Writes the lines of a text to standard error. Each is escaped as a `Line`.
  public static func say(text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      say(line: "\(line)")
    }
  }

  /// Writes a line of JSON, including its line end, to standard error, where somebody relies on it. Characters that a
  /// terminal would act on are escaped; the JSON's value stays the same.
  ///
  /// - Throws: a fault of the host if the write fails, for example because the disk is full or standard error is
  ///   closed.
  static func log(json line: [UInt8]) throws(HostFault) {
    do throws(SystemError) {
      try SystemFile.write(VisibleText.escaped(line.dropLast() + [], .json) + line.suffix(1), to: .error)
    } catch {
      throw HostFault("log \(error.message)")
    }
  }

  /// Whether standard error is a terminal that shows styles, and `NO_COLOR` does not forbid them.
  static let isStyled: Bool = {
    // An empty NO_COLOR counts as unset (no-color.org).
    let isForbidden = SystemEnvironment.value(of: "NO_COLOR").map { !$0.isEmpty } ?? false
    return !isForbidden && SystemEnvironment.value(of: "TERM") != "dumb" && SystemFile.isTerminal(.error)
  }()
}
