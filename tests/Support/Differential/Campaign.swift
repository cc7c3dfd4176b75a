import Dispatch
import ProgramGeneration
import Synchronization

/// A comparison of many random programs, on several threads.
public struct Campaign: Sendable {
  /// The results.
  public struct Report: Sendable {
    /// The number of programs by ending: an error's code, or `a value`.
    public fileprivate(set) var outcomes: [String: Int] = [:]
    /// The number of programs that contain each construct or built-in.
    public fileprivate(set) var labels: [String: Int] = [:]
    /// The number of programs that ran under every limit up to one more than they use.
    public fileprivate(set) var swept = 0
    /// The number of runs under other random limits.
    public fileprivate(set) var limited = 0
    /// The programs that disagree, each as small as the shrinker could make it.
    public fileprivate(set) var disagreements: [(seed: UInt64, listing: String, what: String)] = []

    fileprivate mutating func add(_ other: Report) {
      outcomes.merge(other.outcomes, uniquingKeysWith: +)
      labels.merge(other.labels, uniquingKeysWith: +)
      swept += other.swept
      limited += other.limited
      disagreements += other.disagreements
    }
  }

  /// The gas limit of the full runs, which ends endless programs soon.
  private static let gasLimit = 300_000
  /// Programs that use at most this much gas run under every limit.
  private static let smallGas = 120
  /// The same for programs that call effects: the host's work is much gas in few charges.
  private static let smallGasWithEffects = 3000
  /// So does one in eight of the programs that use at most this much.
  private static let moderateGas = 500

  private let seeds: ClosedRange<UInt64>

  /// A campaign over the programs of these seeds.
  public init(seeds: ClosedRange<UInt64>) { self.seeds = seeds }

  /// Compares all programs, on this many threads.
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
      // A smaller program must fail for the same reason. If it is no longer a program, it does not.
      let smallest = Shrinker.shrink(program) { candidate in
        guard let found = Campaign.disagreement(candidate, seed) else { return false }
        return found.cause == error.cause
      }
      let what = Campaign.disagreement(smallest, seed) ?? error
      report.disagreements.append((seed, smallest.listing, "\(what)"))
    }
  }

  /// Compares a program under a generous limit, and then under some or all smaller ones.
  private static func compare(
    _ program: GeneratedProgram, _ seed: UInt64, _ report: inout Report
  ) throws(Comparison.Disagreement) {
    let comparison = try Comparison(program)
    let full = try comparison.compare(gasLimit: gasLimit)
    report.outcomes[full.error ?? "a value", default: 0] += 1
    if full.gas <= (full.effects.isEmpty ? smallGas : smallGasWithEffects)
      || full.gas <= moderateGas && seed.isMultiple(of: 8)
    {
      try comparison.compareAllLimits(upTo: full.gas)
      report.swept += 1
    } else {
      var random = RandomSource(seed: seed)
      for _ in 0..<4 { _ = try comparison.compare(gasLimit: 1 + random.below(min(full.gas, gasLimit))) }
      report.limited += 4
    }
  }

  /// The disagreement on a program, or nil.
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
