import TestSupport
import Testing

@testable import Engine

/// The table of objects in `docs/snapshot-format.md`. Its last column gives the sizes in the heap's budget.
@Suite("Sizes of objects")
struct ObjectSizeTests {
  /// The meaning of the formulas in the table.
  private static let formulas: [(text: String, words: @Sendable (ObjectHeader) -> Int)] = [
    ("1", { _ in 1 }), ("2", { _ in 2 }), ("3", { _ in 3 }),
    ("1 + first", { 1 + $0.first }), ("2 + first", { 2 + $0.first }),
    ("2 + ⌈first / 8⌉", { 2 + ($0.first + 7) / 8 }), ("3 + ⌈first / 8⌉", { 3 + ($0.first + 7) / 8 }),
    ("2 + 2 × bits of first + bits of second", { 2 + 2 * $0.first.nonzeroBitCount + $0.second.nonzeroBitCount }),
  ]

  @Test func sizesOfEveryKindAreThePublishedOnes() throws {
    let page = try Repository.text("docs/snapshot-format.md")
    let rows = page.matches(of: #/(?m)^\| (\d+) \|(?:.*\|){4} (.+) \|$/#)
    let published = Dictionary(uniqueKeysWithValues: rows.map { (UInt8($0.output.1) ?? 0, String($0.output.2)) })
    #expect(published.count == 13)
    for kind in (0...15).compactMap(ObjectKind.init(rawValue:)) {
      let text = try #require(published[kind.rawValue], "kind \(kind.rawValue)")
      let formula = try #require(ObjectSizeTests.formulas.first { $0.text == text }, "\(text)")
      for first in [0, 1, 7, 8, 9, 1000, 0xffff] {
        let header = ObjectHeader(kind, first: first, second: 5)
        #expect(header.wordCount == formula.words(header), "kind \(kind.rawValue), \(first)")
      }
    }
  }
}
