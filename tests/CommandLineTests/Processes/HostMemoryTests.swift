import TestSupport
import Testing

/// The memory that a host uses for the effects of a request, in addition to the machine's memory (docs/memory.md).
@Suite struct HostMemoryTests {
  /// Runs a program, checks its output, and returns the peak memory of the process, in MiB.
  private func peak(of body: String, grants: String..., output: String) throws -> Int {
    let tool = try Tool()
    try tool.write(
      """
      const double = (xs, n) => n === 0 ? xs : double(xs.concat(xs), n - 1);
      export default function (request) { \(body) }
      """, to: "main.js")
    let script = """
      import resource, subprocess, sys
      output = subprocess.run(sys.argv[2:], input=b"{}", stdout=subprocess.PIPE, check=True).stdout
      if output.decode().strip() != sys.argv[1]: sys.exit(output)
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
      """
    let options = [
      "--request", "-", "--gas-limit", "2000000000", "--heap-limit", "268435456", "--report", "report.json",
    ]
    let text = try tool.folder.run(
      "python3",
      ["-c", script, output, Tool.path, "run", "main.js"] + options + grants.flatMap { ["--grant", $0] }
    ).successfulOutput
    return try #require(Int(text.filter(\.isNumber)))
  }

  @Test func valuesThatAreTooManyAreNotRead() throws {
    let list = #"const xs = double([""], 21);"#
    let without = try peak(of: "\(list) return xs.length;", output: "2097152")
    let with = try peak(
      of: "\(list) return Log.info('a', xs).Err.code;", grants: "Log=log", output: #""LimitExceeded""#)
    #expect(with - without < 64)
  }

  /// The maximum number of values and bytes of a call. Passed on by `Async.await`, they are read and encoded twice.
  @Test func theLargestCallTakesBoundedMemory() throws {
    let call = """
      const call = {effect: "Log.info", args: ["x".repeat(4000000), double([""], 15)]};
      const hash = Hash.sha256({effect: "Log.info", args: []});
      """
    let without = try peak(of: "\(call) return hash.length;", output: "64")
    let with = try peak(
      of:
        "\(call) return [Log.info(...call.args).Err.code, HttpOut.post('http://127.0.0.1:9/', call.args[0]).Err.code];",
      grants: "Log=log", "HttpOut=http://127.0.0.1:9", output: #"["LimitExceeded","ConnectionFailed"]"#)
    #expect(with - without < 64)
  }

  @Test func anyNumberOfCallsTakesBoundedMemory() throws {
    let loop = "const go = n => n === 0 ? 0 : go(Result.isOk(CALL) ? n - 1 : n - 1); return go(30000);"
    let without = try peak(of: loop.replacing("CALL", with: "Ok(1)"), output: "0")
    let with = try peak(of: loop.replacing("CALL", with: "Clock.now()"), grants: "Clock", output: "0")
    #expect(with - without < 64)
  }
}
