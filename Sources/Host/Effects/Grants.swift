internal import Engine
internal import SQLite

/// The capabilities that a host grants to its programs. Nothing else is accessible.
///
/// A grant is an effect with its own scope: an `HttpOut` knows the hosts that it may reach, a `DbWrite` its file.
public struct Grants: Sendable {
  private let effects: [any Effect]

  /// Grants nothing.
  public static let none = Grants([])

  /// `Async.await` needs no grant of its own. The effect that it calls does.
  static let awaiting = StandardCapability.async.text

  /// Grants these capabilities.
  ///
  /// - Precondition: their names are different.
  public init(_ effects: [any Effect]) {
    precondition(Set(effects.map(\.name)).count == effects.count, "grant each capability once")
    self.effects = effects
  }

  /// The names of the granted capabilities, sorted.
  public var names: [String] { effects.map(\.name).sorted() }

  /// The effect of a capability; nil if it is not granted.
  ///
  /// - Parameter name: compared by its bytes. A program may compose names that Swift considers equal.
  func effect(named name: String) -> (any Effect)? { effects.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// The capabilities that a program names and that are not granted, sorted. Awaiting is always granted.
  func missing(from named: [String]) -> [String] {
    named.filter { $0 != Grants.awaiting && effect(named: $0) == nil }.sorted()
  }

  /// The databases that a program which names these capabilities can write to. A program that awaits may name the other
  /// capabilities at run time.
  func writtenDatabases(by named: [String]) -> [DatabaseFile] {
    var files: [DatabaseFile] = []
    for effect in effects where named.contains(effect.name) || named.contains(Grants.awaiting) {
      guard let file = effect.writtenDatabase, !files.contains(where: { $0.path == file.path }) else { continue }
      files.append(file)
    }
    return files
  }
}
