import Engine

// What Arrays have, and the methods of theirs that call nothing: docs/library.md, "Methods of Arrays".

extension Evaluation {
  func array(_ member: ArrayBuiltin, _ call: LibraryCall) throws(Stop) -> Value {
    switch member {
    case .at:
      try charge(call)
      guard let index = call[0].asInt else { throw .typeMismatch }
      return call.elements[try existingPlace(index, in: call.elements)]
    case .concat: return .array(try concat(call.elements, call))
    case .flat: return .array(try flat(call.elements, call))
    case .includes: return .bool(try firstIndex(in: call.elements, call) >= 0)
    case .indexOf: return .int(Int64(try firstIndex(in: call.elements, call)))
    case .lastIndexOf: return .int(Int64(try lastIndex(in: call.elements, call)))
    case .join: return .string(try join(call.elements, call))
    case .slice: return .array(try slice(call.elements, call))
    case .toReversed:
      try charge(call, call.elements.count)
      return .array(call.elements.reversed())
    case .toSpliced: return .array(try splice(call.elements, call))
    case .with: return .array(try with(call.elements, call))
    case .of:
      try charge(call, call.arguments.count)
      return .array(call.arguments)
    case .isArray:
      try charge(call)
      return .bool(call[0].asArray != nil)
    case .toSorted: return try sort(call.elements, call)
    case .reduce: return try reduce(call.elements, .first, call)
    case .reduceRight: return try reduce(call.elements, .last, call)
    case .from: return try arrayFrom(call)
    case .forEach: return try iterate(.each, over: call.elements, call[0], call)
    case .map: return try iterate(.collection(isFlattened: false), over: call.elements, call[0], call)
    case .flatMap: return try iterate(.collection(isFlattened: true), over: call.elements, call[0], call)
    case .filter: return try iterate(.selection, over: call.elements, call[0], call)
    case .every: return try iterate(.search(.first, for: false, gives: .answer), over: call.elements, call[0], call)
    case .some: return try iterate(.search(.first, for: true, gives: .answer), over: call.elements, call[0], call)
    case .findIndex: return try iterate(.search(.first, for: true, gives: .index), over: call.elements, call[0], call)
    case .findLastIndex:
      return try iterate(.search(.last, for: true, gives: .index), over: call.elements, call[0], call)
    case .find:
      let elements = try require(call[0].asArray, call)
      return try iterate(.search(.first, for: true, gives: .option), over: elements, call[1], call)
    }
  }

  private func existingPlace(_ index: Int64, in elements: [Value]) throws(Stop) -> Int {
    guard let place = Place.element(index, elements.count) else {
      throw .indexOutOfRange(index: index, length: elements.count)
    }
    return place
  }

  private func concat(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> [Value] {
    let size = call.arguments.reduce(elements.count) { Size.sum($0, $1.asArray?.count ?? 1) }
    try charge(call, (.elements, size), (.visits, 2 * max(0, call.arguments.count - 2)))
    return try built(size) { call.arguments.reduce(elements) { $0 + ($1.asArray ?? [$1]) } }
  }

  private func slice(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> [Value] {
    let from = Place.relative(try require(call.int(0, default: 0), call), elements.count)
    let to = max(from, Place.relative(try require(call.int(1, default: .max), call), elements.count))
    try charge(call, to - from)
    return Array(elements[from..<to])
  }

  private func splice(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> [Value] {
    let start = try require(call[0].asInt, call)
    // An argument that is given and `undefined` is 0.
    let given = try require(call.int(1, default: call.arguments.count < 2 ? .max : 0), call)
    let from = Place.relative(start, elements.count)
    let to = from + Place.clamped(given, elements.count - from)
    let spliced = elements[..<from] + call.arguments.dropFirst(2) + elements[to...]
    try charge(call, spliced.count)
    return Array(spliced)
  }

  private func with(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> [Value] {
    let index = try require(call[0].asInt, call)
    try charge(call, elements.count)
    var result = elements
    result[try existingPlace(index, in: elements)] = call[1]
    return result
  }

  // MARK: Flattening

  private func flat(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> [Value] {
    let depth = try require(call.int(0, default: 1), call)
    try charge(call, BulkWork.unitsPerVisit * elements.count)
    var (result, level) = (elements, Int64(0))
    while level < depth, result.contains(where: { $0.asArray != nil }) {
      // No level is free, however few elements it gives.
      result = try flattened(result, paidBesides: 4)
      level += 1
      if level < depth { try charge(BulkWork.visits.units(of: BulkWork.unitsPerVisit * result.count)) }
    }
    return result
  }

  /// The elements, those that are Arrays replaced by theirs; what comes out, and `more`, is paid for before it is made.
  func flattened(_ elements: [Value], paidBesides more: Int = 0) throws(Stop) -> [Value] {
    let size = elements.reduce(0) { Size.sum($0, $1.asArray?.count ?? 1) }
    try charge(BulkWork.elements.units(of: Size.sum(size, more)))
    return try built(size) { elements.flatMap { $0.asArray ?? [$0] } }
  }

  // MARK: Searching

  private func firstIndex(in elements: [Value], _ call: LibraryCall) throws(Stop) -> Int {
    let from = try require(call.int(1, default: 0), call)
    try chargeSearch(for: call[0], among: elements.count, call)
    for index in Place.relative(from, elements.count)..<elements.count {
      if try areEqual(elements[index], call[0]) { return index }
    }
    return -1
  }

  private func lastIndex(in elements: [Value], _ call: LibraryCall) throws(Stop) -> Int {
    // An argument that is given and `undefined` is 0.
    let from = try require(call.int(1, default: call.arguments.count < 2 ? -1 : 0), call)
    try chargeSearch(for: call[0], among: elements.count, call)
    let last = from < 0 ? from + Int64(elements.count) : min(from, Int64(elements.count) - 1)
    if last < 0 { return -1 }
    for index in stride(from: Int(last), through: 0, by: -1) {
      if try areEqual(elements[index], call[0]) { return index }
    }
    return -1
  }

  private func chargeSearch(for sought: Value, among count: Int, _ call: LibraryCall) throws(Stop) {
    if sought.takesMemory { try charge(call, (.visits, 2 * count)) } else { try charge(call, (.values, count)) }
  }

  // MARK: Joining

  private func join(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> Text {
    let separator = try require(call.string(0, default: ","), call)
    try charge(call, BulkWork.unitsPerVisit * elements.count)
    var parts: [Text] = []
    for (index, element) in elements.enumerated() {
      guard let text = canonicalText(of: element) else { throw .typeMismatch }
      if index > 0 { parts.append(separator) }
      parts.append(text)
    }
    let size = parts.reduce(0) { Size.sum($0, $1.byteCount) }
    try charge(BulkWork.stringSearch.units(of: size))
    return try built(size) { Text.joined(parts) }
  }
}
