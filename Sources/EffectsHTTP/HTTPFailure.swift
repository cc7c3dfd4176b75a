internal import Host
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Why there is no complete response.
struct HTTPFailure: Error {
  /// What went wrong.
  enum Reason {
    case timeout
    case noConnection
    case noTLS
    case closed
    case broken
    case notHTTP
  }

  let reason: Reason
  /// Whether any byte of the request may have been sent. Then the server may have acted on it.
  let wasSent: Bool

  /// The error that the program receives. It reveals no addresses or certificates that the program could not know.
  ///
  /// - Parameters:
  ///   - host: the host that the request was for.
  ///   - followsRedirection: whether an earlier request of the same call was sent and answered.
  func effectError(host: String, followsRedirection: Bool) -> EffectError {
    if wasSent {
      return EffectError(
        "OutcomeUnknown", "\(host) may have received the request, but sent no complete response: \(text)")
    }
    if followsRedirection {
      return EffectError("OutcomeUnknown", "the request was redirected to \(host), which did not get it: \(text)")
    }
    return switch reason {
    case .timeout: EffectError("Timeout", "nothing was sent to \(host): \(text)")
    case .noTLS: EffectError("TlsFailed", "nothing was sent to \(host): \(text)")
    case .noConnection, .closed, .broken, .notHTTP:
      EffectError("ConnectionFailed", "nothing was sent to \(host): \(text)")
    }
  }

  private var text: String {
    switch reason {
    case .timeout: "the call timed out"
    case .noConnection: "the connection could not be made"
    case .noTLS: "there is no secure connection"
    case .closed: "the connection was closed"
    case .broken: "the connection broke"
    case .notHTTP: "the reply was not HTTP"
    }
  }
}

extension HTTPFailure.Reason {
  /// The reason behind an error of an established connection.
  init(_ error: any Error) {
    switch error {
    case HTTPParserError.invalidEOFState, NIOSSLError.uncleanShutdown: self = .closed
    case is HTTPParserError: self = .notHTTP
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = .noTLS
    default: self = .broken
    }
  }
}
