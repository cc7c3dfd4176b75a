import Compiler
import Testing

@Suite("What is accepted is ECMAScript")
struct NodeOracleTests {
  @Test func nodeTakesEveryAcceptedProgram() throws {
    let rejections = try NodeOracle.rejections(of: acceptedPrograms)
    for rejection in rejections {
      Issue.record("\(acceptedPrograms[rejection.index]): \(rejection.message)")
    }
  }

  @Test func nodeRejectsWhatIsNoModule() throws {
    let rejections = try NodeOracle.rejections(of: ["1", "with (a) {}", "a b", "export {a}", "let let = 1"])
    #expect(rejections.map(\.index) == [1, 2, 3, 4])
  }

  /// Mutates accepted programs at random, keeps the mutants that are still accepted, and passes them to Node.js.
  @Test func nodeTakesEveryAcceptedMutant() throws {
    var random = Random(state: 20_240_229)
    var accepted: [String] = []
    for round in 0..<6_000 {
      let original = acceptedPrograms[round % acceptedPrograms.count]
      let mutant = mutate(original, &random)
      if analyze(mutant, files: ["lib.js": "export const total = 1"]).program != nil { accepted.append(mutant) }
    }
    #expect(accepted.count > 300, "too few mutants are accepted for the test to mean something")
    for rejection in try NodeOracle.rejections(of: accepted) {
      Issue.record("\(accepted[rejection.index].debugDescription): \(rejection.message)")
    }
  }

  /// Removes, duplicates, swaps, inserts or replaces one or two tokens.
  private func mutate(_ source: String, _ random: inout Random) -> String {
    var pieces = split(source)
    for _ in 0...Int(random.next() % 2) where !pieces.isEmpty {
      let index = Int(random.next() % UInt64(pieces.count))
      let other = Int(random.next() % UInt64(pieces.count))
      switch random.next() % 5 {
      case 0: pieces.remove(at: index)
      case 1: pieces.insert(pieces[index], at: other)
      case 2: pieces.swapAt(index, other)
      case 3: pieces[index] = vocabulary[Int(random.next() % UInt64(vocabulary.count))]
      default: pieces.insert(vocabulary[Int(random.next() % UInt64(vocabulary.count))], at: index)
      }
    }
    return pieces.joined()
  }

  private let vocabulary = [
    " ", "\n", ";", ",", "(", ")", "[", "]", "{", "}", "=>", "=", ":", "?", ".", "...", "+", "-", "!", "*", "/", "`",
    "${",
    "a", "b", "1", "\"s\"", " const ", " let ", " function ", " return ", " if ", " else ", " case ", " default ",
    " break ",
    " throw ", " async ", " await ", " yield ", " static ", " export ", " import ", " of ", " get ", " eval ",
    "\\u0061",
    "\"use strict\"", "<!--", "-->", "//", "/*", "*/", "0", "_", "n", ".5", "\u{2028}", "switch ", " new ", " in ",
  ]

  /// Words, runs of white space, and single other characters.
  private func split(_ source: String) -> [String] {
    var pieces: [String] = []
    for character in source {
      if let last = pieces.last?.last, last.isLetter, character.isLetter {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  /// Xorshift. Every run has the same mutants.
  private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }
}
