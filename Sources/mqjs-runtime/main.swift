// Answers one request with a signed snapshot. This is the executable for deployments, where nothing is compiled: it
// links neither the parser nor the compiler. `Usage.text` says how to call it.

import CommandSupport
import Glibc
import Host
import OperatingSystem
import Snapshot

/// Answers the request on standard input.
///
/// - Returns: the exit status.
func answer(_ invocation: Invocation) throws -> ExitStatus {
  let (settings, classification) = (invocation.settings, invocation.settings.classification)
  let pointers = try classification.parsedPointers()
  try invocation.files.check()
  try RunReport.checkWritable(settings.report)
  let key = try VerifyingKey(readingFrom: invocation.key)
  let snapshot = try UnverifiedSnapshot(readingFrom: invocation.snapshot).verified(by: key)
  let pool = try SandboxPool(snapshot, idleLimit: 0)
  let answer = try settings.effects.withHost(pool, allowsUnlocked: classification.allowsUnlocked) { host in
    let request =
      pool.hasHandler
      ? try SecretBytes.read("-", limit: RequestHost.requestByteLimit, protection: classification.protection)
      : SecretBytes()
    try classification.check(pointers, against: request)
    return try host.answer(
      request, identity: settings.identity, protection: classification.protection,
      readingGasLimit: settings.limits.gasLimit)
  }
  try answer.deliver(endingLine: false, report: settings.report)
  return answer.trap == nil ? .done : .guestError
}

SystemFile.reserveStandardStreams()
SystemFile.reportFilesThatGrowTooLarge()
do {
  let arguments = try CommandArguments.read()
  // Accepted only as the sole argument: an id from elsewhere must not turn a request into a query that succeeds.
  if arguments == ["--help"] {
    try Console.put(Array(Usage.text.utf8))
    exit(ExitStatus.done.rawValue)
  }
  exit(try answer(Invocation(arguments)).rawValue)
} catch {
  let error = CommandError(reporting: error) ?? CommandError("\(error)", status: .fault)
  error.report()
  exit(error.status.rawValue)
}
