internal import Snapshot
internal import System

/// The files that a command line names, each with what names it. Two of them that are one file would spoil each other, a
/// report that replaces the journal for example, so that is refused before anything runs.
public struct NamedFiles {
  /// What a file is for.
  public enum Use: Sendable {
    /// It is read.
    case reading
    /// It is written, by one only.
    case writing
    /// It is a database, which the grants and the journal may share.
    case database
  }

  private struct Entry {
    let name: String
    let path: String
    let use: Use
    let identity: FileIdentity

    /// Whether the two can't be one file.
    func excludes(_ other: Entry) -> Bool {
      switch (use, other.use) {
      case (.reading, .reading), (.database, .database): false
      // The shell may lead both streams to one file, and often does.
      case (.writing, .writing): !(path == "-" && other.path == "-")
      case (.reading, .writing), (.reading, .database), (.writing, .reading), (.writing, .database),
        (.database, .reading), (.database, .writing):
        true
      }
    }
  }

  private var entries: [Entry] = []
  /// What names a file without a name, as an option does whose value is an unset variable of a shell.
  private var nameless: [String] = []

  /// No files, but for the standard streams that lead to one.
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
  ///   - name: what messages call it: the option.
  ///   - path: nil and `-` are no files.
  public mutating func add(_ name: String, _ path: String?, _ use: Use) {
    if path?.isEmpty == true { nameless.append(name) }
    guard let path, path != "-", let identity = FileIdentity(path: path) else { return }
    entries.append(Entry(name: name, path: path, use: use, identity: identity))
  }

  /// Adds a database with the files that SQLite keeps beside it.
  public mutating func add(database name: String, _ path: String) {
    add(name, path, .database)
    for suffix in ["-journal", "-wal", "-shm"] { add("the \(suffix) file of \(name)", path + suffix, .database) }
  }

  /// Adds a snapshot with its signature, which are read.
  public mutating func add(snapshot path: String) {
    add("the snapshot", path, .reading)
    add("the signature", UnverifiedSnapshot.signaturePath(for: path), .reading)
  }

  /// Refuses files without a name, and two names for one file, unless both only read it or share it as a database.
  ///
  /// - Throws: an error of usage.
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
