public import Host
public import OperatingSystem
public import Snapshot

extension EffectSettings {
  /// Runs `body` with a new host, then closes the audit log, which anchors its records. That also happens if `body`
  /// throws.
  ///
  /// - Parameters:
  ///   - pool: the source of the host's sandboxes.
  ///   - allowsUnlocked: whether to continue if the system can't lock the memory for classified data.
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
  /// Reads the gas limit and answers the request. If the limit is out of range, that error is the answer.
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
  /// Checks that the report can be written, before anything runs.
  ///
  /// - Throws: a usage error.
  public static func checkWritable(_ path: String?) throws(SystemError) {
    if let path, path != "-" { try SystemFile.checkWritable(path, placement: .replacing) }
  }

  /// Writes the report as one line of JSON.
  ///
  /// - Parameter path: `-` is standard output.
  fileprivate func write(to path: String) throws {
    let text = json.bytes() + [UInt8(ascii: "\n")]
    if path == "-" { try Console.put(text) } else { try SystemFile.write(text, to: path) }
  }
}

extension Answer {
  /// Prints the body, with or without a line end, and writes the report if a path is given.
  ///
  /// - Throws: a fault that says what has happened nevertheless. The request must not be taken for one that did not
  ///   run.
  public func deliver(endingLine: Bool, report path: String?) throws {
    do {
      try Console.put(body)
      if endingLine { try Console.put(line: "") }
      if let path { try report.write(to: path) }
    } catch {
      var error = CommandError(reporting: error) ?? CommandError("\(error)", status: .fault)
      error = CommandError(
        error.message, status: .fault,
        reason: "the request was answered, and what it did is committed: only this output is missing",
        hint: "with a journal, the same request again gets the same answer, and nothing is done twice")
      throw error
    }
  }
}
