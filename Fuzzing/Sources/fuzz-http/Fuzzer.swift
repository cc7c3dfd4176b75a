internal import EffectsHTTP
internal import Engine
internal import FuzzSupport
internal import Host
internal import OperatingSystem
internal import Snapshot

/// Asks the server, and then asks once more, along a redirection if there is one.
private let source = #"export default function (url) { return [HttpOut.get(url), HttpOut.post(url, "x")]; }"#

private let server = ResponseServer()

private let host: RequestHost = {
  guard let grant = HTTPGrant("http://127.0.0.1:\(server.port)"),
    let effect = try? HttpOutEffect([grant], limits: HTTPLimits(milliseconds: 2000, bodyBytes: 4096, redirects: 2)),
    let snapshot = try? VerifiedSnapshot(compiledHere: compiled(source), path: "fuzz"),
    let pool = try? SandboxPool(snapshot),
    let host = try? RequestHost(pool: pool, grants: Grants([effect]))
  else { preconditionFailure("the program is in order") }
  return host
}()

/// Whatever a server sends is a Result of the program, and the same bytes are the same Result.
@_cdecl("fuzz_http_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    server.respond(with: unsafe bytes(start, count))
    let first = answer()
    // What a program sees must not depend on how the bytes arrive. A timeout depends on the machine.
    let again = answer()
    precondition(first == again || (first + again).contains("Timeout"), "\(first)\n\(again)")
    return 0
  }
}

nonisolated(unsafe) private var requestCount = 0

private func answer() -> String {
  unsafe requestCount += 1
  let identity = RequestIdentity(requestID: unsafe "\(requestCount)", accountID: "a", functionVersion: "1")
  let request = SecretBytes(copying: Array("\"http://127.0.0.1:\(server.port)/a/b\"".utf8))
  guard let answer = try? host.answer(request, identity: identity, gasLimit: .standard, isNewAttempt: false) else {
    preconditionFailure("the host has failed")
  }
  return String(decoding: answer.body.unprotectedCopy, as: UTF8.self)
}
