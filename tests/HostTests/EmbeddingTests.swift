import Compiler
import Host
import SQLite
import Snapshot
import TestSupport
import Testing

/// docs/embedding.md and the article of the Host library's DocC catalogue show EmbeddingExample.swift, and that code
/// works.
@Suite struct EmbeddingTests {
  @Test func thePagesShowTheFile() throws {
    let file = try Repository.text("tests/HostTests/EmbeddingExample.swift")
    for page in ["docs/embedding.md", "Sources/Host/Host.docc/AnsweringRequests.md"] {
      #expect(try Repository.text(page).contains("```swift\n\(file)```"), "\(page)")
    }
  }

  @Test func theExampleWorks() throws {
    let folder = try Workspace()
    let ledger = try #require(HostEffect(name: Array("Ledger".utf8), operations: [Array("post".utf8)]))
    let source = """
      export default function (request) {
        return {made: Ledger.post({account: "cash", cents: request.cents}), wrong: Ledger.post(1)};
      }
      """
    try folder.write(try Guest.image(source, hostEffects: [ledger]), to: "app.msqs")
    let key = SigningKey()
    try folder.write(key.verifyingKey.pem.utf8, to: "key.pub.pem")
    let snapshot = try UnverifiedSnapshot(readingFrom: folder("app.msqs"))
    try folder.write(try snapshot.signature(by: key), to: "app.msqs.sig")

    let journal = try Journal(try DatabaseFile(folder("app.db"), .creating))
    let audit = try AuditLog(folder("audit.log"), key: key)
    let host = try makeHost(
      snapshot: folder("app.msqs"), key: folder("key.pub.pem"), journal: journal, audit: audit)
    let body = try respond(to: Array(#"{"cents":5}"#.utf8), id: "r", with: host)
    let text = String(decoding: body, as: UTF8.self)
    #expect(text.contains(#""made":{"Ok":{"number":1}}"#) && text.contains(#""code":"InvalidArgument""#))
    #expect(try respond(to: Array(#"{"cents":5}"#.utf8), id: "r", with: host) == body)
  }
}
