public import Host
public import Snapshot

extension EffectSettings {
  /// Sets up a host for what follows, and anchors what was written to its audit log, whatever comes of that.
  ///
  /// - Parameters:
  ///   - pool: where its sandboxes come from.
  ///   - allowsUnlocked: whether memory that the system doesn't lock will do for classified data.
  public func withHost<Result>(
    _ pool: SandboxPool, allowsUnlocked: Bool, _ body: (RequestHost) throws -> Result
  ) throws -> Result {
    let audit = try auditLog()
    let result = Swift.Result {
      try body(
        RequestHost(
          pool: pool, grants: try granted(), journal: try openJournal(), audit: audit, hostKey: try readHostKey(),
          allowsUnlocked: allowsUnlocked))
    }
    try audit?.close()
    return try result.get()
  }
}

extension RequestHost {
  /// Answers a request whose gas limit has yet to be read; if that can't be set, with the error that says so.
  public func answer(
    _ request: SecretBytes, identity: RequestIdentity, protection: MemoryProtection, isNewAttempt: Bool = false,
    readingGasLimit read: () throws(GasLimitOutOfRange) -> GasLimit
  ) throws(HostError) -> Answer {
    let gasLimit: GasLimit
    do throws(GasLimitOutOfRange) {
      gasLimit = try read()
    } catch {
      return try answer(refusing: error, requestID: identity.requestID)
    }
    return try answer(
      request, identity: identity, gasLimit: gasLimit, protection: protection, isNewAttempt: isNewAttempt)
  }
}

extension RunReport {
  /// Writes the report as one line of JSON.
  ///
  /// - Parameter path: `-` is standard output.
  public func write(to path: String) throws {
    let text = json.bytes() + [UInt8(ascii: "\n")]
    if path == "-" { try Console.put(text) } else { try SystemFile.write(text, to: path) }
  }
}
