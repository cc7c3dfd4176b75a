import TestSupport
import Testing

/// A system that gives no threads: an error that says so, or no thread is needed. Never a crash, and never a wait without
/// end. A new thread's stack is made larger than the address space, so the system says EAGAIN, to root as well.
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
