import Foundation
import TestSupport
import Testing

/// The table of exit statuses, row by row.
@Suite struct ExitStatusTests {
  /// The rows of the second table of docs/exit-status.md.
  private static func rows() throws -> [(status: Int32, situation: String)] {
    let text = try Repository.text("docs/exit-status.md")
    guard let start = text.range(of: "| status | situation |") else { return [] }
    return text[start.upperBound...].split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return cells.count == 2 ? Int32(cells[0]).map { ($0, cells[1]) } : nil
    }
  }

  /// A program with and without effects, a snapshot, keys, an audit log and a journal.
  private static func office() throws -> Tool {
    let tool = try Tool()
    try tool.release("export default function (r) { return r; }\n")
    try tool.write("export default function (r) { Log.info('a'); return r; }\n", to: "log.js")
    try tool.write("const a = ;\n", to: "wrong.js")
    try tool.write("{}", to: "request.json")
    _ = try tool.run(
      "run app.msqs --key key.pub.pem --request request.json --request-id a --audit audit.log --journal app.db"
    )
    .successfulOutput
    return tool
  }

  /// Brings each situation about.
  private static let situations: [String: @Sendable (Tool) throws -> Ending] = [
    "a program gives a value": { try $0.run("run app.js --request request.json") },
    "a signature is verified": { try $0.run("verify app.msqs --key key.pub.pem") },
    "help is asked for": { try $0.run("run --help") },
    "a program ends in an error": { try $0.run("eval 1/0") },
    "the gas limit can't be set": { try $0.run("eval --gas-limit 0 1") },
    "no subcommand": { try $0.run("") },
    "a group of commands without its subcommand": { try $0.run("audit") },
    "an option that does not exist": { try $0.run("run app.js --moon") },
    "an argument that is not UTF-8": { try $0.run(#"eval "$(printf '\377')""#) },
    "a file that does not exist": { try $0.run("run none.js") },
    "a program that does not compile": { try $0.run("run wrong.js") },
    "a handler without a request": { try $0.run("run app.js") },
    "a capability that does not exist": { try $0.run("run app.js --request request.json --grant Moon") },
    "two options for one file": { try $0.run("run app.js --request request.json --report x --audit x") },
    "a report that can't be written": { try $0.run("run app.js --request request.json --report none/x") },
    "a log file that can't be opened": { try $0.run("run log.js --request request.json --grant Log=none/x") },
    "an audit log that can't be opened": { try $0.run("run app.js --request request.json --audit none/x") },
    "a journal that can't be opened": { try $0.run("run app.js --request request.json --journal none/x") },
    "a journal that is not a database": { tool in
      try tool.write(String(repeating: "no database ", count: 100), to: "text")
      return try tool.run("run app.js --request request.json --journal text")
    },
    "a snapshot without a key": { try $0.run("run app.msqs --request request.json") },
    "a snapshot without a signature": { try $0.run("verify request.json --key key.pub.pem") },
    "a snapshot that was changed": { tool in
      try tool.folder.write(try tool.folder.read("app.msqs") + [0], to: "app.msqs")
      return try tool.run("run app.msqs --key key.pub.pem --request request.json")
    },
    "a signature file that is too long": { tool in
      try tool.folder.write([UInt8](repeating: 0x30, count: 5000), to: "app.msqs.sig")
      return try tool.run("run app.msqs --key key.pub.pem --request request.json")
    },
    "a key of another kind": { try $0.run("verify app.msqs --key key.pem") },
    "a capability that was not granted": { try $0.run("run log.js --request request.json") },
    "a request id that was used for another input": {
      try $0.run("run app.msqs --key key.pub.pem --request app.msqs.sig --request-id a --journal app.db")
    },
    "an audit log that was changed": { tool in
      var log = try tool.folder.read("audit.log")
      log[20] ^= 1
      try tool.folder.write(log, to: "audit.log")
      return try tool.run("audit verify audit.log")
    },
    "an audit log without a checkpoint under the key": { try $0.run("audit verify audit.log --key key.pub.pem") },
    "a journal that was changed": { tool in
      let script =
        "import sqlite3; c = sqlite3.connect('app.db'); c.execute('UPDATE mqjs_requests SET gas_used = 1'); c.commit()"
      _ = try tool.folder.run("python3", ["-c", script]).successfulOutput
      return try tool.run("replay app.db --snapshot app.msqs --key key.pub.pem")
    },
    "standard output is full": { try $0.run("eval 1 > /dev/full") },
    "a report fails after the answer": { try $0.run("run app.js --request request.json --report /dev/full") },
    "a log line can't be written": { try $0.run("run log.js --request request.json --grant Log 2>/dev/full") },
  ]

  @Test func everyRowHasASituationAndEverySituationARow() throws {
    #expect(try Self.rows().map(\.situation).sorted() == Self.situations.keys.sorted())
    #expect(Set(try Self.rows().map(\.status)) == Set(Status.allCases.map(\.rawValue)))
  }

  @Test func theStatusesAreThoseOfTheTable() throws {
    for row in try Self.rows() {
      let bringAbout = try #require(Self.situations[row.situation])
      let ending = try bringAbout(try Self.office())
      #expect(!ending.wasKilled && ending.status == row.status, "\(row.situation): \(ending)")
      // Every status except 0 and 1 comes with a message, unless standard error can't be written.
      #expect(
        row.status < 2 || !ending.errorOutput.isEmpty || ending.command.contains("2>/dev/full"), "\(row.situation)")
    }
  }
}

extension Tool {
  /// Runs the command with arguments as a shell reads them.
  fileprivate func run(_ arguments: String) throws -> Ending {
    try folder.run("sh", ["-c", "exec \(Tool.path) \(arguments)"])
  }
}
