internal import OperatingSystem
internal import Snapshot

/// The files that a command line names, each with the option that names it. If two of them are the same file, they
/// could damage each other: a report could replace the journal, for example. That is refused before anything runs.
public struct NamedFiles {
  /// The use of a file.
  public enum Use: Sendable {
    /// It is read.
    case reading
    /// It is written by one writer.
    case writing
    /// It is a database, which grants and the journal may share.
    case database
  }

  private struct Entry {
    let name: String
    let path: String
    let use: Use
    let identity: FileIdentity

    /// Whether the two entries must not be the same file.
    func excludes(_ other: Entry) -> Bool {
      switch (use, other.use) {
      case (.reading, .reading), (.database, .database): false
      // The shell may redirect both streams to one file, and often does.
      case (.writing, .writing): !(path == "-" && other.path == "-")
      case (.reading, .writing), (.reading, .database), (.writing, .reading), (.writing, .database),
        (.database, .reading), (.database, .writing):
        true
      }
    }
  }

  private var entries: [Entry] = []
  /// The options that have an empty path, for example from an unset shell variable.
  private var nameless: [String] = []

  /// Creates a set that contains only those standard streams that are files.
  public init() {
    for (descriptor, name, use) in [
      (0 as Int32, "standard input", Use.reading), (1, "standard output", .writing), (2, "standard error", .writing),
    ] {
      guard let identity = FileIdentity(descriptor: descriptor) else { continue }
      entries.append(Entry(name: name, path: "-", use: use, identity: identity))
    }
  }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - name: the name for messages, such as the option.
  ///   - path: if it is nil or `-`, no file is added.
  public mutating func add(_ name: String, _ path: String?, _ use: Use) {
    if path?.isEmpty == true { nameless.append(name) }
    guard let path, path != "-", let identity = FileIdentity(path: path) else { return }
    entries.append(Entry(name: name, path: path, use: use, identity: identity))
  }

  /// Adds a database and the files that SQLite keeps next to it.
  public mutating func add(database name: String, _ path: String) {
    add(name, path, .database)
    for suffix in ["-journal", "-wal", "-shm"] { add("the \(suffix) file of \(name)", path + suffix, .database) }
  }

  /// Adds a snapshot and its signature, which are both read.
  public mutating func add(snapshot path: String) {
    add("the snapshot", path, .reading)
    add("the signature", UnverifiedSnapshot.signaturePath(for: path), .reading)
  }

  /// Checks that no file name is empty, and that no two entries are the same file, unless both only read it or share it
  /// as a database.
  ///
  /// - Throws: a usage error.
  public func check() throws(CommandError) {
    if let name = nameless.first {
      throw CommandError(
        "\(name): the file name is empty", reason: "an unset shell variable gives an empty value",
        hint: "name a file, or leave the option out")
    }
    for (index, second) in entries.enumerated() {
      for first in entries[..<index] where first.identity == second.identity && first.excludes(second) {
        let paths = first.path == second.path || first.path == "-" ? second.path : "\(first.path), \(second.path)"
        throw CommandError(
          "\(first.name) and \(second.name) are the same file: \(paths)",
          reason: "each would overwrite, change or read what the other writes",
          hint: "give each its own file")
      }
    }
  }
}
