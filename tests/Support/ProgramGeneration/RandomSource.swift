/// A deterministic source of random choices: SplitMix64, by Sebastiano Vigna.
public struct RandomSource: Sendable {
  private var state: UInt64

  /// A source that makes the same choices for the same seed.
  public init(seed: UInt64) { state = seed }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// A number from 0 up to, not including, a positive bound.
  public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True with this probability, in percent.
  public mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of the choices. The array must not be empty.
  public mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  /// One of the choices, each with a probability proportional to its weight.
  public mutating func pick<T>(weighted choices: [(weight: Int, value: T)]) -> T {
    var place = below(choices.reduce(0) { $0 + $1.weight })
    for choice in choices {
      place -= choice.weight
      if place < 0 { return choice.value }
    }
    return choices[choices.count - 1].value
  }
}
