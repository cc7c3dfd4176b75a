/// Count, mean and variance of a stream of numbers (Welford, 1962).
struct Moments {
  private(set) var count = 0.0
  private(set) var mean = 0.0
  private var squares = 0.0

  mutating func add(_ number: Double) {
    count += 1
    let distance = number - mean
    mean += distance / count
    squares += distance * (number - mean)
  }

  var variance: Double { count > 1 ? squares / (count - 1) : 0 }
}

/// Welch's t of the times of two classes of inputs: once of all measurements, and once for each of several thresholds.
/// Measurements above the threshold are left out, because those that an interrupt lengthened say nothing about the
/// code.
struct Welch {
  /// Quantiles of the first measurements, used as thresholds; 1 leaves nothing out.
  static let quantiles = [0.5, 0.75, 0.9, 0.95, 0.99, 1]

  private let thresholds: [Double]
  private var classes: [(Moments, Moments)]

  /// - Parameter first: measurements of either class, which determine the thresholds.
  init(first: [Double]) {
    let sorted = first.sorted()
    thresholds = Welch.quantiles.map { $0 == 1 ? .infinity : sorted[Int($0 * Double(sorted.count - 1))] }
    classes = Array(repeating: (Moments(), Moments()), count: thresholds.count)
  }

  mutating func add(_ time: Double, isRandom: Bool) {
    for (index, threshold) in thresholds.enumerated() where time <= threshold {
      if isRandom { classes[index].1.add(time) } else { classes[index].0.add(time) }
    }
  }

  /// The moments of both classes, with nothing left out.
  var all: (Moments, Moments) { classes[classes.count - 1] }

  /// The largest |t|.
  var statistic: Double {
    classes.map { first, second in
      let error = (first.variance / first.count + second.variance / second.count).squareRoot()
      return error > 0 ? abs(first.mean - second.mean) / error : first.mean == second.mean ? 0 : .infinity
    }.max() ?? 0
  }
}
