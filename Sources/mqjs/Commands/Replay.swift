import ArgumentParser
import CommandSupport
import Host
import OperatingSystem
import SQLite
import Snapshot

/// `mqjs replay`
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs recorded requests again and compares.",
    discussion: """
      Runs every recorded request with the snapshot that answered it. Effects are not performed: their results come \
      from the journal, so no network and no database is needed or touched. The response, the outcome, the gas and the \
      peaks of heap and stack must equal the recorded ones. Every effect must be called as recorded: in the same \
      order, with the same arguments. Each difference is reported on standard error. If the file of intents is beside \
      the journal, the journal must still contain the last record noted there.

      Records of requests with classified data are sealed; to replay them, give the host key. Without a host key, the \
      host recorded nothing that could be run again; such requests are counted as not recorded.

      Exit status: 0 every recorded request gave the same result; 3 at least one did not, or could not be opened.

      Examples:
        mqjs replay app.db --snapshot app.msqs --key key.pub.pem
        mqjs replay app.db --snapshot app.msqs --key key.pub.pem --host-key host.key
      """)

  @Argument(help: ArgumentHelp("The journal.", valueName: "journal"), completion: .file())
  var journal: String

  @Option(
    help: ArgumentHelp("The snapshot that answered the requests.", valueName: "app.msqs"),
    completion: .file(extensions: ["msqs"]))
  var snapshot: String

  @Option(
    help: ArgumentHelp(
      "The public key that verifies the snapshot, or the signer's certificate.", valueName: "pub.pem|cert.pem"),
    completion: .file(extensions: ["pem"]))
  var key: String

  @Option(
    help: ArgumentHelp("The host key that opens records of classified data.", valueName: "file"), completion: .file())
  var hostKey: String?

  @Flag(help: "Continue even if memory for classified data can't be locked.")
  var allowUnlocked = false

  @OptionGroup(title: "Certificates") var certificates: CertificateOptions

  func run() throws {
    let trust = try certificates.trust(readingFrom: key)
    trust.reportAssumptions()
    let key = trust.key
    let snapshot = snapshot
    // The snapshot is verified before the journal is read. Replaying makes a pool for each budget that occurs.
    let hash = try UnverifiedSnapshot(readingFrom: snapshot).verified(by: key).contentHash
    let hostKey = try hostKey.map { try HostKey(readingFrom: $0) }
    var replay = Host.Replay(hostKey: hostKey, allowsUnlocked: allowUnlocked) { (budgets) throws(SnapshotError) in
      try SandboxPool(try UnverifiedSnapshot(readingFrom: snapshot).verified(by: key), budgets: budgets)
    }
    var (same, different, withheld) = (0, 0, 0)
    let reader = JournalReader(try DatabaseFile(journal, .reading))
    try reader.check()
    try reader.forEachRequest { (row) throws(HostFault) in
      do throws(SnapshotError) {
        let result = try replay.run(row)
        if !result.divergences.isEmpty { different += 1 } else if result.isWithheld { withheld += 1 } else { same += 1 }
        for divergence in result.divergences { report(divergence, of: result) }
      } catch {
        throw HostFault(error.message)
      }
    }
    let lost = try reader.lostRecords()
    try Console.put(
      table: [
        ("journal", journal), ("snapshot", hash.hex), ("requests", "\(same + different + withheld)"),
        ("the same", "\(same)"), ("different", "\(different)"),
      ] + (withheld > 0 ? [("not recorded", "\(withheld)")] : []))
    if let lost { CommandError(JournalDefect(lost, path: journal)).report() }
    if different > 0 || lost != nil { throw ExitStatusReached(status: .refused) }
  }

  private func report(_ divergence: Divergence, of result: Host.Replay.Result) {
    let request = result.requestID.map { " (\($0))" } ?? ""
    Console.say(line: "\(Console.styled("request \(result.id)\(request):", .error)) \(divergence)")
  }
}
