internal import Engine
internal import OperatingSystem

/// `Log.debug`, `info`, `warn`, `error` `(message, data?)`: one line of JSON for each call.
public struct LogEffect: Effect {
  /// `Log`.
  public let name = LogOperation.capability.text
  private let clock: HostClock
  private let write: @Sendable ([UInt8]) throws(HostFault) -> Void

  /// Creates the capability.
  ///
  /// - Parameters:
  ///   - clock: the clock for the lines' `time`.
  ///   - sink: receives each line, with its line feed, on any number of threads at the same time.
  public init(clock: HostClock = .system, to sink: @escaping @Sendable ([UInt8]) throws(HostFault) -> Void) {
    self.clock = clock
    write = sink
  }

  /// Writes `{"data"?, "level", "message", "requestId", "time"}`, and returns an empty Record. `EffectLimits` limits
  /// the length of a line, and of all lines of a request.
  public func perform(_ call: HostCall, in request: RequestScope) throws(HostFault) -> EffectResult {
    guard let operation = LogOperation(of: call) else {
      return .failure(.unknownOperation(call.operation))
    }
    guard let message = call.arguments.first?.text, call.arguments.count <= 2 else {
      return .failure(.invalidArgument("a message must be a String, and at most one value may follow"))
    }
    let byteCount = call.encodedArguments.count
    guard byteCount <= EffectLimits.logBytes else {
      return .failure(
        .limitExceeded(
          "message and data take \(byteCount) bytes of CBOR; the limit for a line is \(EffectLimits.logBytes)"))
    }
    guard request.loggedBytes + byteCount <= EffectLimits.allLogBytes else {
      return .failure(
        .limitExceeded(
          "the log lines of this request would take more than \(EffectLimits.allLogBytes) bytes of CBOR"))
    }
    request.loggedBytes += byteCount
    try write(line(operation.level, message, call.arguments.dropFirst().first, in: request))
    return .success([:])
  }

  /// `{"data"?, "level", "message", "requestId", "time"}` and a line feed.
  private func line(_ level: String, _ message: String, _ data: CBORValue?, in request: RequestScope) -> [UInt8] {
    var line = Array("{".utf8)
    if let data {
      line += "\"data\":".utf8
      data.writeJSON(to: &line)
      line.append(UInt8(ascii: ","))
    }
    line += "\"level\":".utf8
    PlainJSON.write(quoted: level, to: &line)
    line += ",\"message\":".utf8
    PlainJSON.write(quoted: message, to: &line)
    line += ",\"requestId\":".utf8
    PlainJSON.write(quoted: request.identity.requestID, to: &line)
    line += ",\"time\":".utf8
    PlainJSON.write(quoted: Timestamp(milliseconds: clock.milliseconds).text, to: &line)
    line += "}\n".utf8
    return line
  }
}

extension LogOperation {
  /// The value of the field `level`.
  fileprivate var level: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warn: "warn"
    case .error: "error"
    }
  }
}
