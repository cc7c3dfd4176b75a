internal import Host
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Sends one request over a connection of its own and waits for the response.
struct HTTPExchange {
  let group: any EventLoopGroup
  let tls: NIOSSLContext
  let bodyLimit: Int

  /// - Parameters:
  ///   - headers: the program's, and the host's own.
  ///   - deadline: when the response must have ended.
  func perform(
    _ request: HTTPRequest, headers: [HTTPGrant.Header], deadline: NIODeadline
  ) throws(EffectError) -> HTTPResponse {
    let loop = group.next()
    let promise = loop.makePromise(of: HTTPResponse.self)
    let remaining = deadline - .now()
    let timeout = loop.scheduleTask(in: remaining) { promise.fail(HTTPFailure.timeout) }
    let (address, tls, bodyLimit) = (request.address, tls, bodyLimit)
    let (method, body) = (request.method, request.body)
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(remaining)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if address.isSecure {
            // The name that the certificate must have; for an address that is the address of the connection.
            let name = address.isNumeric ? nil : address.host
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
          }
          try pipeline.addHTTPClientHandlers()
          let head = HTTPExchange.head(method, address, headers, bodyByteCount: body?.count)
          try pipeline.addHandler(ExchangeHandler(head, body: body, limit: bodyLimit, promise: promise))
        }
      }
      .connect(host: address.host, port: address.port)
    connection.whenFailure { promise.fail($0) }
    let result = Result { try promise.futureResult.wait() }
    timeout.cancel()
    connection.whenSuccess { $0.close(promise: nil) }
    switch result {
    case .success(let response): return response
    case .failure(let error): throw HTTPFailure.effectError(for: error, host: address.host)
    }
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

/// Why an exchange gives no response.
enum HTTPFailure: Error {
  case timeout, tooLarge, closed

  /// The error that the program sees. It says nothing of addresses or certificates that it could not know.
  static func effectError(for error: any Error, host: String) -> EffectError {
    switch error {
    case HTTPFailure.timeout, ChannelError.connectTimeout:
      EffectError("Timeout", "\(host) did not answer in time")
    case HTTPFailure.tooLarge: EffectError("TooLarge", "the response's body is larger than the host allows")
    case HTTPFailure.closed, is HTTPParserError:
      EffectError("InvalidResponse", "\(host) did not answer as HTTP does")
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
      EffectError("TlsFailed", "no secure connection to \(host)")
    default: EffectError("ConnectionFailed", "no connection to \(host)")
    }
  }
}

/// Sends the request when the connection stands, and collects the response.
private final class ExchangeHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let request: HTTPRequestHead
  private let requestBody: [UInt8]?
  private let limit: Int
  private let promise: EventLoopPromise<HTTPResponse>
  private var head: HTTPResponseHead?
  private var body: [UInt8] = []

  init(_ request: HTTPRequestHead, body: [UInt8]?, limit: Int, promise: EventLoopPromise<HTTPResponse>) {
    self.request = request
    requestBody = body
    self.limit = limit
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(request)), promise: nil)
    if let requestBody {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: requestBody)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      // 100 to 199 come before the response, and are not it.
      if head.status.code >= 200 { self.head = head }
    case .body(let part):
      body += part.readableBytesView
      if body.count > limit { promise.fail(HTTPFailure.tooLarge) }
    case .end:
      guard let head else { return }
      promise.succeed(
        HTTPResponse(
          status: Int(head.status.code), headers: head.headers.map { ($0.name.lowercased(), $0.value) }, body: body))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    promise.fail(HTTPFailure.closed)
    context.fireChannelInactive()
  }
}
