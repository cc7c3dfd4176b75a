import Host
import Snapshot

/// An effect of the probe's own, whose data the host must not know until it is asked for: `Vault.read()` gives the value in
/// a file, as canonical CBOR; `Vault.take(value)` gives the Array of its arguments back.
struct VaultEffect: Effect {
  let name = "Vault"
  let takesEncodedArguments = true
  let path: String
  /// Whether its results are marked as classified data.
  let isClassified: Bool

  func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    call.operation == "read"
      ? .success(encoded: try value(), isClassified: isClassified)
      : .success(encoded: call.encodedArguments, isClassified: isClassified)
  }

  /// The value in the file, in protected memory if it is classified.
  func value() throws(HostFault) -> SecretBytes {
    do throws(SnapshotError) {
      return try SecretBytes.read(
        path, limit: 1 << 20, protection: isClassified ? .classified(allowsUnlocked: true) : .standard)
    } catch {
      throw HostFault("the vault does not open")
    }
  }
}
