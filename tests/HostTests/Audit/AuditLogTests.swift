import Engine
import Foundation
import Host
import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// The audit log: its chain, its checkpoints, and the findings of `AuditVerification` about a changed log.
@Suite struct AuditLogTests {
  private let key = SigningKey()

  private func request(_ number: Int) -> AuditedRequest {
    AuditedRequest(
      identity: RequestIdentity(requestID: "r\(number)", accountID: "a", functionVersion: "1"),
      snapshotHash: Hash256(of: [1]), gasSchedule: Hash256(of: [2]), gasLimit: 1000, inputHash: .plain(Hash256(of: [3]))
    )
  }

  private let run = AuditedRun(
    summary: RunSummary(
      trap: nil, figures: Machine.Figures(gasUsed: 12, heapPeakBytes: 4096, stackPeakWords: 1)),
    effects: [
      CallDigest(
        name: "HttpOut.get", argumentsHash: .plain(Hash256(of: [4])),
        reply: .result(ResultDigest(hash: .plain(Hash256(of: [5])), outcome: "Ok")))
    ],
    responseHash: .plain(Hash256(of: [6])))

  /// Writes a log of some requests: the start and end of each, a checkpoint after every fourth record, and one when the
  /// log is closed.
  ///
  /// - Parameter isKilled: whether the process is killed before the log is closed.
  private func write(_ requests: Range<Int>, to path: String, isKilled: Bool = false) throws {
    let file = URL(fileURLWithPath: path)
    var left = Data()
    do {
      let log = try AuditLog(path, key: key, checkpointInterval: 4, clock: HostClock { 1_700_000_000_123 })
      for number in requests {
        let start = try log.append(.start(request(number)), isDurable: false)
        try log.append(.end(request(number), run, nil, start: start), isDurable: true)
      }
      left = try Data(contentsOf: file)
      withExtendedLifetime(log) {}
    }
    if isKilled { try left.write(to: file) }
  }

  private func lines(_ folder: Workspace) throws -> [[UInt8]] {
    try folder.read("audit.log").split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }

  private func verify(_ lines: [[UInt8]]) -> AuditVerification {
    AuditVerification(of: lines.flatMap { $0 + [UInt8(ascii: "\n")] }, key: key.verifyingKey)
  }

  @Test func pythonReadsTheLinesAndTheirChain() throws {
    let folder = try Workspace()
    try write(0..<3, to: folder("audit.log"))
    let script = """
      import hashlib, json
      previous, kinds = "0" * 64, []
      for number, line in enumerate(open("audit.log", encoding="utf-8"), 1):
          record = json.loads(line)
          text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
          assert text + "\\n" == line, "not canonical"
          assert record["previous"] == previous and record["record"] == number
          assert record["time"] == "2023-11-14T22:13:20.123Z"
          if record["kind"] in ("start", "end"):
              assert record["gasLimit"] == 1000 and record["message"] == "gasLimit=1000"
          if record["kind"] == "end":
              assert record["gasUsed"] == 12 and record["outcome"] == "value"
              assert record["effects"][0]["effect"] == "HttpOut.get"
          previous = hashlib.sha256(text.encode()).hexdigest()
          kinds.append(record["kind"])
      print(*kinds, end="")
      """
    let kinds = try folder.run("python3", ["-c", script]).successfulOutput
    #expect(kinds == "start end start end checkpoint start end checkpoint")
  }

  @Test func checkpointsAreSignaturesThatOpensslVerifies() throws {
    let folder = try Workspace()
    try write(0..<2, to: folder("audit.log"))
    try folder.write(key.verifyingKey.pem.utf8, to: "key.pub.pem")
    let script = """
      import json
      record = json.loads(open("audit.log").read().splitlines()[-1])
      open("signature", "wb").write(bytes.fromhex(record.pop("signature")))
      open("message", "w").write(json.dumps(record, sort_keys=True, separators=(",", ":")))
      """
    _ = try folder.run("python3", ["-c", script]).successfulOutput
    let said = try folder.openssl("dgst -sha256 -verify key.pub.pem -signature signature message")
    #expect(said.contains("Verified OK"))
  }

  @Test func anUntouchedLogHasNoFindings() throws {
    let folder = try Workspace()
    try write(0..<5, to: folder("audit.log"))
    try write(5..<9, to: folder("audit.log"))
    let lines = try lines(folder)
    let verification = verify(lines)
    #expect(verification.findings == [])
    #expect(verification.lineCount == lines.count && verification.anchoredLine == lines.count)
    #expect(verification.unfinishedRequests == [] && verification.tornByteCount == nil)
    // Without the key, the chain can be verified, but nothing is anchored.
    let unkeyed = AuditVerification(of: try folder.read("audit.log"), key: nil)
    #expect(unkeyed.findings == [] && unkeyed.anchoredLine == 0)
  }

  /// Each line is changed so that it stays a record, removed, duplicated, and exchanged with the next line.
  @Test func everyTamperingIsFound() throws {
    let folder = try Workspace()
    try write(0..<4, to: folder("audit.log"))
    let lines = try lines(folder)
    for index in lines.indices {
      let isLast = index == lines.count - 1
      var changed = lines
      let text = String(decoding: lines[index], as: UTF8.self)
      changed[index] = Array(text.replacing("2023-11-14", with: "2023-11-15").utf8)
      #expect(verify(changed).findings.contains { $0.line == index + 1 || $0.line == index + 2 }, "line \(index + 1)")
      #expect(verify(changed).anchoredLine <= index)
      if !isLast {
        var cut = lines
        cut.remove(at: index)
        #expect(verify(cut).findings.first?.line == index + 1)
        #expect(verify(cut).findings.first?.message.contains("missing") == true)
        var exchanged = lines
        exchanged.swapAt(index, index + 1)
        #expect(verify(exchanged).findings.first?.line == index + 1)
      }
      var doubled = lines
      doubled.insert(lines[index], at: index + 1)
      #expect(verify(doubled).findings.first?.line == index + 2)
      #expect(verify(doubled).findings.first?.message.contains("inserted") == true)
      var damaged = lines
      damaged[index] = Array(lines[index].dropLast(5))
      #expect(verify(damaged).findings.first?.line == index + 1)
    }
  }

  /// A forger who recomputes all hashes still can't make the signature.
  @Test func aForgedChainHasNoAnchor() throws {
    let folder = try Workspace()
    try write(0..<2, to: folder("audit.log"))
    let other = try Workspace()
    let log = try AuditLog(other("audit.log"), key: SigningKey(), checkpointInterval: 4)
    for number in 0..<2 {
      let start = try log.append(.start(request(number)), isDurable: false)
      try log.append(.end(request(number), run, nil, start: start), isDurable: true)
    }
    let forged = verify(try lines(other))
    #expect(forged.findings.contains { $0.message.contains("signature") } && forged.anchoredLine == 0)
  }

  @Test func aTailThatIsNotAnchoredIsNamed() throws {
    let folder = try Workspace()
    try write(0..<3, to: folder("audit.log"), isKilled: true)
    let verification = verify(try lines(folder))
    #expect(verification.findings == [])
    #expect(verification.lineCount == 7 && verification.anchoredLine == 5)
  }

  @Test func requestsWithoutAnEndAreNamed() throws {
    let folder = try Workspace()
    let log = try AuditLog(folder("audit.log"))
    try log.append(.start(request(7)), isDurable: true)
    #expect(verify(try lines(folder)).unfinishedRequests == ["r7"])
  }

  @Test func manyThreadsWriteOneChain() throws {
    let folder = try Workspace()
    let log = try AuditLog(folder("audit.log"), key: key, checkpointInterval: 7)
    try onThreads(8) { thread in
      for number in (thread * 5)..<(thread * 5 + 5) {
        let start = try log.append(.start(request(number)), isDurable: false)
        try log.append(.end(request(number), run, nil, start: start), isDurable: false)
      }
    }
    try log.close()
    try log.close()
    #expect(
      try lines(folder).count { String(decoding: $0, as: UTF8.self).contains("checkpoint") } == 12, "none is twice")
    let verification = verify(try lines(folder))
    #expect(verification.findings == [] && verification.unfinishedRequests == [])
  }
}
