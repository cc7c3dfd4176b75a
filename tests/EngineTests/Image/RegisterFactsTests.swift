import Testing

@testable import Engine

/// Facts about registers, which the load check keeps in words, compared with a query of each register.
@Suite struct RegisterFactsTests {
  @Test func masksHaveABitForEachRegister() {
    var random = Expressions(seed: 7)
    for count in [1, 7, 8, 9, 63, 64, 65, 200, 1000] {
      var facts = RegisterFacts(registerCount: count)
      for register in 0..<count { facts.write(register, RegisterFacts.Fact(rawValue: UInt8(random.below(128)))) }
      for _ in 0..<50 {
        let first = random.below(count)
        let size = random.below(min(64, count - first) + 1)
        for fact in [RegisterFacts.Fact.value, .cell, .method] {
          let mask = facts.mask(of: fact, from: first, count: size)
          let known = (0..<size).map { facts.holds(fact, first + $0) }
          #expect((0..<64).map { mask >> UInt64($0) & 1 == 1 } == known + Array(repeating: false, count: 64 - size))
        }
      }
    }
  }
}
