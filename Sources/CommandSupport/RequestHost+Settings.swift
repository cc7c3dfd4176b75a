public import Host
public import Snapshot
public import System

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
  /// Checks that the report can be written, before anything runs.
  ///
  /// - Throws: an error of usage.
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
  /// Prints the body, with a line end or without one, and writes the report, if one is wanted.
  ///
  /// - Throws: a fault that says what has happened nevertheless: the request is not to be taken for one that was not run.
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
