import TestSupport
import Testing

/// Case mapping, compared with Node.js.
@Suite struct CaseMappingTests {
  /// Every character of the planes that contain cased letters, except letters that have a mapping only since a later
  /// Unicode version than that of our tables.
  @Test(arguments: ["toUpperCase", "toLowerCase"])
  func everyCharacterChangesCaseAsInNode(method: String) throws {
    let block = 0x400
    let sources = stride(from: 0, to: 0x2_0000, by: block).map { start in
      """
      const isNewer = (c) => \(CaseMappingTests.newer);
      Array.from({length: \(block)}, (x, i) => \(start) + i)
        .filter((c) => (c < 0xd800 || c > 0xdfff) && !isNewer(c))
        .map((c) => String.fromCodePoint(c).\(method)()).join('|')
      """
    }
    for answer in try ProgramOracle.answers(sources) { #expect(try Guest.body(answer.source) == answer.body) }
  }

  /// Letters that Unicode 16 and 17 added, and letters that got a mapping to one of them.
  private static let newer = """
    c === 0x19b || c === 0x264 || c === 0x1c89 || c === 0x1c8a || c >= 0xa7cb && c <= 0xa7dc
      || c >= 0x10d50 && c <= 0x10d8f || c >= 0x16ea0 && c <= 0x16ed3
    """

  /// A capital sigma between neighbours of all kinds.
  @Test func finalSigmaDependsOnItsNeighboursAsInNode() throws {
    let neighbours = ["", "a", "1", ".", "\u{345}", "Σ", "\u{1d49c}", "\u{301}", "日", " ", "ʰ", "\u{1f130}"]
    let sources = neighbours.flatMap { before in
      neighbours.flatMap { nearBefore in
        neighbours.map { after in "\(Expressions.literal(before + nearBefore + "Σ" + after)).toLowerCase()" }
      }
    }
    try expectAgreement(sources.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
  }

  @Test func stringsChangeCaseAsInNode() throws {
    var random = Expressions(seed: 31)
    let letters = Array("aZz{@[ßÿİıŉǰΐΣσςŸàÀﬃꭰᏸ\u{10400}\u{10428}\u{1e900}ᾳᾼ.'1 ".unicodeScalars)
    try expectAgreement(
      random.many(200) { random in
        let isASCII = random.chance(40)
        var scalars = String.UnicodeScalarView()
        for _ in 0..<random.below(40) {
          let letter = random.pick(letters)
          if !isASCII || letter.isASCII { scalars.append(letter) }
        }
        return "\(Expressions.literal(String(scalars))).\(random.pick(["toUpperCase", "toLowerCase"]))()"
      })
  }
}
