/// A program names capabilities of the host that this host does not grant, so nothing of it is run.
///
/// The manifest of a snapshot lists every capability that its program calls; what is granted is compared with it before
/// the first sandbox is made.
public struct GrantMissing: Error, Equatable, Sendable {
  /// The capabilities that are missing, sorted.
  public let effects: [String]
}
