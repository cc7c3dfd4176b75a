import Host
import Snapshot
import Synchronization
import System

/// An effect of the host's own: entries in a ledger that lives outside. Programs write `Ledger.post({account, cents})`.
final class LedgerEffect: Effect {
  let name = "Ledger"
  /// An entry that was made can't be taken back: with a journal, its intent is on the disk before.
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

/// Everything that a process sets up once: it verifies the snapshot, opens the logs, and grants.
func makeHost(snapshot path: String, key: String, journal: Journal, audit: AuditLog) throws -> RequestHost {
  let snapshot = try UnverifiedSnapshot(readingFrom: path).verified(by: VerifyingKey(readingFrom: key))
  let grants = Grants([LedgerEffect(), UuidEffect(), ClockEffect()])
  return try RequestHost(pool: try SandboxPool(snapshot), grants: grants, journal: journal, audit: audit)
}

/// What it does for each request, on any thread.
func respond(to body: [UInt8], id: String, with host: RequestHost) throws -> [UInt8] {
  let identity = RequestIdentity(requestID: id, accountID: "123456789012", functionVersion: "1")
  let request = SecretBytes(copying: body)
  return try host.answer(request, identity: identity, gasLimit: try GasLimit.fromEnvironment()).body.unprotectedCopy
}
