import Host
import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// `mqjs audit verify`
@Suite struct AuditTests {
  @Test func aLogIsVerifiedAndChangesAreNamed() throws {
    let tool = try Tool()
    _ = try tool("keygen", "-o", "audit.pem").successfulOutput
    let log = try AuditLog(
      tool.folder("audit.log"), key: SigningKey(readingFrom: tool.folder("audit.pem")), checkpointInterval: 2)
    for number in 1...3 {
      let subject = AuditSubject.unlimited(requestID: "r\(number)", snapshotHash: Hash256(of: []))
      try log.append(.refusal(subject, code: "GasLimitOutOfRange", detail: "x"), isDurable: true)
    }
    let whole = try tool("audit", "verify", "audit.log", "--key", "audit.pub.pem")
    expect(whole, .done)
    #expect(whole.output.contains("anchored      lines 1 to 3\nnot anchored  1 lines\n"))
    expect(try tool("audit", "verify", "audit.log"), .done)

    let text = String(decoding: try tool.folder.read("audit.log"), as: UTF8.self)
    try tool.write(text.replacing("r2", with: "r9"), to: "audit.log")
    let changed = try tool("audit", "verify", "audit.log", "--key", "audit.pub.pem")
    expect(changed, .refused, says: "audit.log:3: found: line 2 was changed")
    #expect(changed.output.contains("chain         broken"))
    expect(try tool("audit", "verify", "missing.log"), .usage)
  }
}
