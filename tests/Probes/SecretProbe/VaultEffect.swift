import Host
import OperatingSystem
import Snapshot

/// The probe's own effect, whose data is unknown to the host before it is called. `Vault.read()` returns the value in a
/// file, as canonical CBOR. `Vault.take(value)` returns the Array of its arguments. `Vault.refuse(value)` returns an
/// error, and at `Vault.fail(value)` the host fails.
struct VaultEffect: Effect {
  let name = "Vault"
  /// Its operations.
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
