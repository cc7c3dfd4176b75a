internal import Engine
internal import Host

/// The options that control how a request is answered. Only this table names them: `mqjs` takes names and help from it,
/// and `mqjs-runtime` parses with it.
public enum RunOption: Int, CaseIterable, Sendable {
  case classify, allowUnlocked
  case gasLimit, heapLimit
  case requestID, accountID, functionVersion, newAttempt
  case grant, secretHeader
  case journal, audit, auditKey, hostKey
  case report

  /// An option's value, with its name in help texts.
  public enum Value: Sendable {
    /// Any string.
    case text(String)
    /// The path of a file, with the file's usual extension if it has one.
    case file(String, extension: String? = nil)
  }

  /// The tools that have the option.
  public enum Tools: Sendable {
    /// `mqjs run` and `mqjs-runtime`.
    case both
    /// Only `mqjs run`. The string says what `mqjs-runtime` does instead.
    case command(runtime: String)
  }

  /// The kind of value that an option accepts, and the setting that it changes.
  public enum Kind: Sendable {
    /// A flag, which has no value.
    case flag(any WritableKeyPath<RunSettings, Bool> & Sendable)
    /// The last value counts, and there is a default.
    case single(Value, any WritableKeyPath<RunSettings, String> & Sendable)
    /// The last value counts, and there may be none.
    case optional(Value, any WritableKeyPath<RunSettings, String?> & Sendable)
    /// All values count, in order.
    case repeatable(Value, any WritableKeyPath<RunSettings, [String]> & Sendable)
  }

  /// The facts about an option.
  public struct Row: Sendable {
    /// Its name, without the dashes.
    public let name: String
    /// The value that it accepts, and the setting that it changes.
    public let kind: Kind
    /// What it does, in one sentence.
    public let help: String
    /// What else users need to know; may be empty.
    public let details: String
    /// The tools that have it.
    public let tools: Tools

    fileprivate init(_ name: String, _ kind: Kind, help: String, details: String = "", tools: Tools = .both) {
      self.name = name
      self.kind = kind
      self.help =
        switch kind {
        case .repeatable: "\(help) Can be repeated."
        case .flag, .single, .optional: help
        }
      self.details = details
      self.tools = tools
    }
  }

  /// The option's row in the table.
  public var row: Row { RunOption.rows[rawValue] }

  /// All rows, made once because a parser reads them often.
  private static let rows = allCases.map { $0.makeRow() }

  private func makeRow() -> Row {
    switch self {
    case .classify:
      Row(
        "classify", .repeatable(.text("pointer"), \.classification.pointers),
        help: "Classifies a part of the request, given as a JSON pointer (RFC 6901), as card data (PCI).",
        details: """
          All memory of the request is then locked, excluded from core dumps, and verified to be wiped. The empty \
          pointer "" classifies the whole request.
          """)
    case .allowUnlocked:
      Row(
        "allow-unlocked", .flag(\.classification.allowsUnlocked),
        help: "Continues if memory for classified data can't be locked; the report then says so.")
    case .gasLimit:
      Row(
        "gas-limit", .optional(.text("units"), \.limits.gas),
        help:
          "Limits the gas of the request: \(GasLimit.range.lowerBound) to \(GasLimit.range.upperBound) units.",
        details: """
          Without it, \(GasLimit.environmentVariable) sets the limit; without either, the limit is \
          \(GasLimit.standard.units).
          """,
        tools: .command(runtime: "\(GasLimit.environmentVariable) sets the gas limit"))
    case .heapLimit:
      Row(
        "heap-limit", .optional(.text("bytes"), \.limits.heap),
        help: """
          Limits the memory for the request's values: \(MachineLayout.Budgets.heapRange.lowerBound) to \
          \(MachineLayout.Budgets.heapRange.upperBound) bytes.
          """,
        details: "The default is \(MachineLayout.Budgets.standard.heapBytes).",
        tools: .command(runtime: "the heap limit is always \(MachineLayout.Budgets.standard.heapBytes) bytes"))
    case .requestID:
      Row(
        "request-id", .single(.text("text"), \.identity.requestID),
        help: "The request's id, which is part of the seed.",
        details: "The default is a new random id.", tools: .command(runtime: "the request's id is the third argument"))
    case .accountID:
      Row(
        "account-id", .single(.text("text"), \.identity.accountID),
        help: "The account's id, which is part of the seed.",
        details: "The default is \(RequestIdentity.standardAccountID).")
    case .functionVersion:
      Row(
        "function-version", .single(.text("text"), \.identity.functionVersion),
        help: "The function's version, which is part of the seed.",
        details: "The default is \(RequestIdentity.standardFunctionVersion).")
    case .newAttempt:
      Row(
        "new-attempt", .flag(\.isNewAttempt),
        help: """
          Runs the request even if another snapshot, version or gas limit has already answered its id; for \
          development.
          """,
        tools: .command(runtime: "a deployed host never runs an answered request again"))
    case .grant:
      Row(
        "grant", .repeatable(.text("effect[=scope]"), \.effects.grants), help: "Grants a capability.",
        details: EffectSettings.grantHelp)
    case .secretHeader:
      Row(
        "secret-header", .repeatable(.text("server=name:file"), \.effects.secretHeaders),
        help: "Adds a header to every request to a granted server.",
        details: """
          Its value is the first line of the file, which must not be empty. The program, the journal and the audit log \
          do not see the value, and a response that repeats it is withheld.
          """)
    case .journal:
      Row(
        "journal", .optional(.file("file"), \.effects.journal),
        help: "Records requests and effects, and answers a repeated request with the recorded answer.",
        details: """
          An SQLite file, which is created if it does not exist. With DbWrite, it must be the same file. mqjs replay \
          runs the recorded requests again.
          """)
    case .audit:
      Row(
        "audit", .optional(.file("file"), \.effects.audit), help: "Appends an audit line for every request.",
        details: "The file is created if it does not exist. mqjs audit verify checks it.")
    case .auditKey:
      Row(
        "audit-key", .optional(.file("key.pem", extension: "pem"), \.effects.auditKey),
        help: "Signs the audit log's checkpoints with this private key.")
    case .hostKey:
      Row(
        "host-key", .optional(.file("file"), \.effects.hostKey),
        help: "Seals classified data in the journal and the audit log under this host key.",
        details: "Without a host key, they contain no classified data. mqjs keygen --host-key makes a key.")
    case .report:
      Row(
        "report", .optional(.file("file"), \.report),
        help: "Writes a report of the run as one JSON object; - is standard output.")
    }
  }
}

extension RunOption {
  /// The option's value; nil for a flag.
  public var value: Value? {
    switch row.kind {
    case .flag: nil
    case .single(let value, _), .optional(let value, _), .repeatable(let value, _): value
    }
  }

  /// The option and its value, as help texts and messages show them, such as `--journal <file>`.
  public var synopsis: String { value.map { "--\(row.name) <\($0.name)>" } ?? "--\(row.name)" }

  /// Whether `mqjs-runtime` also has the option.
  public var isInRuntime: Bool {
    switch row.tools {
    case .both: true
    case .command: false
    }
  }
}

extension RunOption.Value {
  /// Its name in help texts.
  public var name: String {
    switch self {
    case .text(let name), .file(let name, _): name
    }
  }
}
