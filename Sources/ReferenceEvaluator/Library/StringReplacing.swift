import Engine

// `replace` and `replaceAll`.

extension Evaluation {
  func replace(in text: Text, all: Bool, _ call: LibraryCall) throws(Stop) -> Value {
    let pattern = try require(call[0].asString, call)
    let replacement = call[1]
    if replacement.asString == nil && !replacement.isCallable { throw try refusal(of: call, .typeMismatch) }
    try charge(call, Size.sum(text.byteCount, replacement.asString?.byteCount ?? 0))
    let matches = try matches(of: pattern, in: text, all: all)
    if matches.isEmpty { return .string(text) }
    guard let template = replacement.asString else {
      try charge(BulkWork.steps.units(of: matches.count))
      return try callingBack(matches.count) { () throws(Stop) in
        var replacements: [Text] = []
        for match in matches {
          let result = try callBack(replacement, [.string(pattern), .int(Int64(match)), .string(text)])
          guard let replaced = result.asString else { throw .typeMismatch }
          replacements.append(replaced)
        }
        return try replace(matches, of: pattern, in: text, with: replacements)
      }
    }
    let pieces = pieces(of: template)
    let marks = pieces.count { if case .text = $0 { false } else { true } }
    try charge(BulkWork.steps.units(of: Size.product(matches.count, Int64(1 + marks))))
    let size = matches.reduce(text.byteCount) { size, match in
      Size.sum(size, pieces.reduce(0) { Size.sum($0, byteCount(of: $1, pattern, in: text, at: match)) })
    }
    // The size is known, and paid for, before anything is made; `replace` takes away what is replaced.
    if size - matches.count * pattern.byteCount > Evaluation.largestSize {
      try charge(BulkWork.stringSearch.units(of: size - matches.count * pattern.byteCount))
      throw .memoryExhausted
    }
    let replacements = matches.map { match in
      Text.joined(pieces.map { self.text(of: $0, pattern, in: text, at: match) })
    }
    return try replace(matches, of: pattern, in: text, with: replacements)
  }

  /// The places to replace, in code units.
  private func matches(of pattern: Text, in text: Text, all: Bool) throws(Stop) -> [Int] {
    if pattern.units.isEmpty {
      if !all { return [0] }
      // Between the two halves of a character a match would leave halves.
      if text.scalars.count < text.units.count { throw .stringSplitsCodePoint }
      return Array(0...text.units.count)
    }
    var matches: [Int] = []
    var start = 0
    while let match = firstPlace(of: pattern.units, in: text.units, from: start) {
      matches.append(match)
      if !all { break }
      start = match + pattern.units.count
    }
    return matches
  }

  /// The String with every match replaced, at its price.
  private func replace(
    _ matches: [Int], of pattern: Text, in text: Text, with replacements: [Text]
  ) throws(Stop) -> Value {
    var size = text.byteCount - matches.count * pattern.byteCount
    for replacement in replacements { size = Size.sum(size, replacement.byteCount) }
    try charge(BulkWork.stringSearch.units(of: size))
    let units = try built(size) {
      var units: [UInt16] = []
      var end = 0
      for (match, replacement) in zip(matches, replacements) {
        units += text.units[end..<match] + replacement.units
        end = match + pattern.units.count
      }
      return units + text.units[end...]
    }
    guard let replaced = Text(units) else { preconditionFailure("no match begins or ends inside a character") }
    return .string(replaced)
  }

  // MARK: Templates

  /// A part of a replacement text (ECMA-262 22.1.3.19.1, GetSubstitution, of a pattern without groups).
  private enum Piece {
    case text(Text)
    /// `$$`
    case dollar
    /// `$&`
    case match
    /// `` $` ``
    case prefix
    /// `$'`
    case suffix
  }

  private func pieces(of template: Text) -> [Piece] {
    var pieces: [Piece] = []
    var plain: [UInt16] = []
    var rest = template.units[...]
    while let unit = rest.popFirst() {
      guard unit == 0x24, let mark = rest.first, let piece = piece(of: mark) else {
        plain.append(unit)
        continue
      }
      rest.removeFirst()
      if let text = Text(plain), !plain.isEmpty { pieces.append(.text(text)) }
      plain = []
      pieces.append(piece)
    }
    if let text = Text(plain), !plain.isEmpty { pieces.append(.text(text)) }
    return pieces
  }

  /// What the code unit behind a dollar sign asks for.
  private func piece(of mark: UInt16) -> Piece? {
    switch mark {
    case 0x24: .dollar
    case 0x26: .match
    case 0x60: .prefix
    case 0x27: .suffix
    default: nil
    }
  }

  private func text(of piece: Piece, _ pattern: Text, in text: Text, at match: Int) -> Text {
    switch piece {
    case .text(let plain): plain
    case .dollar: "$"
    case .match: pattern
    case .prefix: Text(text.units[..<match]) ?? ""
    case .suffix: Text(text.units[(match + pattern.units.count)...]) ?? ""
    }
  }

  private func byteCount(of piece: Piece, _ pattern: Text, in text: Text, at match: Int) -> Int {
    switch piece {
    case .text(let plain): plain.byteCount
    case .dollar: 1
    case .match: pattern.byteCount
    case .prefix: text.byteCount(before: match)
    case .suffix: text.byteCount - text.byteCount(before: match) - pattern.byteCount
    }
  }
}
