public import Host

/// How to answer a request, as given on a command line.
public struct RunSettings {
  /// The granted effects and the files of the records.
  public var effects = EffectSettings()
  /// The parts of the request that are card data.
  public var classification = ClassificationSettings()
  /// The identity of the request; a new one by default.
  public var identity = RequestIdentity.standard()
  /// The gas and memory limits.
  public var limits = LimitSettings()
  /// Whether to run the request even if another snapshot, version or gas limit has already answered it.
  public var isNewAttempt = false
  /// The file of the report; nil for no report.
  public var report: String?

  /// Creates the settings of a command line without options.
  public init() {}

  /// Applies an option with a value. For a flag, the value is ignored.
  public mutating func apply(_ option: RunOption, _ value: String = "") {
    switch option.row.kind {
    case .flag(let setting): self[keyPath: setting] = true
    case .single(_, let setting): self[keyPath: setting] = value
    case .optional(_, let setting): self[keyPath: setting] = value
    case .repeatable(_, let setting): self[keyPath: setting].append(value)
    }
  }

  /// Adds the files that the settings name.
  public func name(in files: inout NamedFiles) {
    effects.name(in: &files)
    files.add("--report", report, .writing)
  }

  /// Checks that the settings are consistent, and that no part of the identity is empty.
  ///
  /// - Throws: a usage error.
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
