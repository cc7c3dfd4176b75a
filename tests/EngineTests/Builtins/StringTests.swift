import TestSupport
import Testing

/// Methods of Strings, compared with Node.js.
@Suite struct StringTests {
  @Test func indexingAgreesWithNode() throws {
    var random = Expressions(seed: 1)
    try expectAgreement(
      random.many(200) { random in
        let string = random.string()
        if random.chance(20) { return "\(string)[\(random.index())]" }
        let name = random.pick(["at", "charAt", "charCodeAt", "codePointAt"])
        return random.call("\(string).\(name)", [random.index()])
      })
  }

  @Test func searchingAgreesWithNode() throws {
    var random = Expressions(seed: 2)
    try expectAgreement(
      random.many(600) { random in
        let name = random.pick(["includes", "indexOf", "lastIndexOf", "startsWith", "endsWith"])
        let (string, needle, index) = (random.string(), random.needle(), random.index())
        return random.call("\(string).\(name)", [needle], optional: [index])
      })
  }

  /// Needles with every kind of period, searched for in strings made of their own parts.
  @Test func searchingPeriodicTextsAgreesWithNode() throws {
    var random = Expressions(seed: 3)
    try expectAgreement(
      random.many(300) { random in
        let part = random.many(1 + random.below(4)) { $0.pick(["a", "b"]) }.joined()
        let repeats = 1 + random.below(5)
        let needle = String(repeating: part, count: repeats) + random.pick(["", "a", "b", "ab"])
        let text = random.many(random.below(6)) { random in
          random.pick([needle, part, part + part, "a", "b", String(needle.dropLast())])
        }
        let (whole, name) = (Expressions.literal(text.joined()), random.pick(["indexOf", "lastIndexOf", "split"]))
        return "\(whole).\(name)('\(needle)')"
      })
  }

  @Test func slicingAgreesWithNode() throws {
    var random = Expressions(seed: 4)
    try expectAgreement(
      random.many(350) { random in
        let (string, from, to) = (random.string(), random.index(), random.index())
        switch random.below(4) {
        case 0: return random.call("\(string).substring", [from], optional: [to])
        case 1: return random.call("\(string).\(random.pick(["trim", "trimStart", "trimEnd"]))", [])
        default: return random.call("\(string).slice", [], optional: [from, to])
        }
      })
  }

  @Test func splittingAgreesWithNode() throws {
    var random = Expressions(seed: 5)
    try expectAgreement(
      random.many(250) { random in
        let (string, separator, limit) = (random.string(), random.needle(), random.index())
        return random.call("\(string).split", [separator], optional: [limit])
      })
  }

  @Test func buildingAgreesWithNode() throws {
    var random = Expressions(seed: 6)
    try expectAgreement(
      random.many(300) { random in
        let string = random.string()
        let count = "\(random.below(30) - 3)"
        switch random.below(5) {
        case 0: return random.call("\(string).repeat", [count])
        case 1: return random.call("\(string).concat", random.many(random.below(4)) { $0.string() })
        case 2: return "\(string) + \(random.string())"
        default:
          let name = random.pick(["padStart", "padEnd"])
          let filler = random.needle()
          return random.call("\(string).\(name)", [count], optional: [filler])
        }
      })
  }

  @Test func replacingAgreesWithNode() throws {
    var random = Expressions(seed: 7)
    let functions = [
      "(m) => m + m", "(m, i) => `${i}`", "(m, i, s) => s", "() => ''", "(m, i, s) => `<${m}${i}${s.length}>`",
      "String",
      "() => 1",
    ]
    try expectAgreement(
      random.many(450) { random in
        let name = random.pick(["replace", "replaceAll"])
        let (string, needle) = (random.string(), random.needle())
        let template = random.many(random.below(5)) { random in
          random.pick(["$$", "$&", "$`", "$'", "$1", "$<a>", "$", "x", "é", "💩"])
        }
        let replacement = random.chance(30) ? random.pick(functions) : Expressions.literal(template.joined())
        return random.call("\(string).\(name)", [needle, replacement])
      })
  }

  @Test func conversionToStringAgreesWithNode() throws {
    var random = Expressions(seed: 8)
    try expectAgreement(
      random.many(150) { random in
        let value = random.chance(20) ? random.anything() : random.pick([random.index(), random.string(), "false"])
        switch random.below(3) {
        case 0: return random.call("String", [value])
        case 1: return "`\(random.pick(["", "x"]))${\(value)}é${\(random.index())}`"
        default:
          let codes = random.many(random.below(4)) { random in
            random.pick(["97", "233", "0x1f4a9", "0xd83d", "0xdca9", "0x10ffff", "0x110000", "-1", "0", "0xffff"])
          }
          return random.call("String.fromCodePoint", codes)
        }
      })
  }

  @Test func comparisonAgreesWithNode() throws {
    var random = Expressions(seed: 9)
    let characters = [
      "a", "b", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}", "\u{ffff}", "\u{10000}",
    ]
    try expectAgreement(
      random.many(200) { random in
        let common = random.many(random.below(12)) { $0.pick(characters) }.joined()
        let (left, right) = (random.many(random.below(3)) { $0.pick(characters) }.joined(), random.pick(characters))
        let operation = random.pick(["<", "<=", ">", ">=", "===", "!=="])
        return "\(Expressions.literal(common + left)) \(operation) \(Expressions.literal(common + right))"
      })
  }
}
