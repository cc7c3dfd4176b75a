import TestSupport
import Testing

/// `--secret-header`: which files and names form a header, and that its value does not leak.
@Suite struct SecretHeaderTests {
  @Test(arguments: [
    ("authorization", "", "the first line of secret.txt is empty"), ("authorization", "\n", "is empty"),
    ("authorization", "\nBearer x", "is empty"), ("authorization", " \n", "make no header"),
    ("authorization", "Bearer x \n", "make no header"), ("authorization", "\tBearer x\n", "make no header"),
    ("authorization", "Bearer x\r\n", "make no header"), ("authorization", "Bearer \u{e9}\n", "make no header"),
    ("two words", "x\n", "make no header"), ("host", "example.com\n", "host belongs to the connection"),
    ("Content-Length", "1\n", "content-length belongs to the connection"),
    ("transfer-encoding", "chunked\n", "transfer-encoding belongs to the connection"),
    ("te", "trailers\n", "te belongs to the connection"), ("trailer", "x\n", "trailer belongs to the connection"),
    ("Upgrade", "h2c\n", "upgrade belongs to the connection"),
    ("connection", "close\n", "connection belongs to the connection"),
  ])
  func filesAndNamesThatMakeNoHeaderAreRefused(name: String, content: String, message: String) throws {
    let tool = try Tool()
    try tool.write("export default function () { return HttpOut.get('https://example.com/') }", to: "main.js")
    try tool.write(content, to: "secret.txt")
    let ending = try tool(
      "run", "main.js", "--grant", "HttpOut=example.com", "--secret-header", "example.com=\(name):secret.txt")
    expect(ending, .usage, output: "", says: message)
  }

  @Test func aHeaderHasOneSecret() throws {
    let tool = try Tool()
    try tool.write("export default function () { return HttpOut.get('https://example.com/') }", to: "main.js")
    try tool.write("Bearer x\n", to: "a.txt")
    let ending = try tool(
      "run", "main.js", "--grant", "HttpOut=example.com", "--secret-header", "example.com=x-key:a.txt",
      "--secret-header", "example.com=X-Key:a.txt")
    expect(ending, .usage, output: "", says: "example.com has a secret x-key already")
  }

  @Test func aResponseThatRepeatsTheSecretIsWithheld() throws {
    let tool = try Tool()
    let server = try LoopbackServer(in: tool.folder)
    let base = "http://127.0.0.1:\(server.port)"
    try tool.write("export default function () { return HttpOut.get('\(base)/echo').Err.code }", to: "main.js")
    try tool.write("Bearer 0123456789abcdef\n", to: "secret.txt")
    let ending = try tool(
      "run", "main.js", "--grant", "HttpOut=\(base)", "--secret-header", "\(base)=authorization:secret.txt",
      "--journal", "journal.db", "--audit", "audit.log", "--request", "-", input: "{}")
    expect(ending, .done)
    #expect(ending.output.hasPrefix(#""SecretInResponse""#))
    #expect(String(decoding: try tool.folder.read("audit.log"), as: UTF8.self).contains(#""SecretInResponse""#))
    for file in ["audit.log", "journal.db"] {
      #expect(try !String(decoding: tool.folder.read(file), as: UTF8.self).contains("0123456789abcdef"))
    }
  }
}
