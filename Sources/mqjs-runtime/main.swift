// Answers one request with a signed snapshot: what is deployed where nothing is to be compiled. It links neither parser
// nor compiler, and grants no effects.
//
//     mqjs-runtime APP.msqs KEY.pub.pem [REQUEST ID] < request > response
//
// APP.msqs.sig is the signature. MTP_GAS_LIMIT sets the gas limit. Exit status, as of mqjs: 0 done; 1 the program ended in
// a run-time error, whose body was printed; 2 the command line is wrong; 3 refused, nothing was run; 70 the system failed.

import Glibc
import Host
import Snapshot

/// Says on standard error what is wrong, and ends.
func fail(_ status: Int32, _ message: String, reason: String? = nil, hint: String? = nil) -> Never {
  var text = "\(status == 3 ? "refused" : "error"): \(message)\n"
  if let reason { text += "reason: \(reason)\n" }
  if let hint { text += "hint: \(hint)\n" }
  try? SystemFile.write(Array(text.utf8), to: .error)
  exit(status)
}

/// Answers the request on standard input.
///
/// - Returns: the exit status.
func answer(snapshot path: String, key keyPath: String, identity: RequestIdentity) throws -> Int32 {
  let key = try VerifyingKey(readingFrom: keyPath)
  let snapshot = try UnverifiedSnapshot(readingFrom: path).verified(by: key)
  let host = try RequestHost(pool: try SandboxPool(snapshot, idleLimit: 0))
  let request = host.pool.hasHandler ? try SecretBytes.read("-", limit: RequestHost.requestByteLimit) : SecretBytes()
  let answer = try response(of: host, to: request, identity)
  try answer.body.withBytes { (bytes) throws(SnapshotError) in try SystemFile.write(bytes, to: .output) }
  return answer.trap == nil ? 0 : 1
}

func response(
  of host: RequestHost, to request: SecretBytes, _ identity: RequestIdentity
) throws -> Answer {
  let gasLimit: GasLimit
  do throws(GasLimitOutOfRange) {
    gasLimit = try GasLimit.fromEnvironment()
  } catch {
    return try host.answer(refusing: error, requestID: identity.requestID)
  }
  return try host.answer(request, identity: identity, gasLimit: gasLimit)
}

SystemFile.reserveStandardStreams()
let arguments = CommandLine.arguments
guard (3...4).contains(arguments.count) else {
  fail(
    2, "a snapshot and a key are needed", hint: "mqjs-runtime APP.msqs KEY.pub.pem [REQUEST ID] < request > response")
}
do {
  let identity = RequestIdentity.standard(requestID: arguments.count == 4 ? arguments[3] : nil)
  exit(try answer(snapshot: arguments[1], key: arguments[2], identity: identity))
} catch let error as SnapshotError {
  let status: Int32 =
    switch error.category {
    case .usage: 2
    case .refused: 3
    case .fault: 70
    }
  fail(status, error.message, reason: error.reason, hint: error.hint)
} catch HostError.grantMissing(let error) {
  fail(3, "the program calls \(error.effects.joined(separator: ", ")), and this runtime grants no effects")
} catch HostError.snapshot(let error) {
  fail(70, error.message, reason: error.reason, hint: error.hint)
} catch {
  fail(70, "\(error)")
}
