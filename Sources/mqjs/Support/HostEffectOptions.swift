import ArgumentParser
import CommandSupport
import Compiler

/// The host's own effects that programs can name, declared as with `HostEffect`.
struct HostEffectOptions: ParsableArguments {
  @Option(
    name: .customLong("effect"),
    help: ArgumentHelp(
      "An operation of a host's own effect, as programs call it: Ledger.post. Can be repeated.",
      discussion: "Standard effects need no declaration. An operation that is declared but not called leaves no trace.",
      valueName: "effect.operation"))
  var operations: [String] = []

  /// The declarations: each effect with all its operations.
  ///
  /// - Throws: a usage error about the first invalid name.
  func declarations() throws -> [HostEffect] {
    var effects: [HostEffect] = []
    for option in operations {
      let names = option.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
      guard names.count == 2 else {
        throw CommandError(
          "--effect \(option): is not an operation", hint: "name the effect, a point and the operation: Ledger.post")
      }
      let index = effects.firstIndex { $0.name == names[0] }
      let known = index.map { effects[$0].operations } ?? []
      guard let effect = HostEffect(name: names[0], operations: known + [names[1]]) else {
        throw CommandError(
          "--effect \(option): is not a valid name for a host's own effect",
          reason:
            "both names are ASCII identifiers, and the first is neither a standard effect nor a part of the library"
        )
      }
      if let index { effects[index] = effect } else { effects.append(effect) }
    }
    return effects
  }
}
