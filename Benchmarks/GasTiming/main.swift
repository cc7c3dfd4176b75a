// How much time does a unit of gas take at most? Each of many adversarial programs is compared with the bare tail call,
// the cheapest item in the price list. Both run alternately in one process, so a busy machine slows both alike. The
// results are medians over the rounds: nanoseconds per unit, and the ratio to the bare tail call that ran next to the
// program.
//
//     swift run -c release gas-timing [--rounds N] [--out FILE] [WORDS …]
//
// Words select the programs whose names contain one of them. The exit status is 1 if a ratio is above 10.

import Engine
import EngineTiming
import Foundation

/// The maximum ratio of any program.
let limit = 10.0
/// The minimum time that each program runs in a round, in nanoseconds.
let timePerRound = 5e6
/// The gas limit of a run.
let gasLimit: Int64 = 3_000_000

var rounds = 7
var out: String?
var words: [String] = []
var arguments = CommandLine.arguments.dropFirst().makeIterator()
while let argument = arguments.next() {
  switch argument {
  case "--rounds": rounds = max(1, arguments.next().flatMap { Int($0) } ?? rounds)
  case "--out": out = arguments.next()
  default: words.append(argument.lowercased())
  }
}

/// The measurements of a program.
struct Row {
  let subject: Subject
  var nanosecondsPerUnit: [Double] = []
  var ratios: [Double] = []
  var error: String?
}

let baseline = try AdversaryProgram.baseline.subject
var rows = try AdversaryProgram.all
  .filter { program in words.isEmpty || words.contains { program.name.lowercased().contains($0) } }
  .map { Row(subject: try $0.subject) }
let memory = OwnedMemory(byteCount: rows.map(\.subject.byteCount).reduce(baseline.byteCount, max))

/// Runs a program repeatedly, for long enough.
///
/// - Returns: nanoseconds per unit.
func measure(_ subject: Subject, in memory: LinearMemory, _ error: inout String?) -> Double {
  var (nanoseconds, units) = (0.0, 0.0)
  while nanoseconds < timePerRound {
    let run = subject.run(in: memory, gasLimit: gasLimit)
    nanoseconds += run.nanoseconds
    units += max(1, run.units)
    error = run.error
  }
  return nanoseconds / units
}

for _ in 0..<rounds {
  for index in rows.indices {
    var ignored: String?
    let base = measure(baseline, in: memory.memory, &ignored)
    let own = measure(rows[index].subject, in: memory.memory, &rows[index].error)
    rows[index].nanosecondsPerUnit.append(own)
    rows[index].ratios.append(own / base)
  }
}

extension [Double] {
  /// The value below which this share of the values is.
  func percentile(_ share: Double) -> Double { sorted()[Swift.min(count - 1, Int(share * Double(count)))] }
  var median: Double { percentile(0.5) }
}

func padded(_ number: Double, _ width: Int) -> String { String(format: "%\(width).2f", number) }

rows.sort { $0.ratios.median > $1.ratios.median }
print("ns/unit   of the tail call   program, and how it ends")
for row in rows {
  let name = row.subject.name.padding(toLength: 48, withPad: " ", startingAt: 0)
  print(padded(row.nanosecondsPerUnit.median, 7), padded(row.ratios.median, 15) + " x ", name, row.error ?? "a value")
}

if let out {
  let results = rows.map { row -> [String: Any] in
    [
      "name": row.subject.name, "subject": "mqjs", "unit": "ns-per-gas", "median": row.nanosecondsPerUnit.median,
      "p99": row.nanosecondsPerUnit.percentile(0.99), "max": row.nanosecondsPerUnit.max() ?? 0,
      "ratio": row.ratios.median,
    ]
  }
  let data = try JSONSerialization.data(withJSONObject: ["results": results], options: [.prettyPrinted, .sortedKeys])
  try FileManager.default.createDirectory(
    at: URL(fileURLWithPath: out).deletingLastPathComponent(), withIntermediateDirectories: true)
  try data.write(to: URL(fileURLWithPath: out))
}

let above = rows.filter { $0.ratios.median > limit }
print(
  above.isEmpty
    ? "no program is above \(limit) x" : "ABOVE \(limit) x: \(above.map(\.subject.name).joined(separator: ", "))")
exit(above.isEmpty ? 0 : 1)
