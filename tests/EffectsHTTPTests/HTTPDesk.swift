import EffectsHTTP
import Host
import OperatingSystem
import TestSupport
import Testing

/// A real server on this machine, and calls of `HttpOut` without a program.
struct HTTPDesk {
  let folder: Workspace
  let server: LoopbackServer
  private let scope = RequestScope(
    identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), seed: Hash256(of: []))

  init(isMute: Bool = false) throws {
    folder = try Workspace()
    server = try LoopbackServer(in: folder, isMute: isMute)
  }

  var base: String { "http://127.0.0.1:\(server.port)" }

  /// `HttpOut` for this server and others.
  func effect(
    _ others: [String] = [], limits: HTTPLimits = .standard, secrets: [HTTPGrant.Header] = []
  ) throws -> HttpOutEffect {
    let servers = try ([base] + others).map { try #require(HTTPGrant($0, secrets: secrets), "\($0)") }
    return try HttpOutEffect(servers, limits: limits)
  }

  func call(_ effect: HttpOutEffect, _ operation: String, _ arguments: CBORValue...) -> EffectResult {
    effect.perform(HostCall(operation: operation, arguments: arguments, sequence: 0), in: scope)
  }

  /// The URL of a response that consists of exactly these bytes.
  ///
  /// - Parameters:
  ///   - padding: the number of `x` that follow.
  ///   - then: what the server does after that: `close`, `reset` or `hang`.
  func raw(_ answer: [UInt8], padding: Int = 0, then: String = "close") -> String {
    "\(base)/raw?hex=\(Hexadecimal.text(of: answer))&pad=\(padding)&then=\(then)"
  }

  /// The URL of a response given as a string, in which each LF becomes CR LF.
  func raw(_ answer: String, padding: Int = 0, then: String = "close") -> String {
    raw(Array(answer.replacing("\n", with: "\r\n").utf8), padding: padding, then: then)
  }
}

extension Workspace {
  /// Makes `cert.pem`, a self-signed certificate for `localhost`.
  ///
  /// - Returns: the name of a file with the certificate and its key.
  func certificateForLocalhost() throws -> String {
    try openssl(
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
        + "-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem")
    try write(try read("key.pem") + read("cert.pem"), to: "both.pem")
    return "both.pem"
  }
}
