internal import EffectsHTTP
internal import OperatingSystem

/// A header that the host adds to requests to a server: `SERVER=NAME:FILE`.
struct SecretHeader {
  let server: String
  let header: HTTPGrant.Header

  /// Reads the value from its file: the first line, without the line end.
  init(_ option: String, servers: [String]) throws {
    guard let server = servers.first(where: { option.hasPrefix("\($0)=") }) else {
      throw CommandError(
        "--secret-header \(option): the server is not among those granted",
        hint: "--grant HttpOut=api.example.com --secret-header api.example.com=authorization:token.txt")
    }
    let parts = option.dropFirst(server.count + 1).split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw CommandError("--secret-header \(option): SERVER=NAME:FILE is expected")
    }
    let text = try SystemFile.read(parts[1], limit: 65_536).prefix { $0 != UInt8(ascii: "\n") }
    guard !text.isEmpty else {
      throw CommandError(
        "--secret-header \(option): the first line of \(parts[1]) is empty",
        reason: "without the secret, the request would not be authenticated", hint: "write the header's value there")
    }
    guard let header = HTTPGrant.Header(parts[0], String(decoding: text, as: UTF8.self)) else {
      throw CommandError(
        "--secret-header: \(parts[0]) and the first line of \(parts[1]) make no header",
        reason: "a name is a token; a value is printable ASCII without a space at either end",
        hint: "the file contains only the value, for example: Bearer, a space and the token")
    }
    guard !header.belongsToConnection else {
      throw CommandError(
        "--secret-header \(option): \(header.name) belongs to the connection",
        reason: "it controls where a message goes or where it ends; only the host sets it",
        hint: "give the header in which the server expects the secret, such as authorization")
    }
    self.server = server
    self.header = header
  }

  /// Whether both set the same header for the same server.
  func replaces(_ other: SecretHeader) -> Bool { server == other.server && header.name == other.header.name }
}
