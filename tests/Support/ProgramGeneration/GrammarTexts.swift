/// Makes random sources that ECMAScript's grammar derives, and sources that it almost derives.
///
/// Most places are filled as this language requires. In a few of them, the generator *slips*: it puts a word, an
/// operator or a construct there that belongs to another place, to the rest of ECMAScript, or nowhere. Another
/// implementation, not this file, decides whether the source is ECMAScript. All names that are read are declared,
/// because a source that is rejected for its names says nothing about the grammar.
public struct GrammarTexts {
  var random: RandomSource
  /// The number of slips in a thousand choices.
  private let slips: Int
  /// The source so far, token by token.
  private(set) var tokens: [String] = []
  private var nameCount = 0

  /// The source of a file. It may import `total` from `./lib.js`.
  public static func text(seed: UInt64) -> String {
    var random = RandomSource(seed: seed)
    let slips = random.pick([0, 10, 25, 60])
    var texts = GrammarTexts(random: random, slips: slips)
    texts.file()
    return texts.joined()
  }

  private init(random: RandomSource, slips: Int) {
    self.random = random
    self.slips = slips
  }

  // MARK: Choices

  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }

  /// Whether to put something here that belongs elsewhere.
  mutating func slip() -> Bool { random.below(1000) < slips }

  mutating func put(_ tokens: String...) { self.tokens += tokens }

  /// One of several productions.
  mutating func one(of productions: [(inout GrammarTexts) -> Void]) {
    productions[below(productions.count)](&self)
  }

  /// Up to `most` productions separated by commas, sometimes with a trailing comma.
  mutating func list(_ most: Int, _ production: (inout GrammarTexts) -> Void) {
    let count = below(most + 1)
    for index in 0..<count {
      production(&self)
      if index < count - 1 || chance(10) || slip() { put(",") }
    }
    if slip() { put(",") }
  }

  /// The output of `body` as one token. The inside of a template literal must not be separated.
  mutating func token(_ body: (inout GrammarTexts) -> Void) -> String {
    let outer = tokens
    tokens = []
    body(&self)
    defer { tokens = outer }
    return joined()
  }

  // MARK: Words

  /// The names that every file declares first. All except the first have a grammatical meaning in some places.
  static let declaredNames = ["a", "async", "get", "set", "of", "from", "as", "target", "\\u0061b"]

  /// Reserved words, literals, names that strict code can't bind, and escaped spellings of them.
  static let words =
    ("break case catch class const continue debugger default delete do else enum export extends false finally for function "
    + "if import in instanceof new null return super switch this throw true try typeof var void while with yield "
    + "implements interface let package private protected public static await eval arguments undefined __proto__ "
    + "tru\\u0065 \\u{69}f l\\u0065t \\u0061wait n\\u0075ll ev\\u0061l").split(separator: " ").map(String.init)

  /// Tokens that are not names.
  private static let others = ["1", "\"s\"", "`t`", "[", "{", "(", "*", "...", "#p", "=>", "."]

  mutating func slippedWord() -> String { random.pick(chance(80) ? GrammarTexts.words : GrammarTexts.others) }

  /// IdentifierReference
  mutating func reference() { put(slip() ? slippedWord() : random.pick(GrammarTexts.declaredNames)) }

  /// BindingIdentifier
  mutating func binding() {
    if slip() { return put(slippedWord()) }
    if chance(8) { return put(random.pick(GrammarTexts.declaredNames)) }
    nameCount += 1
    put("n\(nameCount)")
  }

  /// IdentifierName. Any word is allowed.
  mutating func anyWord() {
    if slip() { return put(random.pick(GrammarTexts.others)) }
    put(
      chance(50)
        ? random.pick(GrammarTexts.declaredNames) : random.pick(GrammarTexts.words.filter { $0 != "__proto__" }))
  }

  // MARK: Text

  /// The tokens, separated by spaces, sometimes by line breaks or comments, and sometimes by nothing.
  private mutating func joined() -> String {
    var text = ""
    for token in tokens {
      if let last = text.last, let first = token.first {
        switch below(100) {
        case 0..<8 where !(isWord(last) && isWord(first)): break
        case 8..<13: text += "\n"
        case 13: text += " /* \n */ "
        case 14: text += "/**/"
        case 15: text += " // a\n"
        case 16 where slip(): text += random.pick(["<!--", "\n-->", "\u{2028}", "\u{B}", "\u{180E}", ";", "\\"])
        default: text += " "
        }
      }
      text += token
    }
    return text
  }

  private func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_$\\#".contains(character)
  }
}
