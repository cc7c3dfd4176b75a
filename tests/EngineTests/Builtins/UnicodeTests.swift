import TestSupport
import Testing

/// The library on difficult strings, compared with Node.js: characters of two code units, combining marks, letters with
/// unusual case mappings, and attempts to get half a surrogate pair.
@Suite struct UnicodeTests {
  @Test func methodsAgreeWithNodeOnHardTexts() throws {
    var random = Expressions(seed: 101)
    try expectAgreement(random.many(900) { random in random.method(of: random.hardLiteral()) })
  }

  /// Each method gets the result of the previous one.
  @Test func chainsOfMethodsAgreeWithNode() throws {
    var random = Expressions(seed: 102)
    try expectAgreement(
      random.many(250) { random in
        var text = random.hardLiteral()
        for _ in 0..<2 + random.below(3) {
          let name = random.pick([
            "toUpperCase()", "toLowerCase()", "trim()", "concat('Σ')", "repeat(2)", "slice(1)", "padEnd(9, 'é')",
            "replaceAll('i', 'İ')", "replace('s', 'ß')", "split('').toReversed().join('')",
            "replaceAll('', '|')",
          ])
          text += ".\(name)"
        }
        return random.chance(50) ? text : random.method(of: text)
      })
  }

  /// Characters as elements of Arrays.
  @Test func charactersAsArrayElementsAgreeWithNode() throws {
    var random = Expressions(seed: 103)
    try expectAgreement(
      random.many(250) { random in
        let (text, other) = (random.hardLiteral(), random.hardLiteral())
        switch random.below(7) {
        case 0: return "[...\(text), ...\(other)]"
        case 1: return "Array.from(\(text), (c, i) => [c.codePointAt(0), c.length, i])"
        case 2: return "[...\(text)].toSorted()"
        case 3: return "[...\(text)].flatMap((c) => [...c.toUpperCase()]).join('')"
        case 4: return "String.fromCodePoint(...Array.from(\(text), (c) => c.codePointAt()))"
        case 5: return "Array.from({length: \(text).length}, (x, i) => \(text).charCodeAt(i))"
        default: return "[\(text), \(other), \(text).toLowerCase()].toSorted().indexOf(\(text))"
        }
      })
  }

  /// Halves of surrogate pairs exist as numbers but not as Strings. Two that match form one character.
  @Test func halvesOfSurrogatePairsAreNumbersNotStrings() throws {
    let texts = ["💩", "a💩", "💩b", "💩💫", "\u{1d49c}\u{301}"].map(Expressions.literal)
    let positions = (-5...5).map { "\($0)" }
    var expressions = texts.flatMap { text in
      ["at", "charAt", "charCodeAt", "codePointAt", "slice", "substring"].flatMap { name in
        positions.map { "\(text).\(name)(\($0))" }
      }
    }
    expressions += texts.flatMap { text in
      ["\(text)[0]", "\(text)[1]", "\(text).split('')", "\(text).split('', 1)", "\(text).replaceAll('', '-')"]
        + ["\(text).padEnd(\(text).length + 1, '💩')", "\(text).padStart(\(text).length + 3, '💩')"]
    }
    let codes = ["0xd83d", "0xdca9", "0xdbff", "0xdc00", "0xe000", "0xd7ff", "97", "0x1f4a9"]
    expressions += codes.flatMap { first in
      ["String.fromCodePoint(\(first))"] + codes.map { "String.fromCodePoint(\(first), \($0))" }
    }
    try expectAgreement(expressions)
  }

  /// Keys of Records are equal only if they have the same code points.
  @Test func recordKeysAgreeWithNode() throws {
    var random = Expressions(seed: 104)
    try expectAgreement(
      random.many(200) { random in
        let keys = random.many(1 + random.below(6)) { $0.key() }
        let fields = keys.enumerated().map { "[\($0.element)]: \($0.offset)" }.joined(separator: ", ")
        let entries = keys.enumerated().map { "[\($0.element), \($0.offset)]" }.joined(separator: ", ")
        let key = random.chance(60) ? random.pick(keys) : random.key()
        switch random.below(7) {
        case 0: return "({\(fields)})"
        case 1: return "Object.\(random.pick(["keys", "values", "entries"]))({\(fields)})"
        case 2: return "Object.fromEntries([\(entries)])"
        case 3: return "Object.\(random.pick(["get", "hasOwn"]))({\(fields)}, \(key))"
        case 4: return "({\(fields)})[\(key)]"
        case 5: return "({...{\(fields)}, [\(key)]: 'last', ...{\(fields)}})"
        default: return "({\(fields)}) === Object.fromEntries([\(entries)].toReversed())"
        }
      })
  }
}

extension Expressions {
  /// A literal of difficult characters.
  mutating func hardLiteral() -> String { Expressions.literal(hardText()) }

  /// A string of difficult characters.
  mutating func hardText() -> String {
    let pieces = [
      // Letters whose other case is longer, shorter, in another block, or not what a table of pairs would give.
      "i", "I", "İ", "ı", "i\u{307}", "ß", "ẞ", "ŉ", "ﬃ", "ǆ", "ǅ", "ΐ", "ᾳ", "ᾼ", "ſ", "\u{212a}", "Å",
      "ΑΣ", "Σ", "ς", "σ.", "\u{345}", "Ა", "ა", "Ꭰ", "ꭰ", "\u{10400}", "\u{10428}", "\u{1e900}",
      // Characters of two code units, and sequences that look like one character.
      "💩", "😀", "\u{1f469}\u{200d}\u{1f680}", "\u{1f1e9}\u{1f1ea}", "1\u{fe0f}\u{20e3}", "\u{1d49c}", "\u{10ffff}",
      // Combining marks, and the same letter with and without them.
      "é", "e\u{301}", "\u{301}", "\u{1100}\u{1161}", "가", "\u{5d0}\u{5b8}",
      // White space, line ends, the edges of encodings, and characters near them.
      " ", "\u{feff}", "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}", "\u{180e}", "\u{200b}", "\u{0}", "\u{7f}", "\u{80}",
      "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}", "\u{fffd}", "\u{ffff}", "\u{10000}", "a", "s", "$&", "\\", "\"",
    ]
    return (0..<below(chance(10) ? 40 : 7)).map { _ in pick(pieces) }.joined()
  }

  /// A key of a Record. Few keys are new, so that keys are often repeated. Some are names that ECMAScript objects
  /// inherit.
  mutating func key() -> String {
    let names = ["é", "e\u{301}", "💩", "", "0", "10", "1", "-1", "__proto__", "constructor", "length", "İ", "\u{0}"]
    return Expressions.literal(chance(80) ? pick(names) : hardText())
  }

  /// A call of any method of Strings.
  fileprivate mutating func method(of text: String) -> String {
    let (needle, position, other) = (hardLiteral(), "\(below(12) - 3)", "\(below(12) - 3)")
    let part = chance(50) ? needle : pick(["''", "'i'", "'Σ'", "'💩'", "'\\u{301}'", "'é'", "'s'"])
    switch below(12) {
    case 0: return "\(text).\(pick(["toUpperCase", "toLowerCase", "trim", "trimStart", "trimEnd"]))()"
    case 1: return "\(text).\(pick(["at", "charAt", "charCodeAt", "codePointAt"]))(\(position))"
    case 2: return "\(text).\(pick(["slice", "substring"]))(\(position), \(other))"
    case 3: return "\(text).\(pick(["padStart", "padEnd"]))(\(below(20)), \(part))"
    case 4: return "\(text).split(\(part))"
    case 5: return "\(text).\(pick(["replace", "replaceAll"]))(\(part), \(needle))"
    case 6: return "\(text).\(pick(["replace", "replaceAll"]))(\(part), (m, i, s) => `${i}${m}${s.length}`)"
    case 7: return "[\(text) + \(needle), \(text).concat(\(needle)), `${\(text)}${\(needle)}`]"
    case 8: return "[\(text) < \(needle), \(text) === \(needle), \(text) >= \(part)]"
    case 9: return "[\(text).length, \(text).repeat(\(below(3))).length]"
    default:
      let name = pick(["includes", "indexOf", "lastIndexOf", "startsWith", "endsWith"])
      return "(\(text) + \(part) + \(needle)).\(name)(\(part)\(chance(60) ? ", \(position)" : ""))"
    }
  }
}
