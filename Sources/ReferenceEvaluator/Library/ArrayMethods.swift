import Engine

// Methods of Arrays that call nothing: docs/library.md, "Methods of Arrays".

extension Evaluation {
  func method(of elements: [Value], _ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .arrayAt:
      try charge(call)
      guard let index = call[0].asInt else { throw .typeMismatch }
      return elements[try existingPlace(index, in: elements)]
    case .arrayConcat: return .array(try concat(elements, call))
    case .arrayFlat: return .array(try flat(elements, call))
    case .arrayIncludes: return .bool(try firstIndex(in: elements, call) >= 0)
    case .arrayIndexOf: return .int(Int64(try firstIndex(in: elements, call)))
    case .arrayLastIndexOf: return .int(Int64(try lastIndex(in: elements, call)))
    case .arrayJoin: return .string(try join(elements, call))
    case .arraySlice: return .array(try slice(elements, call))
    case .arrayToReversed:
      try charge(call, elements.count)
      return .array(elements.reversed())
    case .arrayToSpliced: return .array(try splice(elements, call))
    case .arrayWith: return .array(try with(elements, call))
    case .arrayToSorted: return try sort(elements, call)
    case .arrayReduce, .arrayReduceRight: return try reduce(elements, call)
    default: return try iterate(elements, call[0], call)
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
    try charge(call, size)
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
    try charge(call, elements.count)
    var (result, level) = (elements, Int64(0))
    while level < depth, result.contains(where: { $0.asArray != nil }) {
      // No level is free, however few elements it gives.
      result = try flattened(result, paidBesides: 8)
      level += 1
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
    try charge(call, elements.count)
    for index in Place.relative(from, elements.count)..<elements.count {
      if try areEqual(elements[index], call[0]) { return index }
    }
    return -1
  }

  private func lastIndex(in elements: [Value], _ call: LibraryCall) throws(Stop) -> Int {
    // An argument that is given and `undefined` is 0.
    let from = try require(call.int(1, default: call.arguments.count < 2 ? -1 : 0), call)
    try charge(call, elements.count)
    let last = from < 0 ? from + Int64(elements.count) : min(from, Int64(elements.count) - 1)
    if last < 0 { return -1 }
    for index in stride(from: Int(last), through: 0, by: -1) {
      if try areEqual(elements[index], call[0]) { return index }
    }
    return -1
  }

  // MARK: Joining

  private func join(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> Text {
    let separator = try require(call.string(0, default: ","), call)
    try charge(call, elements.count)
    var parts: [Text] = []
    for (index, element) in elements.enumerated() {
      guard let text = canonicalText(of: element) else { throw .typeMismatch }
      if index > 0 { parts.append(separator) }
      parts.append(text)
    }
    let size = parts.reduce(0) { Size.sum($0, $1.byteCount) }
    try charge(BulkWork.stringBuilding.units(of: size))
    return try built(size) { Text.joined(parts) }
  }
}
