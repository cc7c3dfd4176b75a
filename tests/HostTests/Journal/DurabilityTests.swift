import FaultInjection
import Host
import SQLite
import Synchronization
import TestSupport
import Testing

/// What is on disk at which moment: the files that the system is asked to write out, by their names.
@Suite struct DurabilityTests {
  private static let handler = """
    export default function (request) {
      DbWrite.execute("INSERT INTO notes VALUES (?)", ["x"])
      return Courier.send("parcel")
    }
    """

  /// The names of the files that this thread has synchronised since `fault_record_syncs`.
  private static var synced: [String] {
    var names: [String] = []
    while let path = unsafe fault_synced(Int32(names.count)) {
      names.append(String(unsafe String(cString: path).split(separator: "/").last ?? ""))
    }
    return names
  }

  /// Before an irrevocable call is made, the intent to make it is on disk. Before the answer is given, its record is,
  /// with the program's writes.
  @Test func intentsComeBeforeCallsAndRecordsBeforeAnswers() throws {
    let office = try Office()
    let host = try office.host(Self.handler)
    _ = try answer(host, "1", id: "before")
    let whenCalled = Mutex<[String]>([])
    office.courier.onTheWay.withLock { $0 = { _ in whenCalled.withLock { $0 = Self.synced } } }
    fault_record_syncs()
    _ = try answer(host, "1", id: "r")
    let calls = whenCalled.withLock { $0 }
    #expect(calls.contains("office.db-intents"), "\(calls)")
    let after = Array(Self.synced.dropFirst(calls.count))
    #expect(after.contains("office.db-wal"), "\(after)")
    #expect(after.contains("audit.log"), "\(after)")
  }
}
