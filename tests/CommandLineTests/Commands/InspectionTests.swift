import TestSupport
import Testing

/// `mqjs inspect` and `mqjs disasm`: the contents of a snapshot, without running it.
@Suite struct InspectionTests {
  static let source =
    "import {rate} from './rate.js';\nexport default function (order) { return order.net * rate / 100; }\n"

  private func release() throws -> Tool {
    let tool = try Tool()
    try tool.write("export const rate = 19;\n", to: "rate.js")
    try tool.release(Self.source)
    return tool
  }

  @Test func inspectShowsTheContentsAsText() throws {
    let tool = try release()
    let ending = try tool("inspect", "app.msqs")
    expect(ending, .done)
    let hash = try tool.folder.openssl("dgst -sha256 -r app.msqs").split(separator: " ")[0]
    for part in ["app.js", "rate.js", "handler", "manifest", "constants", "not verified here", String(hash)] {
      #expect(ending.output.contains(part), "\(part)")
    }
  }

  @Test func inspectGivesTheContentsAsJSON() throws {
    let tool = try release()
    let ending = try tool("inspect", "app.msqs", "--format", "json")
    expect(ending, .done)
    let script = """
      import hashlib, json, sys
      contents, file = json.load(sys.stdin), open("app.msqs", "rb").read()
      sha256 = lambda bytes: hashlib.sha256(bytes).hexdigest()
      assert contents["byteCount"] == len(file) and contents["sha256"] == sha256(file)
      assert contents["gasSchedule"] == file[16:48].hex() and contents["handler"] and contents["signed"]
      for section in contents["sections"]:
        part = file[section["offset"]:section["offset"] + section["byteCount"]]
        assert section["sha256"] == sha256(part), section
      assert len(contents["sections"]) == 8
      for source in contents["sources"]:
        assert source["sha256"] == sha256(open(source["path"], "rb").read()), source
      assert {s["path"] for s in contents["sources"]} == {"app.js", "rate.js"}
      """
    expect(try tool.folder.run("python3", ["-c", script], input: ending.output), .done)
  }

  @Test func sourceAndSnapshotDisassembleTheSame() throws {
    let tool = try release()
    let listing = try tool("disasm", "app.js")
    expect(listing, .done)
    #expect(listing.output.contains("function 0"))
    #expect(listing.output.contains("app.js:2"))
    expect(try tool("disasm", "app.msqs"), .done, output: listing.output)
  }

  @Test func otherFilesAreRefused() throws {
    let tool = try Tool()
    try tool.write("hello", to: "app.msqs")
    for command in ["inspect", "disasm"] {
      expect(try tool(command, "app.msqs"), .refused, output: "", says: "is not a snapshot")
    }
  }

  /// Whatever a file contains, inspecting it neither crashes nor runs it.
  @Test func damagedSnapshotsDoNotCrashTheCommand() throws {
    let tool = try release()
    let content = try tool.folder.read("app.msqs")
    for step in 0..<40 {
      var damaged = content
      damaged[step * (content.count - 1) / 39] ^= 0xff
      try tool.folder.write(damaged, to: "damaged.msqs")
      for command in ["inspect", "disasm"] {
        let ending = try tool(command, "damaged.msqs")
        #expect(!ending.wasKilled && [0, 3].contains(ending.status), "byte \(step): \(ending)")
      }
    }
  }
}
