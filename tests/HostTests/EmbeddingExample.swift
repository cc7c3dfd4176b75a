import Host
import OperatingSystem
import Snapshot
import Synchronization

/// An effect of the host's own: it posts entries to an external ledger. Programs call `Ledger.post({account, cents})`.
final class LedgerEffect: Effect {
  let name = "Ledger"
  /// A posted entry can't be undone. With a journal, the intent is on disk before the call.
  let isIrrevocable = true
  private let entries = Mutex<[(account: String, cents: Int64)]>([])

  func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
    guard call.operation == "post" else { return .failure(.unknownOperation(call.operation)) }
    guard let entry = call.arguments.first, let account = entry["account"]?.text, let cents = entry["cents"]?.number
    else { return .failure(.invalidArgument("post takes {account, cents}")) }
    let number = entries.withLock { entries in
      entries.append((account, cents))
      return entries.count
    }
    return .success(["number": .integer(Int64(number))])
  }
}

/// What a process does once: it verifies the snapshot and grants effects.
func makeHost(snapshot path: String, key: String, journal: Journal, audit: AuditLog) throws -> RequestHost {
  let snapshot = try UnverifiedSnapshot(readingFrom: path).verified(by: VerifyingKey(readingFrom: key))
  let grants = Grants([LedgerEffect(), UuidEffect(), ClockEffect()])
  return try RequestHost(pool: try SandboxPool(snapshot), grants: grants, journal: journal, audit: audit)
}

/// What a process does for each request, on any thread.
func respond(to body: [UInt8], id: String, with host: RequestHost) throws -> [UInt8] {
  let identity = RequestIdentity(requestID: id, accountID: "123456789012", functionVersion: "1")
  let request = SecretBytes(copying: body)
  return try host.answer(request, identity: identity, gasLimit: try GasLimit.fromEnvironment()).body.unprotectedCopy
}
