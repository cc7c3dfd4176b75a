import Dispatch
import ProgramGeneration
import Synchronization

/// Many random programs, compared on all processors.
public struct Campaign: Sendable {
  /// What was seen.
  public struct Report: Sendable {
    /// How many programs ended how: an error's code, or `a value`.
    public fileprivate(set) var outcomes: [String: Int] = [:]
    /// In how many programs a construct or a built-in stands.
    public fileprivate(set) var labels: [String: Int] = [:]
    /// Programs that ran under every limit up to what they use and one more.
    public fileprivate(set) var swept = 0
    /// Runs under other limits than the full one.
    public fileprivate(set) var limited = 0
    /// The programs that differ, each made as small as it could be.
    public fileprivate(set) var disagreements: [(seed: UInt64, listing: String, what: String)] = []

    fileprivate mutating func add(_ other: Report) {
      outcomes.merge(other.outcomes, uniquingKeysWith: +)
      labels.merge(other.labels, uniquingKeysWith: +)
      swept += other.swept
      limited += other.limited
      disagreements += other.disagreements
    }
  }

  /// What a program may use, so that an endless one ends soon.
  private static let gasLimit = 50_000
  /// Programs that use no more than this run under every limit.
  private static let smallGas = 120
  /// So do those that use no more than this, one of eight.
  private static let moderateGas = 500

  private let seeds: ClosedRange<UInt64>

  /// A campaign over the programs of these seeds.
  public init(seeds: ClosedRange<UInt64>) { self.seeds = seeds }

  /// Compares all programs, on so many threads.
  public func run(threads: Int) -> Report {
    let report = Mutex(Report())
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      var own = Report()
      var seed = seeds.lowerBound + UInt64(thread)
      while seed <= seeds.upperBound, own.disagreements.count < 5 {
        examine(seed, &own)
        seed += UInt64(threads)
      }
      report.withLock { $0.add(own) }
    }
    return report.withLock { $0 }
  }

  /// Compares the program of a seed.
  private func examine(_ seed: UInt64, _ report: inout Report) {
    let program = RandomPrograms.program(seed: seed, effects: true)
    for label in program.labels { report.labels[label, default: 0] += 1 }
    do throws(Comparison.Disagreement) {
      try Campaign.compare(program, seed, &report)
    } catch {
      // A smaller program has to fail in the same way: one that is no program any more doesn't.
      let smallest = Shrinker.shrink(program) { candidate in
        guard let found = Campaign.disagreement(candidate, seed) else { return false }
        return found.cause == error.cause
      }
      let what = Campaign.disagreement(smallest, seed) ?? error
      report.disagreements.append((seed, smallest.listing, "\(what)"))
    }
  }

  /// Compares a program without limits that matter, and then under some or all that do.
  private static func compare(
    _ program: GeneratedProgram, _ seed: UInt64, _ report: inout Report
  ) throws(Comparison.Disagreement) {
    let comparison = try Comparison(program)
    let full = try comparison.compare(gasLimit: gasLimit)
    report.outcomes[full.error ?? "a value", default: 0] += 1
    if full.gas <= smallGas || full.gas <= moderateGas && seed.isMultiple(of: 8) {
      try comparison.compareAllLimits(upTo: full.gas)
      report.swept += 1
    } else {
      var random = RandomSource(seed: seed)
      for _ in 0..<4 { _ = try comparison.compare(gasLimit: 1 + random.below(min(full.gas, gasLimit))) }
      report.limited += 4
    }
  }

  /// What a program differs in.
  private static func disagreement(_ program: GeneratedProgram, _ seed: UInt64) -> Comparison.Disagreement? {
    var report = Report()
    do throws(Comparison.Disagreement) {
      try compare(program, seed, &report)
      return nil
    } catch {
      return error
    }
  }
}
