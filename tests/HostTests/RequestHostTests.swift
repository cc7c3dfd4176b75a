import Engine
import Host
import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// The life of a request: body, hash, figures, and errors as answers.
@Suite struct RequestHostTests {
  private func host(_ source: String) throws -> RequestHost {
    try RequestHost(
      pool: try SandboxPool(VerifiedSnapshot(compiledHere: Guest.image(source, strips: false), path: "test")))
  }

  private let identity = RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1")

  private func answer(
    _ host: RequestHost, _ request: String = "{}", limit: GasLimit = .standard
  ) throws -> (body: String, Answer) {
    let answer = try host.answer(SecretBytes(copying: Array(request.utf8)), identity: identity, gasLimit: limit)
    return (String(decoding: answer.body.unprotectedCopy, as: UTF8.self), answer)
  }

  @Test func missingGrantsAreRefusedBeforeAnythingRuns() throws {
    let refusal = #expect(throws: HostError.self) {
      _ = try host("Log.info(\"x\"); DbRead.query(\"select 1\", []); Log.warn(\"y\"); 1")
    }
    #expect(refusal == .grantMissing(GrantMissing(effects: ["DbRead", "Log"])))
    #expect(throws: Never.self) { _ = try host("1") }
  }

  @Test func valuesComeWithTheirReports() throws {
    let host = try host("export default function (request) { return {n: request.n + 1}; }")
    let (body, first) = try answer(host, #"{"n":41}"#)
    #expect(body == #"{"n":42}"#)
    #expect(first.trap == nil)
    #expect(first.instruction == nil)
    #expect(first.report.run.trap == nil)
    #expect(first.report.gasLimit == 10_000_000)
    #expect(first.report.responseHash == Hash256(of: first.body))
    #expect(first.report.snapshotHash == host.pool.contentHash)
    #expect(first.report.seed == identity.seed(contentHash: host.pool.contentHash, gasLimit: .standard))
    #expect(try answer(host, #"{"n":41}"#).1.report == first.report)
  }

  @Test(arguments: [
    ("null", #"{"error":"TypeMismatch"}"#), ("{}", #"{"error":"NoSuchField","field":"n"}"#), ("{", "InvalidRequest"),
    ("", "InvalidRequest"),
    (#"{"n":9223372036854775807}"#, #"{"error":"IntegerOverflow"}"#), (#"{"n":1,"n":2}"#, "DuplicateKey"),
  ])
  func errorsAreAnswers(request: String, part: String) throws {
    let (body, answer) = try answer(try host("export default function (r) { return r.n + 1; }"), request)
    #expect(answer.trap != nil)
    #expect(body.contains(part))
    #expect(answer.report.run.outcome != "value")
    #expect(answer.report.responseHash == Hash256(of: answer.body))
  }

  @Test func everyLimitUpToThePriceExhaustsTheGas() throws {
    let host = try host("const f = n => n === 0 ? 'done' : f(n - 1); f(3)")
    let whole = try answer(host).1.report.run.figures.gasUsed
    for limit in 1...(whole + 2) {
      let (body, answer) = try answer(host, limit: GasLimit(String(limit)))
      #expect(answer.report.gasLimit == limit)
      if limit > whole {
        #expect(body == "\"done\"")
        #expect(answer.report.run.figures.gasUsed == whole)
      } else {
        #expect(answer.report.run.trap == .gasExhausted)
        #expect(answer.report.run.figures.gasUsed >= limit)
      }
    }
  }

  @Test func errorsHaveAPositionInTheSource() throws {
    let host = try host("const f = x => {\n  return x / 0;\n};\nf(1);\n")
    let (_, answer) = try answer(host)
    let position = try #require(answer.instruction.flatMap(host.pool.position(ofInstruction:)))
    #expect(position.line == 2)
    #expect(position.column == 10)
    #expect(String(decoding: position.path, as: UTF8.self) == "main.js")
  }

  @Test func limitsThatCannotBeSetAreAnswered() throws {
    let host = try host("1")
    let answer = try host.answer(refusing: GasLimitOutOfRange(text: "007"), requestID: "r")
    #expect(
      String(decoding: answer.body.unprotectedCopy, as: UTF8.self) == #"{"error":"GasLimitOutOfRange","value":"007"}"#)
    #expect(answer.report.run.trap == .gasLimitOutOfRange)
    #expect(answer.report.gasLimit == nil && answer.report.seed == nil && answer.report.run.figures.gasUsed == 0)
    #expect(answer.report.responseHash == Hash256(of: answer.body))
  }
}
