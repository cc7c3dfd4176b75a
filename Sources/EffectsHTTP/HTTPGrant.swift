/// One server that programs may call.
public struct HTTPGrant: Sendable {
  let address: HTTPAddress
  let secrets: [Header]

  /// A header field.
  public struct Header: Equatable, Sendable {
    /// In lowercase.
    public let name: String
    /// Printable ASCII, spaces and tabs inside.
    public let value: String

    /// A field; nil if the name is no token (RFC 9110, section 5.6.2), or the value has other characters, or none.
    public init?(_ name: String, _ value: String) {
      let isText = value.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
      let ends = [value.utf8.first, value.utf8.last]
      guard Header.isToken(name.utf8), isText, !ends.contains(0x20), !ends.contains(0x09) else { return nil }
      self.name = name.lowercased()
      self.value = value
    }

    /// Whether a text is a token.
    static func isToken(_ text: some Collection<UInt8>) -> Bool {
      !text.isEmpty
        && text.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || marks.contains(byte)
        }
    }

    private static let marks = Array("!#$%&'*+-.^_`|~".utf8)

    /// Whether the field is one that the connection is run with, so that neither a program nor the host sets it.
    public var belongsToConnection: Bool { Header.connectionFields.contains(name) || name.hasPrefix("proxy-") }

    private static let connectionFields = [
      "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    ]
  }

  /// Grants a server.
  ///
  /// - Parameters:
  ///   - server: `host`, `host:port`, or `http://host:port` for a server without TLS. A name stands for itself alone, not
  ///     for what is below it.
  ///   - secrets: fields that the host adds to each request to this server, such as `authorization`. Neither programs
  ///     nor journal nor audit log ever see their values.
  /// - Returns: nil if that is no server, or if a secret has no value, belongs to the connection, or has the name of
  ///   another one.
  public init?(_ server: String, secrets: [Header] = []) {
    let isWhole = server.lowercased().hasPrefix("http://") || server.lowercased().hasPrefix("https://")
    guard let address = HTTPAddress(isWhole ? server : "https://\(server)"), address.target == "/",
      !server.hasSuffix("/")
    else { return nil }
    guard secrets.allSatisfy({ !$0.value.isEmpty && !$0.belongsToConnection }),
      Set(secrets.map(\.name)).count == secrets.count
    else { return nil }
    self.address = address
    self.secrets = secrets
  }

  /// Whether a request to an address is one to this server.
  func covers(_ other: HTTPAddress) -> Bool {
    address.isSecure == other.isSecure && address.host == other.host && address.port == other.port
  }
}

/// What one call may take.
public struct HTTPLimits: Sendable {
  /// Milliseconds from the call to the end of the last response.
  public var milliseconds: Int64
  /// Bytes of a response's body.
  public var bodyBytes: Int
  /// Redirections that are followed.
  public var redirects: Int

  /// Bytes of a URL.
  static let urlBytes = 8192
  /// Header fields that a program may give to a request.
  static let requestHeaders = 100
  /// Bytes of the names and values of these.
  static let requestHeaderBytes = 65_536

  /// 30 seconds, 4 MiB, 5 redirections.
  public static let standard = HTTPLimits(milliseconds: 30_000, bodyBytes: 4 << 20, redirects: 5)

  /// Limits of a call.
  public init(milliseconds: Int64, bodyBytes: Int, redirects: Int) {
    self.milliseconds = milliseconds
    self.bodyBytes = bodyBytes
    self.redirects = redirects
  }
}
