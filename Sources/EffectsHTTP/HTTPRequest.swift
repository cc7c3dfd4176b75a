internal import Engine
internal import Host

/// A request, as a program has asked for it.
struct HTTPRequest {
  var method: String
  var address: HTTPAddress
  var headers: [HTTPGrant.Header]
  var body: [UInt8]?

  /// The request of a call: `get(url, headers?)`, `delete`; `post(url, body, headers?)`, `put`; `request({method, url,
  /// headers?, body?})`.
  init(_ call: HostCall) throws(EffectError) {
    let arguments = call.arguments
    switch HttpOutOperation(of: call) {
    case .get: try self.init(withoutBody: "GET", arguments)
    case .delete: try self.init(withoutBody: "DELETE", arguments)
    case .post: try self.init(withBody: "POST", arguments)
    case .put: try self.init(withBody: "PUT", arguments)
    case .request:
      guard let whole = arguments.first, let method = whole["method"]?.text,
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(method)
      else { throw .invalidArgument("method is GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS") }
      try self.init(method: method, url: whole["url"], headers: whole["headers"], body: whole["body"])
    case nil: throw .unknownOperation(call.operation)
    }
  }

  /// `(url, headers?)`.
  private init(withoutBody method: String, _ arguments: [CBORValue]) throws(EffectError) {
    try self.init(method: method, url: arguments.first, headers: arguments.dropFirst().first, body: nil)
  }

  /// `(url, body, headers?)`.
  private init(withBody method: String, _ arguments: [CBORValue]) throws(EffectError) {
    guard arguments.count >= 2 else { throw .invalidArgument("\(method) takes a URL and a body") }
    try self.init(method: method, url: arguments[0], headers: arguments.dropFirst(2).first, body: arguments[1])
  }

  private init(method: String, url: CBORValue?, headers: CBORValue?, body: CBORValue?) throws(EffectError) {
    guard let url = url?.text else { throw .invalidArgument("a URL is text") }
    guard url.utf8.count <= HTTPLimits.urlBytes else {
      throw .limitExceeded("the URL has \(url.utf8.count) bytes; the limit is \(HTTPLimits.urlBytes)")
    }
    guard let address = HTTPAddress(url) else {
      throw EffectError(
        "InvalidUrl", "a URL is https:// or http://, a host, and what follows, in ASCII, without user name or fragment")
    }
    if let body, body.text == nil { throw .invalidArgument("a body is text") }
    self.method = method
    self.address = address
    self.headers = try HTTPRequest.headers(headers)
    self.body = body?.text.map { Array($0.utf8) }
  }

  private static func headers(_ value: CBORValue?) throws(EffectError) -> [HTTPGrant.Header] {
    guard let value else { return [] }
    guard case .record(let fields) = value else { throw .invalidArgument("headers are a Record") }
    guard fields.count <= HTTPLimits.requestHeaders else {
      throw .limitExceeded("there are \(fields.count) headers; the limit is \(HTTPLimits.requestHeaders)")
    }
    var headers: [HTTPGrant.Header] = []
    var byteCount = 0
    for field in fields {
      guard let text = field.value.text, let header = HTTPGrant.Header(field.name, text) else {
        throw .invalidArgument("the header \(field.name) is malformed: names are tokens, values are printable ASCII")
      }
      guard !header.belongsToConnection else {
        throw .invalidArgument("the header \(header.name) belongs to the connection")
      }
      if headers.contains(where: { $0.name == header.name }) {
        throw .invalidArgument("the header \(header.name) is given twice")
      }
      byteCount += header.name.utf8.count + header.value.utf8.count
      headers.append(header)
    }
    guard byteCount <= HTTPLimits.requestHeaderBytes else {
      throw .limitExceeded(
        "names and values of the headers have \(byteCount) bytes; the limit is \(HTTPLimits.requestHeaderBytes)")
    }
    return headers
  }

  /// The request to which a response redirects; nil if the response is not a redirection, or its location can't be
  /// used.
  func redirected(by response: HTTPResponse) -> HTTPRequest? {
    guard let location = response.location else { return nil }
    var next = self
    guard let address = HTTPAddress(location: location, from: address) else { return nil }
    next.address = address
    // RFC 9110, section 15.4: after 303, the result is fetched with GET. By long custom, the same applies if 301 or 302
    // answers a POST.
    if response.status == 303 && method != "HEAD" || [301, 302].contains(response.status) && method == "POST" {
      next.method = "GET"
      next.body = nil
      next.headers.removeAll { $0.name.hasPrefix("content-") }
    }
    // These headers were meant for the first server only.
    if address.origin != self.address.origin {
      next.headers.removeAll { ["authorization", "cookie"].contains($0.name) }
    }
    return next
  }
}
