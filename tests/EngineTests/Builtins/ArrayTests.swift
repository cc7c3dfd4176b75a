import TestSupport
import Testing

/// Methods of Arrays and functions on Records, compared with Node.js.
@Suite struct ArrayTests {
  @Test func accessAndSearchAgreeWithNode() throws {
    var random = Expressions(seed: 11)
    try expectAgreement(
      random.many(350) { random in
        let array = random.array()
        let (value, index) = (random.element(), random.index())
        switch random.below(4) {
        case 0: return random.call("\(array).at", [index])
        case 1: return random.call("\(array).join", [], optional: [random.needle()])
        default:
          let name = random.pick(["includes", "indexOf", "lastIndexOf"])
          return random.call("\(array).\(name)", [value], optional: [index])
        }
      })
  }

  @Test func methodsThatBuildArraysAgreeWithNode() throws {
    var random = Expressions(seed: 12)
    try expectAgreement(
      random.many(450) { random in
        let array = random.array(depth: 3)
        let (from, to) = (random.index(), random.index())
        let others = random.many(random.below(4)) { $0.chance(50) ? $0.array() : $0.element() }
        switch random.below(7) {
        case 0: return random.call("\(array).slice", [], optional: [from, to])
        case 1: return random.call("\(array).concat", others)
        case 2: return random.call("\(array).toReversed", [])
        case 3: return random.call("\(array).toSpliced", [from], optional: [to] + others)
        case 4: return random.call("\(array).with", [from, random.element()])
        case 5: return random.call("Array.of", others)
        default: return random.call("\(array).flat", [], optional: ["\(random.below(5) - 1)"])
        }
      })
  }

  @Test func methodsWithCallbacksAgreeWithNode() throws {
    var random = Expressions(seed: 13)
    let predicates = [
      "(x) => x === 1", "(x, i) => i > 2", "(x, i, xs) => i + 1 === xs.length", "() => true", "() => false",
      "Array.isArray",
      "() => 1", "String", "5", "(a, b, c, d) => true", "(x, ...rest) => rest.length === 2", "(x, i = 5) => i === 5",
    ]
    let mappers = [
      "(x, i, xs) => [x, i, xs.length]", "(x) => x", "String", "() => []", "(x, i) => i === 1 ? x : [x]", "Array.of",
      "(x) => { return; }", "(x) => [[x]]", "Some",
    ]
    try expectAgreement(
      random.many(500) { random in
        let array = random.array()
        switch random.below(3) {
        case 0:
          let name = random.pick(["map", "flatMap", "forEach"])
          let result = random.call("\(array).\(name)", [random.pick(mappers)])
          return name == "forEach" ? "\(result) === undefinedValue()" : result
        case 1:
          return random.call("Array.find", [array, random.pick(predicates)])
        default:
          let name = random.pick(["every", "some", "filter", "findIndex", "findLastIndex"])
          return random.call("\(array).\(name)", [random.pick(predicates)])
        }
      })
  }

  @Test func reductionsAgreeWithNode() throws {
    var random = Expressions(seed: 14)
    let reducers = [
      "(a, x) => `${a}${x}`", "(a, x, i) => [a, x, i]", "(a, x, i, xs) => xs.length", "(a) => a", "Array.of", "7",
      "(a, x) => a + x",
    ]
    try expectAgreement(
      random.many(150) { random in
        let (array, name) = (random.array(), random.pick(["reduce", "reduceRight"]))
        return random.call("\(array).\(name)", [random.pick(reducers)], optional: [random.element()])
      })
  }

  @Test func sortingAgreesWithNode() throws {
    var random = Expressions(seed: 15)
    let comparisons = [
      "(a, b) => a - b", "(a, b) => b - a", "(a, b) => 0", "(a, b) => 1", "(a, b) => -1", "(a, b) => a % 3 - b % 3",
      "(a, b) => true", "3", "(a, b) => { throw [a, b]; }", "undefinedValue()", "(a, b) => a * 7 % 5 - b",
    ]
    try expectAgreement(
      random.many(250) { random in
        if random.chance(30) {
          return random.call("[\(random.many(random.below(30)) { $0.string() }.joined(separator: ", "))].toSorted", [])
        }
        let numbers = random.many(random.below(40)) { "\($0.below(30))" }.joined(separator: ", ")
        return random.call("[\(numbers)].toSorted", [random.pick(comparisons)])
      })
  }

  /// The language defines which comparisons a sort makes.
  @Test func sortingMakesItsComparisonsInTheDefinedOrder() throws {
    let sources = (0..<20).map { count in
      let numbers = (0..<count).map { "\($0 * 7 % 11)" }.joined(separator: ", ")
      let throwing = (0..<count).map {
        "[\(numbers)].toSorted((a, b) => { if (a === \($0)) { throw [a, b]; } return b - a; })"
      }
      return throwing
    }
    try expectAgreement(sources.flatMap(\.self))
  }

  @Test func arrayFromAgreesWithNode() throws {
    var random = Expressions(seed: 16)
    let mappers = ["(x, i) => [x === undefinedValue() ? 'none' : x, i]", "(x, i) => i", "String", "9", "Array.of"]
    try expectAgreement(
      random.many(200) { random in
        let sources = [
          random.array(), random.string(), "{length: \(random.below(12) - 1)}", "{length: 'a'}", "{length: 2, a: 1}",
          "{}",
          "{a: 1}", random.element(),
        ]
        return random.call("Array.from", [random.pick(sources)], optional: [random.pick(mappers)])
      })
  }
}
