import Foundation
import TestSupport
import Testing

/// How commands read a program: its files, and the errors in it.
@Suite struct ProgramFileTests {
  /// Nothing of these files is shown.
  @Test(
    arguments: [
      ("./link.js", "MQ5018", "it is a symbolic link, not a regular file"),
      ("./out/other.js", "MQ5018", "it is a symbolic link"),
      ("./pipe.js", "MQ5018", "it is a pipe, not a regular file"), ("./folder.js", "MQ5018", "it is a folder"),
      ("./huge.js", "MQ5018", "it has more than 4194304 bytes"), ("./lib.js\\0.js", "MQ5010", "there is no file"),
      ("../other.js", "MQ5009", "leads out of the folder"),
      ("/etc/passwd", "MQ5008", "must begin with `./`"),
    ])
  func importsOfForeignFilesAreRefused(path: String, code: String, message: String) throws {
    let tool = try Tool()
    let script = """
      mkdir app app/folder.js && echo SECRET > other.js && ln -s ../other.js app/link.js && ln -s .. app/out && \
      mkfifo app/pipe.js && truncate -s 1T app/huge.js && echo 'export const a = 1' > app/lib.js
      """
    expect(try tool.folder.run("sh", ["-c", script]), .done)
    try tool.write("import {a} from '\(path)'; a", to: "app/main.js")
    for command in [["check", "app/main.js"], ["build", "app/main.js", "-o", "a.msqs"], ["run", "app/main.js"]] {
      let ending = try tool.folder.run(Tool.path, command)
      expect(ending, .usage, output: "", says: "error[\(code)]: ")
      #expect(ending.errorOutput.contains(message), "\(ending)")
      #expect(!ending.errorOutput.contains("SECRET"))
    }
  }

  /// Pipes, devices and folders are refused. Standard input and descriptors are read.
  @Test func specialFilesAreNotWaitedFor() throws {
    let tool = try Tool()
    expect(try tool.folder.run("mkfifo", ["pipe"]), .done)
    try tool.write("export default function (request) { return request }", to: "app.js")
    for (path, kind) in [("pipe", "a pipe"), ("/dev/zero", "a device"), (".", "a folder")] {
      let message = "error: \(path): is \(kind), not a regular file\n"
      expect(try tool("check", path), .usage, output: "", says: message)
      expect(try tool("run", "app.js", "--request", path), .usage, output: "", says: message)
      expect(try tool("verify", path, "--key", path), .usage, output: "", says: message)
    }
    let path = Tool.path
    for request in ["-", "/dev/stdin", "<(echo '[1]')"] {
      let line = "echo '[1]' | \(path) run app.js --request \(request)"
      expect(try tool.folder.run("bash", ["-c", line]), .done, output: "[1]\n")
    }
    expect(try tool.folder.run("bash", ["-c", "\(path) check <(echo 1)"]), .done)
  }

  /// Including the limits of the image format.
  @Test(
    arguments: [
      ("MQ6001", "const a = [1]; [" + String(repeating: "...a, ", count: 65) + "]"),
      ("MQ6002", "const f = (...xs) => xs; f(" + String(repeating: "0, ", count: 201) + ")"),
      ("MQ6003", "const f = (x) => {" + (0...1000).map { "const a\($0) = x; " }.joined() + "return x }; f(1)"),
      ("MQ6004", (0...65_000).map { "const f\($0) = () => 0;\n" }.joined() + "1"),
      ("MQ6005", "({" + CollidingNames.names(40, slot: 7).map { "\($0): 1, " }.joined() + "})"),
      ("MQ5019", "export default function (a, b) { return a }"), ("MQ5020", "export default function (a) {}"),
    ])
  func checkFindsWhatBuildFinds(code: String, source: String) throws {
    let tool = try Tool()
    try tool.write(source, to: "app.js")
    let build = try tool("build", "app.js", "-o", "a.msqs")
    expect(build, .usage, output: "", says: "error[\(code)]: ")
    let check = try tool("check", "app.js")
    expect(check, .usage, output: "", says: "error[\(code)]: ")
    #expect(check.errorOutput == build.errorOutput)
    let json = try tool("check", "--format", "json", "app.js")
    expect(json, .usage)
    #expect(json.output.hasPrefix("[{\"code\":\"\(code)\","))
  }

  /// Whichever command processes the program.
  @Test func aWarningIsGivenOnce() throws {
    let tool = try Tool()
    try tool.write("const r = {push: (x) => x}; r.push(1)", to: "app.js")
    for command in [
      ["check", "app.js"], ["run", "app.js"], ["profile", "app.js"], ["build", "app.js", "-o", "a.msqs"],
      ["run", "app.js", "--reference"],
    ] {
      let ending = try tool.folder.run(Tool.path, command)
      #expect(ending.status == 0)
      #expect(ending.errorOutput.components(separatedBy: "warning[MQ9001]").count == 2, "\(ending)")
    }
  }
}
