import TestSupport
import Testing

/// A system that provides no threads. A command either needs none or reports an error. It never crashes or waits
/// forever. The stack of a new thread is set larger than the address space, so the system returns EAGAIN, even to root.
@Suite struct FewThreadsTests {
  private func run(_ tool: Tool, _ arguments: String, input: String = "") throws -> Ending {
    let line = "ulimit -s 8000000 && ulimit -v 4000000 && exec timeout 60 \(Tool.path) \(arguments)"
    return try tool.folder.run("bash", ["-c", line], input: input)
  }

  @Test func mostCommandsNeedNoThreads() throws {
    let tool = try Tool()
    try tool.release(RuntimeTests.source)
    try tool.folder.openssl("req -x509 -new -key key.pem -subj /CN=signer -days 30 -out signer.pem")
    expect(try run(tool, "eval 1+1"), .done, output: "2\n")
    expect(try run(tool, "verify app.msqs --key key.pub.pem"), .done)
    expect(try run(tool, "verify app.msqs --key signer.pem --root signer.pem"), .done)
    expect(
      try run(tool, "run app.msqs --key key.pub.pem --request - --journal app.db", input: #"{"n":5}"#), .done,
      output: "{\"n\":2}\n")
    expect(try run(tool, "replay app.db --snapshot app.msqs --key key.pub.pem"), .done)
  }

  @Test func commandsThatNeedThreadsSaySo() throws {
    let tool = try Tool()
    try tool.write("export default function (r) { return HttpOut.get('http://127.0.0.1:1/'); }\n", to: "app.js")
    expect(
      try run(tool, "run app.js --request - --grant HttpOut=http://127.0.0.1:1", input: "{}"), .fault, output: "",
      says: "HttpOut: no threads are available: Resource temporarily unavailable")
    let little = "ulimit -v 700000 && exec timeout 60 \(Tool.path) eval --reference 1"
    expect(
      try tool.folder.run("bash", ["-c", little]), .fault, output: "", says: "the reference evaluator can't run")
  }
}
