import ArgumentParser
import CommandSupport

/// What a program may do to the world, and where it is recorded.
struct EffectOptions: ParsableArguments {
  @Option(
    name: .customLong("grant"),
    help: ArgumentHelp(
      "Grants a capability; may be given several times.",
      discussion: """
        Log, or Log=FILE for its lines, which go to standard error otherwise; Random; Uuid; Clock; DbRead=FILE; \
        DbWrite=FILE; HttpOut=SERVER, once for each server: host, host:port, or http://host:port without TLS.
        """,
      valueName: "effect[=scope]"))
  var grants: [String] = []

  @Option(
    name: .customLong("secret-header"),
    help: ArgumentHelp(
      "Adds a header to every request to a granted server; may be given several times.",
      discussion: """
        Its value is the first line of a file, and is not empty. Neither program nor journal nor audit log see it, and a \
        response that repeats it is withheld.
        """,
      valueName: "server=name:file"))
  var secretHeaders: [String] = []

  @Option(
    help: ArgumentHelp(
      "Records the request with all its effects, for mqjs replay, and gives the same request the same answer.",
      discussion: "An SQLite file, made if it is not there; with DbWrite it must be the same one.", valueName: "file"),
    completion: .file())
  var journal: String?

  @Option(help: ArgumentHelp("Where the audit log is.", valueName: "file"), completion: .file())
  var audit: String?

  @Option(
    help: ArgumentHelp("The private key that signs the audit log's checkpoints.", valueName: "key.pem"),
    completion: .file(extensions: ["pem"]))
  var auditKey: String?

  @Option(
    help: ArgumentHelp(
      "The host key that journal and audit log seal classified data under.",
      discussion: "Without one they keep nothing of it. mqjs keygen --host-key makes one.", valueName: "file"),
    completion: .file())
  var hostKey: String?

  mutating func validate() throws {
    if auditKey != nil, audit == nil { throw ValidationError("--audit-key signs the log that --audit names.") }
  }

  /// The same for who sets a host up.
  var settings: EffectSettings {
    EffectSettings(
      grants: grants, secretHeaders: secretHeaders, journal: journal, audit: audit, auditKey: auditKey,
      hostKey: hostKey)
  }
}
