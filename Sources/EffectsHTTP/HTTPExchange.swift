internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import NIOTLS
internal import Synchronization

/// Sends one request over its own connection, and waits for the response.
struct HTTPExchange {
  let group: any EventLoopGroup
  let tls: NIOSSLContext
  let bodyLimit: Int

  /// Sends the request, and waits for the end of the response.
  ///
  /// - Parameters:
  ///   - headers: the program's and the host's.
  ///   - deadline: when the response must have ended.
  func perform(
    _ request: HTTPRequest, headers: [HTTPGrant.Header], deadline: NIODeadline
  ) throws(HTTPFailure) -> HTTPResponse {
    let remaining = deadline - .now()
    guard remaining > .zero else { throw HTTPFailure(reason: .timeout, wasSent: false) }
    let loop = group.next()
    let attempt = Attempt(loop.makePromise())
    let timeout = loop.scheduleTask(in: remaining) { attempt.fail(.timeout) }
    let (address, tls, bodyLimit) = (request.address, tls, bodyLimit)
    let head = HTTPExchange.head(request.method, address, headers, bodyByteCount: request.body?.count)
    let body = request.body
    // The handlers are added once a connection is established. If a name has several addresses, several connections may
    // be attempted at once.
    let connection = ClientBootstrap(group: loop)
      // This is later than the timeout above, which decides.
      .connectTimeout(remaining + .seconds(1))
      .connect(host: address.host, port: address.port)
    connection.whenComplete { result in
      do {
        let pipeline = try result.get().pipeline.syncOperations
        if address.isSecure {
          // The name that the certificate must be for. If the host is an address, the address of the connection is
          // checked.
          try pipeline.addHandler(
            NIOSSLClientHandler(context: tls, serverHostname: address.isNumeric ? nil : address.host))
        }
        try pipeline.addHTTPClientHandlers()
        try pipeline.addHandler(
          ExchangeHandler(head, body: body, waitsForTLS: address.isSecure, limit: bodyLimit, attempt))
      } catch {
        attempt.fail(.noConnection)
      }
    }
    let result = attempt.wait()
    timeout.cancel()
    connection.whenSuccess { $0.close(promise: nil) }
    return try result.get()
  }

  private static func head(
    _ method: String, _ address: HTTPAddress, _ headers: [HTTPGrant.Header], bodyByteCount: Int?
  ) -> HTTPRequestHead {
    var fields = HTTPHeaders([("host", address.authority), ("connection", "close")])
    for header in headers { fields.add(name: header.name, value: header.value) }
    if let bodyByteCount { fields.add(name: "content-length", value: String(bodyByteCount)) }
    return HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: method), uri: address.target, headers: fields)
  }
}

/// The state of a request. It ends once. After that, nothing is sent.
private final class Attempt: Sendable {
  private enum Phase {
    case unsent, sent, over
  }

  private let phase = Mutex(Phase.unsent)
  private let promise: EventLoopPromise<Result<HTTPResponse, HTTPFailure>>

  init(_ promise: EventLoopPromise<Result<HTTPResponse, HTTPFailure>>) { self.promise = promise }

  /// Call this before the first byte of the request is sent.
  ///
  /// - Returns: whether it may be sent.
  func begin() -> Bool {
    phase.withLock { phase in
      guard case .unsent = phase else { return false }
      phase = .sent
      return true
    }
  }

  func succeed(_ response: HTTPResponse) {
    if end() != nil { promise.succeed(.success(response)) }
  }

  func fail(_ reason: HTTPFailure.Reason) {
    if let wasSent = end() { promise.succeed(.failure(HTTPFailure(reason: reason, wasSent: wasSent))) }
  }

  /// Ends the attempt.
  ///
  /// - Returns: whether the request may have been sent; nil if the attempt had already ended.
  private func end() -> Bool? {
    phase.withLock { phase in
      defer { phase = .over }
      return switch phase {
      case .unsent: false
      case .sent: true
      case .over: nil
      }
    }
  }

  func wait() -> Result<HTTPResponse, HTTPFailure> {
    do {
      return try promise.futureResult.wait()
    } catch {
      // The event loop itself has failed, for example because the process is ending.
      return .failure(HTTPFailure(reason: .broken, wasSent: true))
    }
  }
}

/// Sends the request when the connection is established, and collects the response.
private final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let request: HTTPRequestHead
  private let requestBody: [UInt8]?
  private let waitsForTLS: Bool
  private let limit: Int
  private let attempt: Attempt
  private var head: HTTPResponseHead?
  /// Nil once it is larger than the limit. The rest is read but not kept, so that the response is complete.
  private var body: [UInt8]? = []

  init(_ request: HTTPRequestHead, body: [UInt8]?, waitsForTLS: Bool, limit: Int, _ attempt: Attempt) {
    self.request = request
    requestBody = body
    self.waitsForTLS = waitsForTLS
    self.limit = limit
    self.attempt = attempt
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if !context.channel.isActive {
      attempt.fail(.closed)
    } else if !waitsForTLS {
      send(context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted = event { send(context) }
    context.fireUserInboundEventTriggered(event)
  }

  private func send(_ context: ChannelHandlerContext) {
    guard attempt.begin() else { return context.close(promise: nil) }
    context.write(wrapOutboundOut(.head(request)), promise: nil)
    if let requestBody {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: requestBody)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      // Statuses 100 to 199 precede the response; they are not the response.
      if head.status.code >= 200 { self.head = head }
    case .body(let part):
      body?.append(contentsOf: part.readableBytesView)
      if let count = body?.count, count > limit { body = nil }
    case .end:
      guard let head else { return }
      attempt.succeed(
        HTTPResponse(
          status: Int(head.status.code), headers: head.headers.map { ($0.name.lowercased(), $0.value) }, body: body))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    attempt.fail(HTTPFailure.Reason(error))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    attempt.fail(.closed)
    context.fireChannelInactive()
  }
}
