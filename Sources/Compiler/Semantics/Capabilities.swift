internal import Engine

/// An effect that a host offers in addition to the standard effects: a capability and its operations, as programs name
/// them (`Ledger.post(…)`).
public struct HostEffect: Sendable {
  /// The capability's name.
  public let name: [UInt8]
  /// The names of its operations.
  public let operations: [[UInt8]]

  /// A declaration. It is nil if a name is not an identifier of the language, or if the capability has the name of a
  /// standard effect or of a part of the library.
  public init?(name: [UInt8], operations: [[UInt8]]) {
    guard HostEffect.isIdentifier(name), !operations.isEmpty, operations.allSatisfy(HostEffect.isIdentifier),
      EffectOperation.operations(of: name).isEmpty, Builtin.Namespace.find(name) == nil,
      Builtin.find(name, in: .global) == nil
    else { return nil }
    self.name = name
    self.operations = operations
  }

  private static func isIdentifier(_ text: [UInt8]) -> Bool {
    guard let first = text.first, isNameStart(first) else { return false }
    return text.allSatisfy(isNamePart)
  }
}

/// The effects that a program can name: the standard effects and those of its host. The engine knows the latter only
/// through the manifest.
struct Capabilities {
  let hostEffects: [HostEffect]

  /// The names of a capability's operations; none if there is no such capability.
  func operations(of name: [UInt8]) -> [[UInt8]] {
    let standard = EffectOperation.operations(of: name)
    if !standard.isEmpty { return standard.map { $0.definition.name.bytes } }
    for effect in hostEffects where effect.name == name { return effect.operations }
    return []
  }
}
