import Differential
import Foundation

// differential [COUNT [SEED [THREADS]]]
//
// Compares the engine with the reference evaluator on random programs: response, error, gas and effects. Prints what
// the programs contained and how they ended, and each program with a disagreement, made as small as possible. The exit
// status is 1 if there is any disagreement.

let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard numbers.allSatisfy({ ($0 ?? 0) > 0 }), numbers.count <= 3 else {
  print("usage: differential [COUNT [SEED [THREADS]]], positive numbers")
  exit(2)
}
let count = numbers.first.flatMap { $0 } ?? 10_000
let seed = numbers.dropFirst().first.flatMap { $0 } ?? 1
let threads = numbers.dropFirst(2).first.flatMap { $0 }.map { Int($0) } ?? ProcessInfo.processInfo.activeProcessorCount

print("programs of the seeds \(seed) to \(seed + count - 1), on \(threads) threads")
let report = Campaign(seeds: seed...(seed + count - 1)).run(threads: threads)

/// Prints the number of programs with each label, the most frequent first.
func table(_ title: String, _ counts: [String: Int]) {
  print("\n\(title)")
  let total = Double(count)
  for (name, number) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
    let share = String(format: "%.1f", Double(number) * 100 / total)
    print("  \(name.padding(toLength: 36, withPad: " ", startingAt: 0)) \(number)  \(share) %")
  }
}

table("how they ended", report.outcomes)
table("what they were made of, in so many programs", report.labels)
print("\n\(report.swept) programs ran under every gas limit, the others under \(report.limited) more limits in all")
for (seed, listing, what) in report.disagreements {
  print("\nseed \(seed) differs, \(what)\n\(listing)")
}
print("\(report.disagreements.count) disagreements")
exit(report.disagreements.isEmpty ? 0 : 1)
