import ArgumentParser
import CommandSupport

/// The options for card data.
struct ClassificationOptions: ParsableArguments {
  @Option(.classify) var classify: [String] = []
  @Flag(.allowUnlocked) var allowUnlocked = false

  func apply(to settings: inout RunSettings) {
    settings.apply(.classify, classify)
    settings.apply(.allowUnlocked, allowUnlocked)
  }
}

/// The options for gas and memory.
struct LimitOptions: ParsableArguments {
  @Option(.gasLimit) var gasLimit: String?
  @Option(.heapLimit) var heapLimit: String?

  func apply(to settings: inout RunSettings) {
    settings.apply(.gasLimit, gasLimit)
    settings.apply(.heapLimit, heapLimit)
  }

  /// The settings of a run that has no other options.
  var settings: RunSettings {
    var settings = RunSettings()
    apply(to: &settings)
    return settings
  }
}

/// The options for the identity of the request.
struct IdentityOptions: ParsableArguments {
  @Option(.requestID) var requestID: String?
  @Option(.accountID) var accountID: String?
  @Option(.functionVersion) var functionVersion: String?
  @Flag(.newAttempt) var newAttempt = false

  func apply(to settings: inout RunSettings) {
    settings.apply(.requestID, requestID)
    settings.apply(.accountID, accountID)
    settings.apply(.functionVersion, functionVersion)
    settings.apply(.newAttempt, newAttempt)
  }
}

/// The options for effects.
struct EffectOptions: ParsableArguments {
  @Option(.grant) var grants: [String] = []
  @Option(.secretHeader) var secretHeaders: [String] = []

  func apply(to settings: inout RunSettings) {
    settings.apply(.grant, grants)
    settings.apply(.secretHeader, secretHeaders)
  }
}

/// The options for records.
struct RecordOptions: ParsableArguments {
  @Option(.journal) var journal: String?
  @Option(.audit) var audit: String?
  @Option(.auditKey) var auditKey: String?
  @Option(.hostKey) var hostKey: String?
  @Option(.report) var report: String?

  func apply(to settings: inout RunSettings) {
    settings.apply(.journal, journal)
    settings.apply(.audit, audit)
    settings.apply(.auditKey, auditKey)
    settings.apply(.hostKey, hostKey)
    settings.apply(.report, report)
  }
}
