import Host
import OperatingSystem
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// Requests with classified data on a host without a key. They run, and only the fact that they ran is recorded.
@Suite struct WithheldRecordTests {
  @Test func withoutAKeyNothingIsKept() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.payment, key: nil)
    let answer = try office.answer(ClassifiedOffice.request)
    #expect(answer.report.run.outcome == "value" && answer.report.journal == .withheld)
    let report = String(decoding: answer.report.json.bytes(), as: UTF8.self)
    #expect(report.contains(#""journal":"none: classified data and no host key""#))
    #expect(
      try office.files(
        with: office.needles(ClassifiedOffice.request, answer, ClassifiedOffice.values[0], ClassifiedOffice.values[1]))
        == [])
    #expect(try office.file.takeReader().rows("SELECT count(*) FROM notes") == [[.integer(1)]], "it is committed")
    #expect(
      try office.file.takeReader().rows("SELECT protection, input, response, outcome FROM mqjs_requests")
        == [[.text("withheld"), .null, .null, .text("value")]])
    let log = try office.auditText
    #expect(log.contains(#""inputHmacSha256":null"#) && log.contains(#""responseHmacSha256":null"#))
    #expect(log.contains(#""classified":true"#) && log.contains(#""hostKey":null"#))
    #expect(!log.contains("Sha256\":\"\(Hash256(of: Array(ClassifiedOffice.request.utf8)).hex)"))
    let result = try #require(try office.replay(nil).first)
    #expect(result.isWithheld && result.divergences == [])
    // The input can't be compared, so the seed is not used again, whatever key the host has later.
    for key in [nil, HostKey()] {
      let refusal = #expect(throws: HostError.self) { try office.answer(ClassifiedOffice.request, key: .some(key)) }
      guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
      #expect(reuse.cause == .unknownInput)
    }
    #expect(office.courier.sent.withLock { $0 } == 1)
  }

  @Test func aClassifiedResultWithoutAKeyIsWithheld() throws {
    let office = try ClassifiedOffice(ClassifiedOffice.fetching, key: nil)
    let answer = try office.answer("{}", isClassified: false)
    #expect(answer.report.journal == .withheld)
    #expect(
      try office.files(with: office.needles("nothing", answer, ClassifiedOffice.values[0], ClassifiedOffice.values[2]))
        == [])
    #expect(try office.replay(nil).map(\.isWithheld) == [true])
  }

  /// An irrevocable call is not made twice, although nothing is known about it except that it was made.
  @Test(arguments: [true, false])
  func callsAreNotRepeatedWithoutAKey(isClassified: Bool) throws {
    let office = try ClassifiedOffice(ClassifiedOffice.trapped, key: nil)
    #expect(throws: HostError.self) { try office.answer("{}", isClassified: isClassified) }
    office.trap.isSet.withLock { $0 = false }
    if isClassified {
      // The inputs can't be compared.
      let refusal = #expect(throws: HostError.self) { try office.answer("{}") }
      guard case .seedReuse(let reuse) = refusal else { Issue.record("no SeedReuse"); return }
      #expect(reuse.cause == .unknownInput)
    } else {
      let again = try office.answer("{}", isClassified: false)
      #expect(again.report.effects.first?.outcome == "OutcomeUnknown")
    }
    #expect(office.courier.sent.withLock { $0 } == 2)
  }
}
