// Does the time of a decimal comparison depend on the numbers? The method is that of dudect (Reparaz, Balasch,
// Verbauwhede: "Dude, is my code constant time?", 2017). There are two classes of inputs: one pair of equal numbers,
// and random pairs. They are measured in random order, and Welch's t-test looks for a difference of the means. |t| <
// 4.5 is no evidence of one.
//
//     swift run -c release decimal-timing [MEASUREMENTS PER CLASS]
//
// The control is a comparison written without regard to timing. If it were not caught, the test would be meaningless.
// The exit status is 1 if the engine's comparison is caught or the control is not.

import CTicks
import Engine
import Glibc

let limit = 4.5
let wanted = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 1_000_000
let batch = 10_000
/// Comparisons per measurement, so that a small difference adds up.
let repetitions = 8

/// SplitMix64, by Sebastiano Vigna.
struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// A number of any size, sign and scale.
  mutating func decimal() -> Decimal128 {
    var ceiling: UInt128 = 10
    for _ in 0..<Int.random(in: 0..<34, using: &self) { ceiling *= 10 }
    let coefficient = UInt128.random(in: 0..<ceiling, using: &self)
    return Decimal128(
      isNegative: Bool.random(using: &self), coefficient: coefficient, scale: Int.random(in: 0...28, using: &self))
  }
}

struct Input {
  let left: Decimal128
  let right: Decimal128
  let isRandom: Bool
}

/// Compares signs, then integer parts, then fraction digits one by one up to the first difference.
@inline(never)
func compareNaively(_ left: Decimal128, _ right: Decimal128) -> Int {
  if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
  let sign = left.isNegative ? -1 : 1
  func split(_ number: Decimal128) -> (integer: UInt128, fraction: UInt128, unit: UInt128) {
    var unit: UInt128 = 1
    for _ in 0..<number.scale { unit *= 10 }
    return (number.coefficient / unit, number.coefficient % unit, unit)
  }
  var (a, b) = (split(left), split(right))
  if a.integer != b.integer { return a.integer < b.integer ? -sign : sign }
  while a.fraction != 0 || b.fraction != 0 {
    let (x, y) = (a.fraction * 10 / a.unit, b.fraction * 10 / b.unit)
    if x != y { return x < y ? -sign : sign }
    (a.fraction, b.fraction) = (a.fraction * 10 % a.unit, b.fraction * 10 % b.unit)
  }
  return 0
}

/// Measures a comparison and prints a line about it.
///
/// - Returns: the largest |t|.
func measure(_ name: String, _ compare: (Decimal128, Decimal128) -> Int) -> Double {
  var random = Random(state: 1)
  let fixed = Decimal128(isNegative: false, coefficient: 1_234_567_890_123_456_789_012_345_678_901_234, scale: 17)
  var welch: Welch?
  /// The results of the comparisons. It is used below, so that the compiler can't remove any of them.
  var sink = 0
  var counts = (0, 0)
  while min(counts.0, counts.1) < wanted {
    let inputs = (0..<batch).map { _ in
      let isRandom = Bool.random(using: &random)
      let (left, right) = (random.decimal(), random.decimal())
      return Input(left: isRandom ? left : fixed, right: isRandom ? right : fixed, isRandom: isRandom)
    }
    var times: [Double] = []
    times.reserveCapacity(batch)
    for input in inputs {
      let start = ticks()
      for _ in 0..<repetitions { sink &+= compare(input.left, input.right) }
      times.append(Double(ticks() &- start))
    }
    // The first batch warms up and determines the thresholds.
    guard welch != nil else {
      welch = Welch(first: times)
      continue
    }
    for (input, time) in zip(inputs, times) {
      welch?.add(time, isRandom: input.isRandom)
      if input.isRandom { counts.1 += 1 } else { counts.0 += 1 }
    }
  }
  guard let welch else { return .infinity }
  func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
  let (first, second) = welch.all
  print(
    sink == .min ? "" : "\(name): \(counts.0) + \(counts.1) measurements of \(repetitions) comparisons, mean",
    "\(rounded(first.mean)) and \(rounded(second.mean)) ticks, largest |t| = \(rounded(welch.statistic))")
  return welch.statistic
}

let own = measure("DecimalComparison.compare", DecimalComparison.compare)
let control = measure("naive control", compareNaively)
let isConstant = own < limit
print("limit \(limit):", isConstant ? "no leak seen;" : "LEAK;", terminator: " ")
print(control >= limit ? "the control is caught" : "THE CONTROL IS NOT CAUGHT")
if !isConstant || control < limit { exit(1) }
