import ArgumentParser
import CommandSupport
import Compiler
import Host
import OperatingSystem
import Snapshot

/// `mqjs run`
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers one request with a program or a signed snapshot.",
    discussion: """
      Prints the exact bytes of the response body, followed by a newline that is not part of it. A handler needs \
      --request; a script takes none. A .js file is compiled in memory and needs no key. A snapshot runs only if the \
      signature beside it (APP.msqs.sig) verifies with the key. The key can also be an X.509 certificate; mqjs verify \
      says what is checked.

      The report is one JSON object with the keys outcome, gasLimit, gasUsed, responseSha256, snapshotSha256, seed, \
      heapPeakBytes, stackPeakWords, locked, effects. Hashes and the seed are lowercase hexadecimal. With --classify \
      it also has pages: how many the request touched, and how many were zero after the wipe. With --journal it also \
      says what the journal has of the request.

      Examples:
        mqjs run app.js --request event.json
        mqjs run app.js --request - --report report.json < event.json
        mqjs run app.msqs --key key.pub.pem --request event.json
        mqjs run app.js --request event.json --grant Log --grant DbWrite=app.db --journal app.db
        mqjs run app.js --request payment.json --classify /card/number --classify /card/holder
        mqjs run app.js --request payment.json --classify "" --journal app.db --host-key host.key
      """)

  @Argument(
    help: ArgumentHelp("A program's entry file (.js), or a snapshot (.msqs).", valueName: "file"),
    completion: .file(extensions: ["js", "msqs"]))
  var file: String

  @Option(
    help: ArgumentHelp("The request, as JSON; - is standard input.", valueName: "file"), completion: .file())
  var request: String?

  @Flag(
    help: "Uses the reference evaluator instead of the machine; only for .js files without effects.")
  var reference = false

  @OptionGroup(title: "Classified data") var classification: ClassificationOptions

  @OptionGroup(title: "Limits") var limits: LimitOptions

  @OptionGroup(title: "Identity") var identity: IdentityOptions

  @OptionGroup(title: "Effects") var effects: EffectOptions

  @OptionGroup(title: "Records") var records: RecordOptions

  @Option(
    help: ArgumentHelp(
      "The public key that verifies the snapshot, or the signer's certificate.", valueName: "pub.pem|cert.pem"),
    completion: .file(extensions: ["pem"]))
  var key: String?

  @OptionGroup(title: "Certificates") var certificates: CertificateOptions

  func run() throws {
    let settings = settings()
    let budgets = try settings.limits.budgets()
    try settings.check()
    let pointers = try settings.classification.parsedPointers()
    let program = FileKind(path: file) == .source ? try ProgramFile(path: file) : nil
    if reference { return try evaluate(program, settings) }
    try checkFiles(program, settings)
    let snapshot = if let program { try compiled(program) } else { try verified() }
    let pool = try SandboxPool(snapshot, budgets: budgets, idleLimit: 0)
    let execution = try settings.effects.withHost(pool, allowsUnlocked: settings.classification.allowsUnlocked) {
      host in
      let request = try requestBytes(for: host, settings.classification)
      try settings.classification.check(pointers, against: request)
      return try Execution(
        host: host, settings: settings, sources: program?.analysis.sources ?? [], request: request)
    }
    try execution.show(report: settings.report)
  }

  /// The settings from all option groups. If no id is given for the request, it is a new random one.
  private func settings() -> RunSettings {
    var settings = RunSettings()
    classification.apply(to: &settings)
    limits.apply(to: &settings)
    identity.apply(to: &settings)
    effects.apply(to: &settings)
    records.apply(to: &settings)
    return settings
  }

  /// Checks that no file would overwrite another, and that the report can be written.
  private func checkFiles(_ program: ProgramFile?, _ settings: RunSettings) throws {
    var files = NamedFiles()
    if let program { program.addFiles(to: &files) } else { files.add(snapshot: file) }
    files.add("--request", request, .reading)
    files.add("--key", key, .reading)
    files.add("--root", certificates.root, .reading)
    settings.name(in: &files)
    try files.check()
    try RunReport.checkWritable(settings.report)
  }

  /// Runs the reference evaluator.
  private func evaluate(_ program: ProgramFile?, _ settings: RunSettings) throws {
    guard let program, key == nil, settings.report == nil, settings.classification.pointers.isEmpty else {
      throw CommandError(
        "--reference: needs a .js file, and does not allow --key, --report or --classify",
        reason: "the reference evaluator works on source text, without a snapshot or the machine's memory",
        hint: "leave them out, and give the program's entry file")
    }
    let evaluation = try ReferenceRun(program)
    let request = try RequestFile(path: request, program: file).bytes(hasHandler: evaluation.program.handler != nil)
    try evaluation.show(request: request, limits: settings.limits)
  }

  private func compiled(_ program: ProgramFile) throws -> VerifiedSnapshot {
    if let option = key != nil ? "--key" : certificates.isEmpty ? nil : "--root and --at" {
      throw CommandError(
        "\(option): a .js file has no signature to verify",
        hint: "leave \(option) out, or build and sign a snapshot: mqjs build \(file) -o APP.msqs")
    }
    return try VerifiedSnapshot(compiledHere: try program.image(), path: file)
  }

  private func verified() throws -> VerifiedSnapshot {
    guard let key else {
      throw CommandError(
        "\(file): a snapshot runs only if a key verifies it", status: .refused,
        reason: "without a key, nobody can tell whose code it is",
        hint: "give the signer's public key: --key KEY.pub.pem"
      )
    }
    let trust = try certificates.trust(readingFrom: key)
    trust.reportAssumptions()
    return try UnverifiedSnapshot(readingFrom: file).verified(by: trust.key)
  }

  private func requestBytes(for host: RequestHost, _ classification: ClassificationSettings) throws -> SecretBytes {
    guard let path = try RequestFile(path: request, program: file).source(hasHandler: host.pool.hasHandler) else {
      if !classification.pointers.isEmpty {
        throw CommandError("--classify: \(file) is a script, which takes no request", hint: "leave --classify out")
      }
      return SecretBytes()
    }
    return try SecretBytes.read(
      path, limit: RequestHost.requestByteLimit, protection: classification.protection)
  }
}

/// The kind of a file, judged by its name.
enum FileKind {
  case source, snapshot

  /// Source files end in `.js` or `.mjs`. Any other file is read as a snapshot, which is then checked.
  init(path: String) {
    self = path.hasSuffix(".js") || path.hasSuffix(".mjs") ? .source : .snapshot
  }
}
