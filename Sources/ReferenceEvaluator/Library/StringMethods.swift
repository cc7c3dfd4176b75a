import Engine

// Methods of Strings, and `String.fromCodePoint`: docs/library.md, "Methods of Strings".

extension Evaluation {
  func string(_ member: StringBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .at: return .string(try at(call.text, call))
    case .charAt: return .string(try charAt(call.text, call))
    case .charCodeAt: return .int(Int64(call.text.units[try existingPlace(in: call.text, call)]))
    case .codePointAt: return .int(Int64(call.text.scalar(at: try existingPlace(in: call.text, call))))
    case .concat: return .string(try concat(call.text, call))
    case .includes: return .bool(try firstMatch(in: call.text, call) != nil)
    case .indexOf: return .int(Int64(try firstMatch(in: call.text, call) ?? -1))
    case .lastIndexOf: return .int(Int64(try lastMatch(in: call.text, call)))
    case .startsWith: return .bool(try stands(in: call.text, atEnd: false, call))
    case .endsWith: return .bool(try stands(in: call.text, atEnd: true, call))
    case .padEnd: return .string(try pad(call.text, atEnd: true, call))
    case .padStart: return .string(try pad(call.text, atEnd: false, call))
    case .repeat: return .string(try repeated(call.text, call))
    case .replace: return try replace(in: call.text, all: false, call)
    case .replaceAll: return try replace(in: call.text, all: true, call)
    case .slice: return .string(try slice(call.text, call))
    case .substring: return .string(try substring(call.text, call))
    case .split: return .array(try split(call.text, call))
    case .toLowerCase: return .string(try changeCase(call.text, toUpper: false, call))
    case .toUpperCase: return .string(try changeCase(call.text, toUpper: true, call))
    case .trim: return .string(try trim(call.text, atStart: true, atEnd: true, call))
    case .trimEnd: return .string(try trim(call.text, atStart: false, atEnd: true, call))
    case .trimStart: return .string(try trim(call.text, atStart: true, atEnd: false, call))
    case .fromCodePoint: return .string(try fromCodePoints(call))
    }
  }

  // MARK: One place

  private func at(_ text: Text, _ call: LibraryCall) throws(Stop) -> Text {
    let index = try require(call[0].asInt, call)
    guard let place = Place.element(index, text.units.count) else {
      throw try refusal(of: call, .indexOutOfRange(index: index, length: text.units.count))
    }
    try charge(call, unitsWalked(in: text, to: place))
    return try codeUnit(of: text, at: place)
  }

  private func charAt(_ text: Text, _ call: LibraryCall) throws(Stop) -> Text {
    let index = try require(call.int(0, default: 0), call)
    guard index >= 0, index < text.units.count else {
      try charge(call)
      return ""
    }
    try charge(call, unitsWalked(in: text, to: Int(index)))
    return try codeUnit(of: text, at: Int(index))
  }

  /// The place that an argument names, which must exist; 0 if it is left out.
  private func existingPlace(in text: Text, _ call: LibraryCall) throws(Stop) -> Int {
    let index = try require(call.int(0, default: 0), call)
    guard index >= 0, index < text.units.count else {
      throw try refusal(of: call, .indexOutOfRange(index: index, length: text.units.count))
    }
    try charge(call, unitsWalked(in: text, to: Int(index)))
    return Int(index)
  }

  // MARK: Building

  private func fromCodePoints(_ call: LibraryCall) throws(Stop) -> Text {
    var codes: [Int64] = []
    for argument in call.arguments { codes.append(try require(argument.asInt, call)) }
    guard codes.allSatisfy({ (0...0x10_ffff).contains($0) }) else { throw try refusal(of: call, .invalidArgument) }
    // A surrogate is a code unit of its own; two that fit make one character.
    let units = codes.flatMap { (0xd800..<0xe000).contains($0) ? [UInt16($0)] : Text(scalar: UInt32($0)).units }
    guard let text = Text(units) else { throw try refusal(of: call, .stringSplitsCodePoint) }
    try charge(call, (.stringBuilding, text.byteCount), (.values, codes.count))
    return text
  }

  private func concat(_ text: Text, _ call: LibraryCall) throws(Stop) -> Text {
    var parts = [text]
    for argument in call.arguments { parts.append(try require(argument.asString, call)) }
    let size = parts.reduce(0) { Size.sum($0, $1.byteCount) }
    try charge(call, size)
    return try built(size) { Text.joined(parts) }
  }

  private func repeated(_ text: Text, _ call: LibraryCall) throws(Stop) -> Text {
    let times = try require(call[0].asInt, call)
    if times < 0 { throw try refusal(of: call, .invalidArgument) }
    let size = Size.product(text.byteCount, times)
    try charge(call, size)
    return try built(size) { size == 0 ? "" : Text.joined(Array(repeating: text, count: Int(times))) }
  }

  /// Whole fillers, and then the beginning of one.
  private func pad(_ text: Text, atEnd: Bool, _ call: LibraryCall) throws(Stop) -> Text {
    let length = try require(call[0].asInt, call)
    let filler = try require(call.string(1, default: " "), call)
    let missing = max(0, max(0, length) - Int64(text.units.count))
    if length <= text.units.count || filler.units.isEmpty {
      try charge(call, text.byteCount)
      return text
    }
    let times = missing / Int64(filler.units.count)
    let rest = Int(missing % Int64(filler.units.count))
    let size = Size.sum(Size.product(filler.byteCount, times), filler.byteCount(before: rest), text.byteCount)
    try charge(call, size)
    guard let end = Text(filler.units[..<rest]) else { throw .stringSplitsCodePoint }
    let padding = try built(size) { Text.joined(Array(repeating: filler, count: Int(times))) + end }
    return atEnd ? text + padding : padding + text
  }

  // MARK: Searching

  /// The first place at or after `start` where code units stand, or nil.
  func firstPlace(of needle: [UInt16], in units: [UInt16], from start: Int) -> Int? {
    var place = start
    while place + needle.count <= units.count {
      if units[place...].starts(with: needle) { return place }
      place += 1
    }
    return nil
  }

  private func firstMatch(in text: Text, _ call: LibraryCall) throws(Stop) -> Int? {
    let needle = try require(call[0].asString, call)
    let position = try require(call.int(1, default: 0), call)
    try charge(call, text.byteCount)
    return firstPlace(of: needle.units, in: text.units, from: Place.clamped(position, text.units.count))
  }

  private func lastMatch(in text: Text, _ call: LibraryCall) throws(Stop) -> Int {
    let needle = try require(call[0].asString, call)
    let position = try require(call.int(1, default: .max), call)
    // All matches are found for the last one.
    try charge(call, Size.product(text.byteCount, 2))
    let latest = min(Place.clamped(position, text.units.count), text.units.count - needle.units.count)
    if latest < 0 { return -1 }
    return (0...latest).last { text.units[$0...].starts(with: needle.units) } ?? -1
  }

  /// `startsWith` and `endsWith`.
  private func stands(in text: Text, atEnd: Bool, _ call: LibraryCall) throws(Stop) -> Bool {
    let needle = try require(call[0].asString, call)
    let position = try require(call.int(1, default: atEnd ? .max : 0), call)
    try charge(call, text.byteCount)
    let place = Place.clamped(position, text.units.count)
    let start = atEnd ? place - needle.units.count : place
    return start >= 0 && text.units[start...].starts(with: needle.units)
  }

  // MARK: Parts

  private func slice(_ text: Text, _ call: LibraryCall) throws(Stop) -> Text {
    let length = text.units.count
    let from = Place.relative(try require(call.int(0, default: 0), call), length)
    let to = Place.relative(try require(call.int(1, default: .max), call), length)
    return try part(of: text, from, max(from, to), call)
  }

  private func substring(_ text: Text, _ call: LibraryCall) throws(Stop) -> Text {
    let length = text.units.count
    let start = Place.clamped(try require(call[0].asInt, call), length)
    let end = Place.clamped(try require(call.int(1, default: .max), call), length)
    return try part(of: text, min(start, end), max(start, end), call)
  }

  /// The code units from one index to another, at their price.
  private func part(of text: Text, _ from: Int, _ to: Int, _ call: LibraryCall) throws(Stop) -> Text {
    if from == to {
      try charge(call)
      return ""
    }
    // If characters take more than one byte, the way to the end of the slice is walked.
    if text.isASCII { try charge(call, (.stringBuilding, to - from)) } else { try charge(call, (.stringSearch, to)) }
    if text.splitsCharacter(at: from) || text.splitsCharacter(at: to) { throw .stringSplitsCodePoint }
    guard let part = Text(text.units[from..<to]) else { preconditionFailure("no character is cut") }
    return part
  }

  private func split(_ text: Text, _ call: LibraryCall) throws(Stop) -> [Value] {
    let separator = try require(call[0].asString, call)
    let given = try require(call.int(1, default: 0xffff_ffff), call)
    try charge(call, text.byteCount)
    // ToUint32.
    let limit = Int(given & 0xffff_ffff)
    if limit == 0 { return [] }
    if separator.units.isEmpty { return try codeUnits(of: text, limit) }
    var parts: [Value] = []
    var start = 0
    while parts.count < limit {
      let end = firstPlace(of: separator.units, in: text.units, from: start)
      guard let part = Text(text.units[start..<(end ?? text.units.count)]) else {
        preconditionFailure("no match begins or ends inside a character")
      }
      parts.append(.string(part))
      guard let end else { break }
      start = end + separator.units.count
    }
    try charge(BulkWork.steps.units(of: parts.count))
    return parts
  }

  private func codeUnits(of text: Text, _ limit: Int) throws(Stop) -> [Value] {
    let units = text.units.prefix(limit)
    try charge(BulkWork.elements.units(of: Size.product(units.count, 4)))
    var parts: [Value] = []
    for index in units.indices { parts.append(.string(try codeUnit(of: text, at: index))) }
    return parts
  }

  private func trim(_ text: Text, atStart: Bool, atEnd: Bool, _ call: LibraryCall) throws(Stop) -> Text {
    try charge(call, text.byteCount)
    var units = text.units[...]
    if atStart { units = units.drop { isWhiteSpace($0) } }
    if atEnd {
      while let last = units.last, isWhiteSpace(last) { units.removeLast() }
    }
    guard let trimmed = Text(units) else { preconditionFailure("white space is no half of a character") }
    return trimmed
  }

  /// ECMA-262 12.2 and 12.3: WhiteSpace and LineTerminator.
  private func isWhiteSpace(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x09...0x0d, 0x20, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff: true
    default: false
    }
  }

  // MARK: Case

  private func changeCase(_ text: Text, toUpper: Bool, _ call: LibraryCall) throws(Stop) -> Text {
    let work = text.isASCII ? BulkWork.canonicalText : .caseMapping
    try charge(call, (work, text.byteCount))
    let scalars = text.scalars
    var mapped: [Text] = []
    for (index, scalar) in scalars.enumerated() {
      let isFinalSigma = !toUpper && scalar == 0x3a3 && endsWord(scalars, at: index)
      let mapping = CaseMapping.map(scalar, toUpper: toUpper)
      mapped.append(Text(scalar: isFinalSigma ? 0x3c2 : mapping.first))
      mapped += [mapping.second, mapping.third].filter { $0 != 0 }.map { Text(scalar: $0) }
    }
    let result = Text.joined(mapped)
    try charge(max(0, work.units(of: result.byteCount) - work.units(of: text.byteCount)))
    return result
  }

  /// Whether a sigma ends a word (Final_Sigma): the nearest character before it that is not case-ignorable is cased, the
  /// nearest one after it is not.
  private func endsWord(_ scalars: [UInt32], at index: Int) -> Bool {
    let before = scalars[..<index].last { CaseMapping.context($0) != .ignorable }
    let after = scalars[(index + 1)...].first { CaseMapping.context($0) != .ignorable }
    return before.map(CaseMapping.context) == .cased && after.map(CaseMapping.context) != .cased
  }
}
