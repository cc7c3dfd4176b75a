internal import Engine
internal import SQLite

/// What a host grants to the programs that it runs: nothing but what stands here.
///
/// A grant is an effect that carries its own scope: an `HttpOut` knows the hosts it may reach, a `DbWrite` its file.
public struct Grants: Sendable {
  private let effects: [any Effect]

  /// Nothing is granted.
  public static let none = Grants([])

  /// `Async.await` needs no part of the host: it calls the effect that it names, which needs a grant of its own.
  static let awaiting = StandardCapability.async.text

  /// Grants these capabilities.
  ///
  /// - Precondition: their names differ from each other.
  public init(_ effects: [any Effect]) {
    precondition(Set(effects.map(\.name)).count == effects.count, "grant each capability once")
    self.effects = effects
  }

  /// The names of what is granted, sorted.
  public var names: [String] { effects.map(\.name).sorted() }

  /// The part of the host that a capability stands for; nil if it is not granted.
  ///
  /// - Parameter name: compared by its bytes: a program may compose names that Swift takes for the same text.
  func effect(named name: String) -> (any Effect)? { effects.first { $0.name.utf8.elementsEqual(name.utf8) } }

  /// What a program names and is not granted, sorted. Awaiting is always granted.
  func missing(from named: [String]) -> [String] {
    named.filter { $0 != Grants.awaiting && effect(named: $0) == nil }.sorted()
  }

  /// The databases that a program which names these capabilities can write to. One that awaits may name the others at
  /// run time.
  func writtenDatabases(by named: [String]) -> [DatabaseFile] {
    var files: [DatabaseFile] = []
    for effect in effects where named.contains(effect.name) || named.contains(Grants.awaiting) {
      guard let file = effect.writtenDatabase, !files.contains(where: { $0.path == file.path }) else { continue }
      files.append(file)
    }
    return files
  }
}
