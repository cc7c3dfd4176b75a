/// A server that programs may call.
public struct HTTPGrant: Sendable {
  let address: HTTPAddress
  let secrets: [Header]

  /// A header field.
  public struct Header: Equatable, Sendable {
    /// In lowercase.
    public let name: String
    /// Printable ASCII, with spaces and tabs only inside.
    public let value: String

    /// A field; nil if the name is not a token (RFC 9110, section 5.6.2), or if the value has other characters or
    /// begins or ends with a space or a tab.
    public init?(_ name: String, _ value: String) {
      let isText = value.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
      let ends = [value.utf8.first, value.utf8.last]
      guard Header.isToken(name.utf8), isText, !ends.contains(0x20), !ends.contains(0x09) else { return nil }
      self.name = name.lowercased()
      self.value = value
    }

    /// Whether a string is a token.
    static func isToken(_ text: some Collection<UInt8>) -> Bool {
      !text.isEmpty
        && text.allSatisfy { byte in
          (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || marks.contains(byte)
        }
    }

    private static let marks = Array("!#$%&'*+-.^_`|~".utf8)

    /// Whether the field controls the connection. Neither a program nor the host may set it.
    public var belongsToConnection: Bool { Header.connectionFields.contains(name) || name.hasPrefix("proxy-") }

    private static let connectionFields = [
      "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    ]
  }

  /// Grants a server.
  ///
  /// - Parameters:
  ///   - server: `host`, `host:port`, or `http://host:port` for a server without TLS. A name does not include its
  ///     subdomains.
  ///   - secrets: fields that the host adds to each request to this server, such as `authorization`. Their values never
  ///     reach the program, the journal or the audit log.
  /// - Returns: nil if this is not a server, or if a secret has no value, controls the connection, or has the same name
  ///   as another one.
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

  /// Whether a request to an address goes to this server.
  func covers(_ other: HTTPAddress) -> Bool {
    address.isSecure == other.isSecure && address.host == other.host && address.port == other.port
  }
}

/// The limits of one call.
public struct HTTPLimits: Sendable {
  /// Milliseconds from the call to the end of the last response.
  public var milliseconds: Int64
  /// The maximum size of a response body, in bytes.
  public var bodyBytes: Int
  /// The maximum number of redirections that are followed.
  public var redirects: Int

  /// The maximum length of a URL, in bytes.
  static let urlBytes = 8192
  /// The maximum number of header fields that a program may give for a request.
  static let requestHeaders = 100
  /// The maximum size of their names and values together, in bytes.
  static let requestHeaderBytes = 65_536

  /// 30 seconds, 4 MiB, 5 redirections.
  public static let standard = HTTPLimits(milliseconds: 30_000, bodyBytes: 4 << 20, redirects: 5)

  /// The limits of a call.
  public init(milliseconds: Int64, bodyBytes: Int, redirects: Int) {
    self.milliseconds = milliseconds
    self.bodyBytes = bodyBytes
    self.redirects = redirects
  }
}
