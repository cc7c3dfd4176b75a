import Glibc

/// The system's monotonic clock, in nanoseconds.
func now() -> Int {
  var time = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The times of a benchmark, and their distribution.
struct Times {
  let name: String
  private var nanoseconds: [Int] = []

  init(_ name: String) { self.name = name }

  mutating func add(_ time: Int) { nanoseconds.append(time) }

  /// The time below or at which this share of the times is, in microseconds.
  func quantile(_ share: Double) -> Double {
    let sorted = nanoseconds.sorted()
    let index = Int((share * Double(sorted.count)).rounded(.up)) - 1
    return Double(sorted[min(sorted.count - 1, max(0, index))]) / 1000
  }

  /// An element of the list of results, as JSON.
  var json: String {
    let figures = [("median", 0.5), ("p99", 0.99), ("p999", 0.999), ("max", 1)]
      .map { "\"\($0.0)\": \(quantile($0.1))" }.joined(separator: ", ")
    return
      "{\"name\": \"\(name)\", \"subject\": \"mqjs\", \"unit\": \"us\", \(figures), \"rounds\": \(nanoseconds.count)}"
  }
}
