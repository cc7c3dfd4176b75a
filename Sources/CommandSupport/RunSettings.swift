public import Host

/// How a request is answered, as a command line says it.
public struct RunSettings {
  /// What the program may do to the world, and where it is recorded.
  public var effects = EffectSettings()
  /// Which parts of the request are card data.
  public var classification = ClassificationSettings()
  /// Which request it is: a new one unless it is said.
  public var identity = RequestIdentity.standard()
  /// Gas and memory.
  public var limits = LimitSettings()
  /// Whether the request is run although another snapshot, version or gas limit has answered it.
  public var isNewAttempt = false
  /// Where the report goes; nil if nobody wants one.
  public var report: String?

  /// What holds without options.
  public init() {}

  /// Does what an option with this value says. A flag has no value; what is given for one is ignored.
  public mutating func apply(_ option: RunOption, _ value: String = "") {
    switch option.row.kind {
    case .flag(let setting): self[keyPath: setting] = true
    case .single(_, let setting): self[keyPath: setting] = value
    case .optional(_, let setting): self[keyPath: setting] = value
    case .repeatable(_, let setting): self[keyPath: setting].append(value)
    }
  }

  /// Adds the files that are named here.
  public func name(in files: inout NamedFiles) {
    effects.name(in: &files)
    files.add("--report", report, .writing)
  }

  /// Makes sure that the settings make sense together, and that no part of the identity is empty.
  ///
  /// - Throws: an error of usage.
  public func check() throws(CommandError) {
    if effects.auditKey != nil, effects.audit == nil {
      throw CommandError(
        "--audit-key signs the log that --audit names", reason: "there is no --audit",
        hint: "name the log with --audit FILE, or leave --audit-key out")
    }
    if classification.allowsUnlocked, classification.pointers.isEmpty {
      throw CommandError(
        "--allow-unlocked is for classified data", reason: "there is no --classify",
        hint: "name the classified parts with --classify, or leave --allow-unlocked out")
    }
    try identity.checkParts()
  }
}
