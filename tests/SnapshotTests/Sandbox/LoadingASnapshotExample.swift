import Engine
import OperatingSystem
import Snapshot

/// What a process does once: verify the signature, check the image, and prepare to clone it.
func load(_ path: String, key: String) throws(SnapshotError) -> SandboxPool {
  let key = try VerifyingKey(readingFrom: key)
  let snapshot = try UnverifiedSnapshot(readingFrom: path).verified(by: key)
  return try SandboxPool(snapshot)
}

/// What a process does for each request, on any thread.
func respond(
  to request: SecretBytes, seed: Hash256, gasLimit: Int64, from pool: SandboxPool
) throws(SystemError) -> SecretBytes {
  // Running the sandbox consumes it. Its memory is wiped before `run` returns.
  try pool.clone().run(gasLimit: gasLimit, seed: seed) { machine in
    let outcome = request.withBytes { machine.run(request: $0) }
    return machine.memory.withBytes(at: outcome.body, count: outcome.byteCount) { SecretBytes(copying: $0) }
  }
}
