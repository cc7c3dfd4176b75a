import Host
import Snapshot
import System

/// An effect of the probe's own, whose data the host must not know until it is asked for: `Vault.read()` gives the value in
/// a file, as canonical CBOR; `Vault.take(value)` gives the Array of its arguments back, `Vault.refuse(value)` gives an error,
/// and at `Vault.fail(value)` the host fails.
struct VaultEffect: Effect {
  let name = "Vault"
  /// What can be asked of it.
  static let operations = ["read", "take", "refuse", "fail"]
  let takesEncodedArguments = true
  let path: String
  /// Whether its results are marked as classified data.
  let isClassified: Bool

  func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    switch call.operation {
    case "read": .success(encoded: try value(), isClassified: isClassified)
    case "take": .success(encoded: call.encodedArguments, isClassified: isClassified)
    case "refuse": .failure(EffectError("Refused", "the vault takes nothing"))
    default: throw HostFault("the vault is on fire")
    }
  }

  /// The value in the file, in protected memory if it is classified.
  func value() throws(HostFault) -> SecretBytes {
    do throws(SystemError) {
      return try SecretBytes.read(
        path, limit: 1 << 20, protection: isClassified ? .classified(allowsUnlocked: true) : .standard)
    } catch {
      throw HostFault("the vault does not open")
    }
  }
}
