import ArgumentParser
import CommandSupport
import Host
import OperatingSystem
import SQLite
import Snapshot

/// `mqjs audit`
struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Inspects audit logs.", subcommands: [Verify.self])
}

extension Audit {
  /// `mqjs audit verify`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks the hash chain of an audit log, and the signatures of its checkpoints.",
      discussion: """
        Every line contains the hash of the line before it, so a line that was changed, removed, inserted or moved is \
        found and reported. Someone who can write the file could build a new chain, but cannot forge the signatures. A \
        line is anchored if a verified checkpoint comes after it. Lines after the last checkpoint are not anchored; \
        without --key, no line is. There, a truncated end cannot be detected.

        Every finished request is in the journal, and its audit line says where. With --journal, the command checks \
        that the journal still has these records.

        Exit status: 0 nothing was found; 3 something was found, or no checkpoint is signed with the key.

        Examples:
          mqjs audit verify audit.log --key audit.pub.pem
          mqjs audit verify audit.log --key audit.pub.pem --journal app.db
        """)

    @Argument(help: ArgumentHelp("The audit log.", valueName: "file"), completion: .file())
    var file: String

    @Option(
      help: ArgumentHelp("The public key of the checkpoints.", valueName: "pub.pem"),
      completion: .file(extensions: ["pem"]))
    var key: String?

    @Option(
      help: ArgumentHelp("The journal of the same host.", valueName: "file"), completion: .file())
    var journal: String?

    func run() throws {
      let key = try key.map { try VerifyingKey(readingFrom: $0) }
      var verification = AuditVerification(key: key)
      try SystemFile.forEachLine(of: file, lineLimit: 1 << 30) { verification.read($0, isComplete: $1) }
      verification.finish()
      try Console.put(table: rows(for: verification))
      let lost = try journal.map { try verification.findings(against: JournalReader(DatabaseFile($0, .reading))) } ?? []
      for finding in verification.findings + lost {
        Console.say(line: "\(file):\(finding.line): \(Console.styled("found:", .error)) \(finding.message)")
      }
      let unnamed = verification.findingCount - verification.findings.count
      if unnamed > 0 { Console.say(line: "\(file): \(Console.styled("found:", .error)) \(unnamed) more") }
      // A user who gives a key expects anchored lines. It is a finding if there are none.
      let isUnanchored = key != nil && verification.verifiedCheckpointCount == 0
      if isUnanchored {
        let what = "no checkpoint is signed with the given key, so no line is anchored"
        Console.say(line: "\(file): \(Console.styled("found:", .error)) \(what)")
      }
      if isUnanchored || !verification.findings.isEmpty || !lost.isEmpty {
        throw ExitStatusReached(status: .refused)
      }
    }

    private func rows(for verification: AuditVerification) -> [(name: String, value: String)] {
      let count = verification.lineCount
      var rows = [
        ("audit log", file), ("lines", "\(count)"),
        ("chain", verification.isChainWhole ? "whole" : "broken"),
        ("checkpoints", key == nil ? "not checked: no --key" : "\(verification.verifiedCheckpointCount) verified"),
        ("anchored", verification.anchoredLine == 0 ? "no line" : "lines 1 to \(verification.anchoredLine)"),
        ("not anchored", "\(count - verification.anchoredLine) lines"),
      ]
      if verification.accountedTornLineCount > 0 {
        rows.append(
          ("torn lines", "\(verification.accountedTornLineCount), each accounted for by the record after it"))
      }
      if let bytes = verification.tornByteCount {
        rows.append(("torn", "line \(count): \(bytes) bytes without a line end, as after a crash"))
      }
      if !verification.unfinishedRequests.isEmpty {
        rows.append(("without end", verification.unfinishedRequests.joined(separator: " ")))
      }
      return rows
    }
  }
}
