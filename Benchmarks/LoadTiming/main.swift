// How long does the load check take for images that are made to take long? Compares it with SHA-256 of the same bytes, in
// the same run, for sizes from 1 to 64 MB, and fits the exponent of the growth.
//
//     load-timing [MEGABYTES]      the largest size; 64 by default

import Engine
import Glibc

let largest = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 64 : 64
let sizes = [1, 2, 4, 8, 16, 32, 64].filter { $0 <= largest }

/// The processor time of a piece of work: the least of three, in milliseconds.
func milliseconds(_ body: () -> Void) -> Double {
  var least = Double.infinity
  for _ in 0..<3 {
    var (start, end) = (timespec(), timespec())
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    body()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    least = min(least, Double(end.tv_sec - start.tv_sec) * 1e3 + Double(end.tv_nsec - start.tv_nsec) / 1e6)
  }
  return least
}

/// The slope of the least-squares line through the logarithms.
func exponent(_ points: [(size: Double, time: Double)]) -> Double {
  let logs = points.map { (log($0.size), log($0.time)) }
  let (x, y) = (logs.map(\.0).reduce(0, +) / Double(logs.count), logs.map(\.1).reduce(0, +) / Double(logs.count))
  return logs.map { ($0.0 - x) * ($0.1 - y) }.reduce(0, +) / logs.map { ($0.0 - x) * ($0.0 - x) }.reduce(0, +)
}

func padded(_ text: String, _ width: Int) -> String {
  text.count < width ? String(repeating: " ", count: width - text.count) + text : text
}

func rounded(_ number: Double) -> String {
  let hundredths = Int((abs(number) * 100).rounded())
  let fraction = "\(hundredths % 100)"
  return "\(number < 0 ? "-" : "")\(hundredths / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
}

var isWithinLimits = true
print("image                                 MB   check ms     SHA ms     ratio")
for kind in HostileKind.allCases {
  var points: [(Double, Double)] = []
  for size in sizes {
    let bytes = kind.image(byteCount: size << 20).bytes
    let owner = OwnedMemory(byteCount: bytes.count)
    owner.memory.write(bytes.span, at: HeapOffset(0))
    var defect: ImageDefect?
    let check = milliseconds {
      do throws(ImageDefect) { try ImageCheck.check(owner.memory, byteCount: bytes.count) } catch { defect = error }
    }
    let hash = milliseconds {
      var sha = SHA256()
      sha.add(bytes)
      _ = sha.digest()
    }
    points.append((Double(size), check))
    if defect != nil || check > 15 * hash { isWithinLimits = false }
    let name = defect.map { "\(kind) (refused: \($0))" } ?? "\(kind)"
    print(
      name + padded("\(size)", 40 - min(38, name.count)) + padded(rounded(check), 11) + padded(rounded(hash), 11)
        + padded(rounded(check / hash), 10))
  }
  if points.count > 2 {
    print("  exponent \(rounded(exponent(points)))")
    if exponent(points) > 1.1 { isWithinLimits = false }
  }
}
if !isWithinLimits {
  print("an image was refused, or took more than 15 times SHA-256, or the exponent is above 1.1")
  exit(1)
}
