import ArgumentParser

/// How much of a run a runner must give. Each level includes the ones before it.
enum ConformanceLevel: String, CaseIterable, Comparable, ExpressibleByArgument {
  /// The response with its hash, the gas and the seed.
  case a = "A"
  /// The peaks of heap and stack, too.
  case b = "B"
  /// The snapshot, too.
  case c = "C"

  static func < (left: ConformanceLevel, right: ConformanceLevel) -> Bool { left.rawValue < right.rawValue }
}

/// A field of an answer.
enum ConformanceField: String, CaseIterable {
  case error, body, sha256, gas, seed, heapPeak, stackPeak, snapshot

  /// The level from which on a runner must give it.
  var level: ConformanceLevel {
    switch self {
    case .error, .body, .sha256, .gas, .seed: .a
    case .heapPeak, .stackPeak: .b
    case .snapshot: .c
    }
  }

  /// What it must be.
  func expected(of run: ConformanceRun) -> String {
    switch self {
    case .error: run.expected.error
    case .body: run.expected.body
    case .sha256: run.expected.sha256
    case .gas: "\(run.expected.gas)"
    case .seed: run.expected.seed
    case .heapPeak: "\(run.expected.heapPeak)"
    case .stackPeak: "\(run.expected.stackPeak)"
    case .snapshot: run.example.snapshot
    }
  }

  /// What it is in an answer; nil if the answer lacks it.
  func given(in answer: ConformanceAnswer) -> String? {
    switch self {
    case .error: answer.error
    case .body: answer.body
    case .sha256: answer.sha256
    case .gas: answer.gas.map { "\($0)" }
    case .seed: answer.seed
    case .heapPeak: answer.heapPeak.map { "\($0)" }
    case .stackPeak: answer.stackPeak.map { "\($0)" }
    case .snapshot: answer.snapshot
    }
  }
}

/// A runner's answer to a question, a line of JSON.
struct ConformanceAnswer: Decodable {
  /// Why nothing ran.
  let refused: String?
  let error: String?
  let body: String?
  let sha256: String?
  let gas: Int?
  let seed: String?
  let heapPeak: Int?
  let stackPeak: Int?
  let snapshot: String?

  /// The only reason for which a runner may refuse a run: its platform can't hold the budgets.
  static let acceptedRefusal = "MemoryUnavailable"
  /// The error that a runner without a heap can't know.
  private static let heapError = "MemoryExhausted"

  /// What an answer means.
  enum Verdict {
    /// All fields that it has are right. `missing` are the others.
    case passed(missing: [ConformanceField])
    /// The first mistake, in words.
    case failed(String)
    /// The runner can't hold the budgets.
    case refused
    /// The run needs a heap budget, and the runner has none.
    case notComparable
  }

  /// Compares every field of the answer. Those of the level, and of the ones before it, must be there.
  func verdict(on run: ConformanceRun, level: ConformanceLevel) -> Verdict {
    if let refused {
      return refused == Self.acceptedRefusal
        ? .refused : .failed("it is refused: \(refused); the only accepted reason is \(Self.acceptedRefusal)")
    }
    if run.expected.error == Self.heapError && heapPeak == nil && level < .b { return .notComparable }
    var missing: [ConformanceField] = []
    for field in ConformanceField.allCases {
      guard let given = field.given(in: self) else {
        if field.level <= level { return .failed("\(field.rawValue) is missing; level \(level.rawValue) needs it") }
        missing.append(field)
        continue
      }
      let expected = field.expected(of: run)
      // Not ==, for which two texts with different bytes can be equal.
      if Array(given.utf8) != Array(expected.utf8) {
        return .failed("\(field.rawValue) is \(Self.excerpt(given)), not \(Self.excerpt(expected))")
      }
    }
    return .passed(missing: missing)
  }

  private static func excerpt(_ text: String) -> String {
    let limit = 120
    let scalars = text.unicodeScalars
    return scalars.count <= limit ? text.isEmpty ? "empty" : text : "\(String(scalars.prefix(limit)))…"
  }
}
