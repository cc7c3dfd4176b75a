internal import Engine
public import Host
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import OperatingSystem

/// `HttpOut.get`, `post`, `put`, `delete`, `request`: requests to the granted servers, and to no others.
///
/// A call blocks the thread until the response has ended, so it must not be made on an event loop of SwiftNIO.
public struct HttpOutEffect: Effect {
  /// `HttpOut`.
  public let name = HttpOutOperation.capability.text
  /// A request that was sent can't be undone.
  public let isIrrevocable = true
  /// 64 calls. So a request waits at most 32 minutes for servers.
  public let callLimit: Int? = 64
  private let servers: [HTTPGrant]
  private let limits: HTTPLimits
  private let exchange: HTTPExchange
  private let secrets: SecretSearch

  /// Creates the capability.
  ///
  /// - Parameters:
  ///   - servers: the servers that may be called.
  ///   - authorities: a PEM file with the certificates of the authorities that are trusted to certify servers; nil for
  ///     the system's authorities.
  /// - Throws: if the certificates can't be used, or the system can't create threads.
  public init(
    _ servers: [HTTPGrant], limits: HTTPLimits = .standard, authorities: String? = nil
  ) throws(HostFault) {
    self.servers = servers
    self.limits = limits
    secrets = SecretSearch(servers.flatMap(\.secrets))
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let authorities { configuration.trustRoots = .file(authorities) }
    // SwiftNIO ends the process if it can't create a thread.
    if let shortage = SystemThreads.shortage(of: NIOSingletons.groupLoopCountSuggestion) {
      throw HostFault("HttpOut: no threads are available: \(shortage)")
    }
    do {
      exchange = HTTPExchange(
        group: MultiThreadedEventLoopGroup.singleton, tls: try NIOSSLContext(configuration: configuration),
        bodyLimit: limits.bodyBytes)
    } catch {
      throw HostFault("TLS: \(error)")
    }
  }

  /// Sends the request, and returns `{body, cookies, headers, status}`, whatever the status is.
  public func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
    do throws(EffectError) {
      return .success(try send(try HTTPRequest(call)).value(bodyLimit: limits.bodyBytes))
    } catch {
      return .failure(error)
    }
  }

  private func send(_ first: HTTPRequest) throws(EffectError) -> HTTPResponse {
    let deadline = NIODeadline.now() + .milliseconds(limits.milliseconds)
    var request = first
    for hop in 0...limits.redirects {
      guard let server = servers.first(where: { $0.covers(request.address) }) else {
        throw EffectError("HostNotAllowed", "\(request.address.origin) is not among the servers that were granted")
      }
      if let header = request.headers.first(where: { header in server.secrets.contains { $0.name == header.name } }) {
        throw .invalidArgument("the header \(header.name) is set by the host")
      }
      let response: HTTPResponse
      do throws(HTTPFailure) {
        response = try exchange.perform(request, headers: request.headers + server.secrets, deadline: deadline)
      } catch {
        throw error.effectError(host: request.address.host, followsRedirection: hop > 0)
      }
      // A server that repeats its request would reveal the secret to the program.
      if secrets.finds(in: response) {
        throw EffectError.secretInResponse("the response repeats a secret header's value")
      }
      try response.checkHeaders()
      guard let next = request.redirected(by: response) else { return response }
      request = next
    }
    throw EffectError("TooManyRedirects", "more than \(limits.redirects) redirections")
  }
}
