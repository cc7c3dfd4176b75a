import EffectsSQLite
import Host
import OperatingSystem
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// The identity of a request consists of its account and id. Its seed alone does not identify it, nor does the snapshot
/// that answers it.
@Suite struct IdentityTests {
  private static let sender = #"export default function (request) { return Courier.send("parcel") }"#
  private static let newer = sender + "\n// another snapshot\nexport const version = 2"

  private func expectReuse(
    _ cause: SeedReuse.Cause, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Answer
  ) {
    let error = #expect(throws: HostError.self, sourceLocation: sourceLocation) { try body() }
    guard case .seedReuse(let reuse) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "no error") instead of SeedReuse", sourceLocation: sourceLocation)
      return
    }
    #expect(reuse.cause == cause, sourceLocation: sourceLocation)
  }

  // MARK: - One seed, two requests

  /// `7` of account `12345678901` and `71` of account `2345678901` have the same seed.
  @Test func aSeedIsNotAnIdentity() throws {
    let office = try Office()
    let host = try office.host(Self.sender)
    #expect(body(try answer(host, "1", id: "7", account: "12345678901")) == #"{"Ok":{"number":1}}"#)
    expectReuse(.otherRequest) { try answer(host, "1", id: "71", account: "2345678901") }
    #expect(office.courier.sent.withLock { $0.count } == 1)
    #expect(try office.auditText.contains(#""error":"SeedReuse""#))
    // The answered request keeps its answer, and another id is another request.
    #expect(body(try answer(host, "1", id: "7", account: "12345678901")) == #"{"Ok":{"number":1}}"#)
    #expect(body(try answer(host, "1", id: "72", account: "2345678901")) == #"{"Ok":{"number":2}}"#)
  }

  /// The same holds if the first request was lost, and if there is no journal.
  @Test func aSeedIsNotAnIdentityOfLostOrUnrecordedRequests() throws {
    let office = try Office()
    let host = try office.host(Self.sender)
    office.courier.dies.withLock { $0 = true }
    #expect(throws: HostError.self) { try answer(host, "1", id: "7", account: "12345678901") }
    office.courier.dies.withLock { $0 = false }
    expectReuse(.otherRequest) { try answer(host, "1", id: "71", account: "2345678901") }
    #expect(office.courier.sent.withLock { $0.count } == 1)

    let unrecorded = try RequestHost(
      pool: try Office.pool("export default function (r) { return Uuid.v4() }"), grants: office.grants)
    _ = try answer(unrecorded, "1", id: "7", account: "12345678901")
    _ = try answer(unrecorded, "1", id: "7", account: "12345678901")
    expectReuse(.otherRequest) { try answer(unrecorded, "1", id: "71", account: "2345678901") }
    expectReuse(.otherInput) { try answer(unrecorded, "2", id: "7", account: "12345678901") }
    expectReuse(.otherInput) { try answer(unrecorded, "2", id: "7", account: "12345678901", gasLimit: "5000") }

    let sending = try RequestHost(pool: try Office.pool(Self.sender), grants: office.grants)
    _ = try answer(sending, "1")
    expectReuse(.unrecorded) { try answer(sending, "1", gasLimit: "5000") }
    #expect(office.courier.sent.withLock { $0.count } == 2)
  }

  /// Two ids that look alike, composed and decomposed, are different requests.
  @Test func idsAreBytes() throws {
    let office = try Office()
    let host = try office.host(Self.sender)
    for id in ["caf\u{e9}", "cafe\u{301}"] { _ = try answer(host, "1", id: id) }
    #expect(office.courier.sent.withLock { $0.count } == 2)
  }

  // MARK: - One request, two seeds

  /// An answered request keeps its answer when it is repeated after a release, or with another gas limit.
  @Test func aReleaseDoesNotRunARequestAgain() throws {
    let office = try Office()
    let first = try answer(try office.host(Self.sender), "1")
    let host = try office.host(Self.newer)
    for again in [try answer(host, "1"), try answer(host, "1", gasLimit: "5000")] {
      #expect(again.body == first.body && again.report == first.report)
    }
    let line = try #require(office.auditText.split(separator: "\n").last)
    #expect(line.contains(#""answeredBySnapshotSha256":"\#(first.report.snapshotHash.hex)""#))
    #expect(line.contains(#""snapshotSha256":"\#(host.pool.contentHash.hex)""#))
    expectReuse(.otherInput) { try answer(host, "2") }
    #expect(office.courier.sent.withLock { $0.count } == 1)
  }

  @Test func aNewAttemptRunsOnAnotherSeedAlone() throws {
    let office = try Office()
    let first = try answer(try office.host(Self.sender), "1")
    let host = try office.host(Self.newer)
    let again = try answer(try office.host(Self.sender), "1", isNewAttempt: true)
    #expect(again.body == first.body, "the seed is the same, and is not used twice")
    #expect(body(try answer(host, "2", isNewAttempt: true)) == #"{"Ok":{"number":2}}"#)
    #expect(try office.auditText.contains(#""newAttempt":true"#))
    // From now on, the last attempt is the answer, and only its input is accepted.
    #expect(body(try answer(host, "2", gasLimit: "5000")) == #"{"Ok":{"number":2}}"#)
    #expect(office.courier.sent.withLock { $0.count } == 2)
  }

  // MARK: - Lost requests under another snapshot

  /// Another snapshot does not repeat calls of a lost run. Their known outcomes are used.
  @Test func aReleaseDoesNotSendAgain() throws {
    let office = try Office()
    let source = #"export default function (request) { return [Courier.send("a"), Courier.send("b")] }"#
    office.courier.onTheWay.withLock { [dies = office.courier] in
      $0 = { parcel in dies.dies.withLock { $0 = parcel == "b" } }
    }
    #expect(throws: HostError.self) { try answer(try office.host(source), "1") }
    office.courier.onTheWay.withLock { $0 = { _ in } }
    office.courier.dies.withLock { $0 = false }
    // This program first makes other calls, which change nothing outside, and ends with a new call.
    let newer = try office.host(
      """
      export default function (request) {
        Clock.now(); Uuid.v4()
        const results = [Courier.send("a"), Courier.send("b"), Courier.send("c")]
        return results.map(result => Result.isOk(result) ? result.Ok.number : result.Err.code)
      }
      """)
    #expect(body(try answer(newer, "1")) == #"[1,"OutcomeUnknown",3]"#)
    #expect(office.courier.sent.withLock { $0 } == ["a", "b", "c"])
    expectReuse(.otherInput) { try answer(newer, "2") }
  }

  /// A run whose calls differ from those of the lost run sends nothing more, because any of them might be the one that
  /// was made.
  @Test(arguments: [
    #"[Courier.send("b"), Courier.send("a")]"#, #"[Courier.send("a2"), Courier.send("a"), Courier.send("b")]"#,
  ])
  func aRunThatGoesAnotherWaySendsNothing(calls: String) throws {
    let office = try Office()
    office.courier.dies.withLock { $0 = true }
    #expect(throws: HostError.self) {
      try answer(try office.host(#"export default function (r) { return Courier.send("a") }"#), "1")
    }
    office.courier.dies.withLock { $0 = false }
    let host = try office.host("export default function (request) { return \(calls).map(r => r.Err.code) }")
    let codes = try answer(host, "1").report.effects.map(\.outcome)
    #expect(codes.allSatisfy { $0 == "OutcomeUnknown" } && codes.count >= 2)
    #expect(office.courier.sent.withLock { $0 } == ["a"])
  }

  /// A new attempt forgets the calls of a lost run under another seed. That is its purpose.
  @Test func aNewAttemptForgetsALostRun() throws {
    let office = try Office()
    office.courier.dies.withLock { $0 = true }
    #expect(throws: HostError.self) { try answer(try office.host(Self.sender), "1") }
    office.courier.dies.withLock { $0 = false }
    expectReuse(.otherInput) { try answer(try office.host(Self.newer), "2") }
    #expect(body(try answer(try office.host(Self.newer), "2", isNewAttempt: true)) == #"{"Ok":{"number":2}}"#)
    // Under its own seed, the lost run is not forgotten: the request already has an answer, to another input.
    expectReuse(.otherInput) { try answer(try office.host(Self.sender), "1") }
    #expect(office.courier.sent.withLock { $0.count } == 2)
  }

  /// A run under one seed takes over the calls of a run under another one. A new attempt under the same seed does not
  /// forget them.
  @Test func aNewAttemptKeepsWhatItsOwnSeedHasBegun() throws {
    let office = try Office()
    let source = #"export default function (r) { return [Courier.send("a"), Courier.send("b")].map(Result.isOk) }"#
    let deaths = Mutex(["a", "b"])
    office.courier.onTheWay.withLock { [courier = office.courier] in
      $0 = { parcel in
        let isDeadly = deaths.withLock { $0.first == parcel && !$0.removeFirst().isEmpty }
        courier.dies.withLock { $0 = isDeadly }
      }
    }
    #expect(throws: HostError.self) { try answer(try office.host(source), "1") }
    #expect(throws: HostError.self) { try answer(try office.host(source + "\n// later"), "1") }
    #expect(office.courier.sent.withLock { $0 } == ["a", "b"])
    let again = try answer(try office.host(source + "\n// later"), "1", isNewAttempt: true)
    #expect(again.report.effects.map(\.outcome) == ["OutcomeUnknown", "OutcomeUnknown"])
    #expect(office.courier.sent.withLock { $0 } == ["a", "b"])
  }

  /// Attempts alternate between two snapshots, and finally the journal loses the record. The tombstone is still there.
  @Test func anAnsweredAttemptLeavesATombstone() throws {
    let office = try Office()
    let (first, second) = (try office.host(Self.sender), try office.host(Self.newer))
    office.courier.dies.withLock { $0 = true }
    #expect(throws: HostError.self) { try answer(first, "1") }
    #expect(throws: HostError.self) { try answer(second, "1", isNewAttempt: true) }
    office.courier.dies.withLock { $0 = false }
    _ = try answer(first, "1", isNewAttempt: true)
    try office.file.takeWriter().execute("DELETE FROM mqjs_calls; DELETE FROM mqjs_requests")
    for host in [first, second] {
      let error = #expect(throws: HostError.self) { try answer(host, "1") }
      guard case .unusableJournal(let defect) = error else { Issue.record("no defect"); continue }
      #expect(defect.kind == .lostRequest(requestID: "r"))
    }
  }
}
