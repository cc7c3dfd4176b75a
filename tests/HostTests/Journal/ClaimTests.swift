import EffectsSQLite
import Foundation
import Host
import SQLite
import Snapshot
import Synchronization
import TestSupport
import Testing

/// Concurrent deliveries of one request. One of them runs, and the others wait for its answer.
@Suite struct ClaimTests {
  /// Handlers with irrevocable calls: one call, two calls, and one after a write that locks the database.
  static let senders = [
    #"export default function (request) { return Courier.send("first") }"#,
    #"export default function (request) { return [Courier.send("first"), Courier.send("second")] }"#,
    """
    export default function (request) {
      DbWrite.execute("INSERT INTO notes VALUES (?)", ["booked"])
      return Courier.send("first")
    }
    """,
  ]

  @Test(arguments: senders)
  func fiftyThreadsSendOnce(source: String) throws {
    let office = try Office()
    let host = try office.host(source)
    office.courier.onTheWay.withLock { $0 = { _ in usleep(20_000) } }
    let bodies = Mutex<Set<String>>([])
    try onThreads(50) { _ in
      let text = body(try answer(host, "1"))
      bodies.withLock { _ = $0.insert(text) }
    }
    #expect(bodies.withLock { $0.count } == 1)
    let sent = office.courier.sent.withLock { $0 }
    #expect(sent == (source.contains("second") ? ["first", "second"] : ["first"]))
    #expect(try office.notes().count == (source.contains("booked") ? 1 : 0))
    let kinds = try office.auditKinds().filter { $0 != "checkpoint" }
    #expect(kinds == ["start", "end"] + Array(repeating: "repeated", count: 49))
  }

  /// While one request waits for its courier, the host answers another one.
  @Test func anotherRequestIsNotHeldUp() throws {
    let office = try Office()
    let host = try office.host(#"export default function (request) { return Courier.send(request) }"#)
    let (isUnderWay, mayArrive) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    office.courier.onTheWay.withLock {
      $0 = { parcel in
        guard parcel == "slow" else { return }
        isUnderWay.signal()
        mayArrive.wait()
      }
    }
    try onThreads(2) { thread in
      if thread == 0 {
        _ = try answer(host, #""slow""#, id: "s")
      } else {
        isUnderWay.wait()
        defer { mayArrive.signal() }
        _ = try answer(host, #""quick""#, id: "q")
      }
    }
    #expect(office.courier.sent.withLock { $0 } == ["slow", "quick"])
  }

  /// A delivery that has waited for too long is refused, and nothing runs for it. A later delivery gets the answer.
  @Test func waitingHasAnEnd() throws {
    let office = try Office()
    let host = try office.host(Self.senders[0], claimTimeout: 100)
    let (isUnderWay, mayArrive) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    office.courier.onTheWay.withLock {
      $0 = { _ in
        isUnderWay.signal()
        mayArrive.wait()
      }
    }
    try onThreads(2) { thread in
      if thread == 0 {
        _ = try answer(host, "1")
      } else {
        isUnderWay.wait()
        defer { mayArrive.signal() }
        #expect(throws: HostError.requestInProgress(RequestInProgress(requestID: "r", waited: 100))) {
          try answer(host, "1")
        }
      }
    }
    #expect(body(try answer(host, "1")) == #"{"Ok":{"number":1}}"#)
    #expect(office.courier.sent.withLock { $0 } == ["first"])
    #expect(try office.auditKinds() == ["start", "refusal", "end", "repeated"])
    #expect(try office.auditText.contains(#""error":"RequestInProgress""#))
  }

  /// Without its file, a claim does not stop other deliveries, so a run that has lost its claim neither sends nor
  /// commits.
  @Test func aClaimThatWasTakenAwayEndsTheRun() throws {
    let office = try Office()
    let host = try office.host(Self.senders[1] + "\n// loses its claim")
    let claims = office.file.path + "-claims"
    office.courier.onTheWay.withLock { $0 = { _ in try? FileManager.default.removeItem(atPath: claims) } }
    let fault = HostFault("journal \(claims): was removed or replaced while a request was answered")
    #expect(throws: HostError.fault(fault)) { try answer(host, "1") }
    #expect(office.courier.sent.withLock { $0 } == ["first"])
    #expect(try office.file.takeReader().rows("SELECT count(*) FROM mqjs_requests") == [[.integer(0)]])
    office.courier.onTheWay.withLock { $0 = { _ in } }
    #expect(body(try answer(host, "1")) == #"[{"Ok":{"number":1}},{"Ok":{"number":2}}]"#)
    #expect(office.courier.sent.withLock { $0 } == ["first", "second"])
  }
}
