import Compiler
import Host
import OperatingSystem
import Snapshot
import Synchronization
import TestSupport
import Testing

/// An effect's result may be classified although the request was not. From then on, the whole request is classified.
@Suite struct ClassifiedResultTests {
  /// Returns card numbers, classified or not, as a value or as bytes.
  private final class Cards: Effect {
    let name = "Cards"
    let takesEncodedArguments = true
    let asked = Mutex<[[UInt8]]>([])

    func perform(_ call: HostCall, in request: RequestScope) -> EffectResult {
      asked.withLock { $0.append(call.encodedArguments.unprotectedCopy) }
      let number: CBORValue = "4000000000000002"
      return switch call.operation {
      case "plain": .success(number)
      case "value": .success(number, isClassified: true)
      case "bytes": .success(encoded: SecretBytes(copying: number.encoded), isClassified: true)
      case "spoilt": .success(encoded: SecretBytes(copying: number.encoded.dropLast()), isClassified: true)
      default: .failure(EffectError("NoCard", "there is none"))
      }
    }
  }

  private let cards = Cards()

  private func host(_ source: String, audit: AuditLog? = nil, allowsUnlocked: Bool = true) throws -> RequestHost {
    let operations = ["plain", "value", "bytes", "spoilt", "none"].map { Array($0.utf8) }
    let effect = try #require(HostEffect(name: Array("Cards".utf8), operations: operations))
    let image = try Guest.image("export default function (r) { \(source) }", hostEffects: [effect])
    return try RequestHost(
      pool: try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "test")), grants: Grants([cards]),
      audit: audit, allowsUnlocked: allowsUnlocked)
  }

  private func answer(_ host: RequestHost) throws -> Answer {
    try host.answer(
      SecretBytes(copying: Array("{}".utf8)),
      identity: RequestIdentity(requestID: "r", accountID: "a", functionVersion: "1"), gasLimit: .standard)
  }

  private func body(_ answer: Answer) -> String { String(decoding: answer.body.unprotectedCopy, as: UTF8.self) }

  @Test(arguments: ["value", "bytes"])
  func aClassifiedResultClassifiesTheRequest(operation: String) throws {
    let answer = try answer(try host("return Cards.\(operation)();"))
    #expect(body(answer) == #"{"Ok":"4000000000000002"}"#)
    let pages = try #require(answer.report.pages)
    #expect(pages.touched > 0 && pages.verifiedZero == pages.touched)
    #expect(answer.report.isLocked == answer.body.isLocked)
    #expect(answer.report.effects.map(\.outcome) == ["Ok"])
  }

  @Test(arguments: ["return Cards.plain();", "return Cards.none();", "return 1;", "Cards.plain(); return r.x;"])
  func otherRequestsAreNotClassified(source: String) throws {
    let report = try answer(try host(source)).report
    #expect(report.pages == nil && !report.isLocked)
  }

  @Test(arguments: [
    ("Cards.value(); return r.x;", "NoSuchField"), ("throw Cards.bytes();", "Thrown"),
    ("return Cards.spoilt();", "NotSerializable"),
  ])
  func errorsAfterAClassifiedResultAreClassified(source: String, outcome: String) throws {
    let report = try answer(try host(source)).report
    #expect(report.run.outcome == outcome)
    #expect(report.pages.map { $0.touched > 0 && $0.verifiedZero == $0.touched } == true)
  }

  @Test func unmarkedResultsMayComeBeforeAndAfter() throws {
    let answer = try answer(try host("return [Cards.plain(1), Cards.bytes(2), Cards.none(r), Cards.plain([])].length;"))
    #expect(body(answer) == "4" && answer.report.pages != nil)
    #expect(answer.report.isLocked == answer.body.isLocked, "errors are kept as values are")
    #expect(answer.report.effects.map(\.outcome) == ["Ok", "Ok", "NoCard", "Ok"])
    #expect(cards.asked.withLock { $0 } == [[0x81, 1], [0x81, 2], [0x81, 0xa0], [0x81, 0x80]])
  }

  @Test func unlockedMemoryIsRefused() throws {
    let isLocked = try answer(try host("return Cards.bytes();")).report.isLocked
    let strict = try host("return Cards.bytes();", allowsUnlocked: false)
    // This process may not be allowed to lock that much memory.
    if isLocked {
      #expect(try answer(strict).report.isLocked)
    } else {
      #expect(throws: HostError.self) { try answer(strict) }
    }
  }

  @Test func withoutAKeyTheAuditLogHasNoHashes() throws {
    let folder = try Workspace()
    let log = try AuditLog(folder("audit.log"))
    let answer = try answer(try host("return [Cards.plain(1), Cards.bytes(2)].length;", audit: log))
    #expect(body(answer) == "2" && answer.report.journal == nil, "there is no journal")
    let lines = String(decoding: try folder.read("audit.log"), as: UTF8.self).split(separator: "\n")
    #expect(lines[0].contains(#""inputSha256":""#), "nothing is classified as yet")
    #expect(lines[1].contains(#""classified":true"#) && lines[1].contains(#""hostKey":null"#))
    #expect(lines[1].contains(#""responseHmacSha256":null"#) && lines[1].contains(#""argumentsHmacSha256":null"#))
    #expect(lines[1].contains(#""resultHmacSha256":null"#) && !lines[1].contains("resultSha256"))
    let verification = AuditVerification(of: try folder.read("audit.log"), key: nil)
    #expect(verification.findings == [] && verification.unfinishedRequests == [])
  }
}
