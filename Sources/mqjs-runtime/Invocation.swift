import CommandSupport
import Host

/// What the command line asks for.
struct Invocation {
  static let usage = """
    USAGE: mqjs-runtime APP.msqs KEY.pub.pem [REQUEST ID] [OPTIONS] < request > response

    Answers one request with a signed snapshot, whose signature is beside it (APP.msqs.sig). MTP_GAS_LIMIT sets the gas
    limit. The options are those of mqjs run:

      --grant EFFECT[=SCOPE]             grants a capability; can be repeated
      --secret-header SERVER=NAME:FILE   adds a header to requests to a granted server; can be repeated
      --journal FILE                     records the request with all its effects
      --audit FILE                       the audit log
      --audit-key KEY.pem                signs the audit log's checkpoints
      --host-key FILE                    seals what journal and audit log keep of classified data
      --classify POINTER                 a part of the request that is classified (PCI); can be repeated
      --allow-unlocked                   goes on if memory for classified data can't be locked
      --account-id TEXT                  the account's id, part of the seed
      --function-version TEXT            the function's version, part of the seed
      --report FILE                      where the report goes

    \(ExitStatus.table)

    """

  /// The snapshot's file.
  let snapshot: String
  /// The file of the public key that it is verified with.
  let key: String
  private(set) var identity: RequestIdentity
  private(set) var effects = EffectSettings()
  private(set) var classification = ClassificationSettings()
  /// Where the report goes; nil if nobody wants one.
  private(set) var report: String?

  /// Reads the arguments behind the command's name. An option's value is the next argument, or follows an equals sign.
  ///
  /// - Throws: an error of usage.
  init(_ arguments: [String]) throws(CommandError) {
    var options: [(name: String, value: String)] = []
    var files: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        files.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let value = parts.count > 1 ? parts[1] : parts[0] == "--allow-unlocked" ? "" : rest.popFirst() else {
        throw CommandError("\(argument): it needs a value", hint: Invocation.advice)
      }
      options.append((parts[0], value))
    }
    guard (2...3).contains(files.count) else {
      throw CommandError("a snapshot and a key are needed", hint: Invocation.advice)
    }
    snapshot = files[0]
    key = files[1]
    identity = .standard(requestID: files.count > 2 ? files[2] : nil)
    for option in options { try set(option.name, to: option.value) }
    try identity.checkParts()
    if effects.auditKey != nil, effects.audit == nil {
      throw CommandError("--audit-key signs the log that --audit names", hint: Invocation.advice)
    }
    if classification.allowsUnlocked, classification.pointers.isEmpty {
      throw CommandError("--allow-unlocked is for classified data: say with --classify what is")
    }
  }

  /// All files that are named.
  var files: NamedFiles {
    var files = NamedFiles()
    files.add(snapshot: snapshot)
    files.add("the key", key, .reading)
    effects.name(in: &files)
    files.add("--report", report, .writing)
    return files
  }

  private static let advice = "mqjs-runtime --help"

  private mutating func set(_ option: String, to value: String) throws(CommandError) {
    switch option {
    case "--grant": effects.grants.append(value)
    case "--secret-header": effects.secretHeaders.append(value)
    case "--journal": effects.journal = value
    case "--audit": effects.audit = value
    case "--audit-key": effects.auditKey = value
    case "--host-key": effects.hostKey = value
    case "--classify": classification.pointers.append(value)
    case "--allow-unlocked": classification.allowsUnlocked = true
    case "--account-id": identity.accountID = value
    case "--function-version": identity.functionVersion = value
    case "--report": report = value
    default: throw CommandError("\(option): there is no such option", hint: Invocation.advice)
    }
  }
}
