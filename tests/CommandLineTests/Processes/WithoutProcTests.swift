import Foundation
import TestSupport
import Testing

/// Both commands in a root folder without `/proc`, where Swift's own argument list is empty.
@Suite struct WithoutProcTests {
  private static let runtime = Products.deployed.appending(path: "mqjs-runtime").path

  /// Runs a shell command in a root folder that has all of this machine's files, but an empty `/proc`.
  private func run(_ tool: Tool, _ line: String) throws -> Ending {
    let script = """
      set -e
      mkdir -p root
      mount --bind / root
      for folder in "$PWD" "$1" "$2"; do mkdir -p "root$folder"; mount --bind "$folder" "root$folder"; done
      [ ! -e root/proc/self ] || { echo "root/proc is not empty"; exit 99; }
      exec chroot root sh -c "cd '$PWD' && $3"
      """
    let folders = [Products.folder.path, Products.deployed.path]
    // Users other than root become root in their own user namespace, if the system allows it.
    let options = geteuid() == 0 ? ["--mount"] : ["--mount", "--map-root-user"]
    return try tool.folder.run(
      "unshare", options + ["--propagation", "private", "sh", "-c", script, "sh"] + folders + [line])
  }

  @Test func theCommandHasItsArguments() throws {
    let tool = try Tool()
    try tool.release(RuntimeTests.source)
    try tool.write(#"{"n":5}"#, to: "request.json")
    expect(try run(tool, "\(Tool.path) eval 1+1"), .done, output: "2\n")
    expect(
      try run(tool, "\(Tool.path) run app.msqs --key key.pub.pem --request request.json"), .done, output: "{\"n\":2}\n")
    expect(try run(tool, "\(Tool.path) verify app.msqs --key key.pub.pem"), .done)
    expect(try run(tool, Tool.path), .usage, output: "", says: "no subcommand was given")
    try tool.folder.write(try tool.folder.read("app.msqs") + [0], to: "app.msqs")
    expect(
      try run(tool, "\(Tool.path) verify app.msqs --key key.pub.pem"), .refused, output: "",
      says: "does not belong to this file")
  }

  @Test func theRuntimeHasItsArguments() throws {
    let tool = try Tool()
    try tool.release(RuntimeTests.source)
    try tool.write(#"{"n":5}"#, to: "request.json")
    let line = "\(Self.runtime) app.msqs key.pub.pem id"
    expect(try run(tool, "\(line) < request.json"), .done, output: #"{"n":2}"#)
    expect(try run(tool, Self.runtime), .usage, output: "", says: "a snapshot and a key are needed")
    try tool.folder.write(try tool.folder.read("app.msqs") + [0], to: "app.msqs")
    expect(try run(tool, "\(line) < request.json"), .refused, output: "", says: "does not belong to this file")
  }

  /// A process can be started without even a name, or with arguments that are not UTF-8.
  @Test func missingAndMalformedArgumentsAreRefused() throws {
    let tool = try Tool()
    let script = """
      import ctypes, os, sys
      library = ctypes.CDLL(None)
      arguments = [os.fsencode(text) for text in sys.argv[2:]]
      array = (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None)
      library.execv(sys.argv[1].encode(), array)
      """
    func start(_ program: String, _ arguments: [String], _ environment: [String: String] = [:]) throws -> Ending {
      // The shell makes the bytes that are not UTF-8, and Python passes them on unchanged.
      try tool.folder.run(
        "sh", ["-c", #"a=$(printf '\377'); exec python3 -c "$0" "$@" ${ID+"$a$ID"}"#, script, program] + arguments,
        environment: environment)
    }
    for program in [Tool.path, Self.runtime] {
      // The kernel replaces an empty argument list with one empty name.
      let ending = try start(program, [])
      #expect(!ending.wasKilled && [2, 70].contains(ending.status), "\(ending)")
      expect(try start(program, ["name"], ["ID": "x"]), .usage, output: "", says: "argument 1 (\u{fffd}x) is not UTF-8")
    }
  }

  @Test func aMalformedEnvironmentIsRefused() throws {
    let tool = try Tool()
    let line = #"MTP_GAS_LIMIT=$(printf '1\377') exec "$0" eval 1"#
    expect(
      try tool.folder.run("sh", ["-c", line, Tool.path]), .usage, output: "",
      says: "environment variable MTP_GAS_LIMIT")
  }
}
