import CommandSupport
import Compiler
import ReferenceEvaluator

extension GasProfile.Frame {
  /// The name as a string.
  var title: String { String(decoding: name, as: UTF8.self) }
}

extension GasProfile {
  /// The stacks, one per line: the frames, outermost first and separated by semicolons, then a space and the units
  /// charged in the innermost frame. Flame graph tools read this format.
  var folded: String {
    var lines: [String] = []
    func add(_ frame: Frame, below stack: String) {
      let stack = stack.isEmpty ? frame.title : "\(stack);\(frame.title)"
      if frame.ownUnits > 0 { lines.append("\(Console.visible(stack)) \(frame.ownUnits)\n") }
      for callee in frame.callees { add(callee, below: stack) }
    }
    for frame in root.callees { add(frame, below: "") }
    return lines.sorted().joined()
  }

  /// Two tables: the lines of the source, and the functions, both by cost.
  func text(sources: [SourceFile]) -> String {
    let total = root.units
    var text = "\(ProfileFormat.grouped(total)) units\n\n"
    text += ProfileFormat.row("units", "share", "line", "")
    if hostUnits > 0 {
      text += ProfileFormat.row(
        ProfileFormat.grouped(hostUnits), ProfileFormat.share(hostUnits, total), "-", "(request and response)")
    }
    let folder = sources[0].folder.count
    let order = lines.sorted { ($1.value, $0.key.file, $0.key.number) < ($0.value, $1.key.file, $1.key.number) }
    for (line, units) in order where units > 0 {
      let source = sources[line.file]
      let code = String(decoding: source.bytes[source.lineTable().range(ofLine: line.number)], as: UTF8.self)
      let path = String(decoding: source.path.dropFirst(folder), as: UTF8.self)
      text += ProfileFormat.row(
        ProfileFormat.grouped(units), ProfileFormat.share(units, total), "\(path):\(line.number)",
        ProfileFormat.trimmed(code))
    }
    text += "\n" + ProfileFormat.row("own", "share", "with calls", "function")
    for (name, own, all) in functions {
      text += ProfileFormat.row(
        ProfileFormat.grouped(own), ProfileFormat.share(own, total), ProfileFormat.grouped(all), name)
    }
    return text
  }

  /// The functions, with the units charged in each, and with the units charged in each and everything that it called.
  /// Recursive calls are not counted twice.
  private var functions: [(name: String, own: Int64, all: Int64)] {
    var own: [String: Int64] = [:]
    var all: [String: Int64] = [:]
    func add(_ frame: Frame, in active: Set<String>) {
      own[frame.title, default: 0] += frame.ownUnits
      if !active.contains(frame.title) { all[frame.title, default: 0] += frame.units }
      for callee in frame.callees { add(callee, in: active.union([frame.title])) }
    }
    for frame in root.callees { add(frame, in: []) }
    return own.map { (name: $0.key, own: $0.value, all: all[$0.key] ?? 0) }.sorted {
      ($1.own, $0.name) < ($0.own, $1.name)
    }
  }
}

/// The format of numbers and columns in profiles.
enum ProfileFormat {
  /// Digits in groups of three.
  static func grouped(_ number: Int64) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A share of the total in percent, truncated to two decimal places.
  static func share(_ part: Int64, _ whole: Int64) -> String {
    let share = whole == 0 ? 0 : part * 10_000 / whole
    let hundredths = share % 100
    return "\(share / 100).\(hundredths < 10 ? "0" : "")\(hundredths) %"
  }

  /// A line without leading and trailing white space.
  static func trimmed(_ line: String) -> String {
    let text = line.drop { $0 == " " || $0 == "\t" }
    return String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  /// A row of a table: two columns of numbers, a name and a text.
  static func row(_ units: String, _ share: String, _ name: String, _ text: String) -> String {
    let (name, text) = (Console.visible(name), Console.visible(text))
    let padded = name + String(repeating: " ", count: max(0, 24 - name.count))
    let row = "\(right(units, 14))  \(right(share, 9))  \(padded)  \(text)"
    return trimmedEnd(row) + "\n"
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func trimmedEnd(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }
}
