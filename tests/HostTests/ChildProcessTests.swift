import Foundation
import TestSupport
import Testing

/// Processes that a test starts end with the test.
@Suite struct ChildProcessTests {
  private struct Failure: Error {}

  /// Whether a process with this id exists and has not been reaped.
  private func exists(_ id: Int32) -> Bool { FileManager.default.fileExists(atPath: "/proc/\(id)/stat") }

  @Test func aServerEndsWithTheTestThatStartedIt() throws {
    var id: Int32 = 0
    func test(fails: Bool) throws {
      let server = try LoopbackServer(in: try Workspace())
      id = server.processID
      #expect(exists(id))
      if fails { throw Failure() }
      #expect(server.requests == [])
    }
    try test(fails: false)
    #expect(!exists(id))
    #expect(throws: Failure.self) { try test(fails: true) }
    #expect(!exists(id))
  }

  @Test func aProcessThatIgnoresSignalsEndsWithWhatItHasStarted() throws {
    let folder = try Workspace()
    let script = "trap '' TERM INT HUP; sleep 600 & echo $! > new; mv new ready; wait"
    let process = try ChildProcess("sh", ["-c", script], in: folder.folder)
    while !FileManager.default.fileExists(atPath: folder("ready")) { usleep(10_000) }
    let text = String(decoding: try folder.read("ready"), as: UTF8.self).filter(\.isNumber)
    let sleeper = try #require(Int32(text))
    #expect(exists(sleeper))
    process.end()
    #expect(!exists(process.id) && !process.isRunning)
    // The process that inherits the sleeper may leave it as a zombie for a moment.
    while isAlive(sleeper) { usleep(10_000) }
  }

  /// Whether a process with this id exists and is not a zombie.
  private func isAlive(_ id: Int32) -> Bool {
    let state = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8))?.split(separator: ")").last
    return state.map { !$0.hasPrefix(" Z") && !$0.hasPrefix(" X") } ?? false
  }
}
