import Engine
import OperatingSystem
import Snapshot
import TestSupport
import Testing

/// The article of the Snapshot library's DocC catalogue shows LoadingASnapshotExample.swift, and that code works.
@Suite struct ArticleTests {
  @Test func theArticleShowsTheExample() throws {
    let example = try Repository.text("tests/SnapshotTests/Sandbox/LoadingASnapshotExample.swift")
    let article = try Repository.text("Sources/Snapshot/Snapshot.docc/LoadingASnapshot.md")
    #expect(article.contains("```swift\n\(example)```"))
  }

  @Test func theExampleAnswersFromASignedSnapshot() throws {
    let folder = try Workspace()
    let key = SigningKey()
    try folder.write(key.verifyingKey.pem.utf8, to: "key.pub.pem")
    try folder.write(try Guest.image("export default function (request) { return request.id; }"), to: "app.msqs")
    #expect(throws: SnapshotError.self) { try load(folder("app.msqs"), key: folder("key.pub.pem")) }

    let snapshot = try UnverifiedSnapshot(readingFrom: folder("app.msqs"))
    try folder.write(try snapshot.signature(by: key), to: "app.msqs.sig")
    let pool = try load(folder("app.msqs"), key: folder("key.pub.pem"))
    let request = SecretBytes(copying: Array(#"{"id":7}"#.utf8))
    let body = try respond(to: request, seed: Hash256(of: []), gasLimit: 1_000, from: pool)
    #expect(body.unprotectedCopy == Array("7".utf8))
    #expect(pool.idleCount == 1)
  }
}
