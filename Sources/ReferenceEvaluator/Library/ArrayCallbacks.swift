import Engine

// Methods of Arrays that call a function, `Array.find` and `Array.from`.

/// With which element an iteration begins.
enum Beginning {
  case first, last

  func indices(of elements: [Value]) -> [Int] {
    switch self {
    case .first: Array(elements.indices)
    case .last: elements.indices.reversed()
    }
  }
}

/// Calling a function with one element after the other, and what comes of its answers.
enum Iteration {
  /// Nothing.
  case each
  /// They are the elements of the result.
  case collection(isFlattened: Bool)
  /// Those that are true select the elements of the result.
  case selection
  /// The iteration ends at an answer that is sought.
  case search(Beginning, for: Bool, gives: Finding)

  /// What a search gives: something if it finds, something else if it doesn't.
  enum Finding {
    /// The last answer.
    case answer
    /// The index, or -1.
    case index
    /// The element, in an Option.
    case option
  }

  fileprivate var beginning: Beginning {
    switch self {
    case .each, .collection, .selection: .first
    case .search(let beginning, _, _): beginning
    }
  }
}

extension Evaluation {
  /// Calls a function with each element, its index and the Array.
  func iterate(
    _ iteration: Iteration, over elements: [Value], _ function: Value, _ call: LibraryCall
  ) throws(Stop) -> Value {
    if !function.isCallable { throw try refusal(of: call, .notCallable) }
    try charge(call, elements.count)
    return try callingBack(elements.count) { () throws(Stop) in
      var results: [Value] = []
      for index in iteration.beginning.indices(of: elements) {
        let answer = try callBack(function, [elements[index], .int(Int64(index)), .array(elements)])
        switch iteration {
        case .each: break
        case .collection: results.append(answer)
        case .selection: if try bool(answer) { results.append(elements[index]) }
        case .search(_, for: let sought, let finding):
          guard try bool(answer) == sought else { continue }
          switch finding {
          case .answer: return answer
          case .index: return .int(Int64(index))
          case .option: return Value.some(elements[index])
          }
        }
      }
      switch iteration {
      case .each: return .undefined
      case .collection(isFlattened: false), .selection: return .array(results)
      case .collection(isFlattened: true): return .array(try flattened(results))
      case .search(_, for: let sought, gives: .answer): return .bool(!sought)
      case .search(_, for: _, gives: .index): return .int(-1)
      case .search(_, for: _, gives: .option): return Value.none
      }
    }
  }

  private func bool(_ answer: Value) throws(Stop) -> Bool {
    guard let flag = answer.asBool else { throw .typeMismatch }
    return flag
  }

  /// `reduce` and `reduceRight`.
  func reduce(_ elements: [Value], _ beginning: Beginning, _ call: LibraryCall) throws(Stop) -> Value {
    try charge(call)
    if !call[0].isCallable { throw .notCallable }
    var indices = beginning.indices(of: elements)
    var result = call[1]
    if call.arguments.count < 2 {
      if elements.isEmpty { throw .invalidArgument }
      result = elements[indices.removeFirst()]
    }
    return try callingBack(indices.count) { () throws(Stop) in
      for index in indices {
        result = try callBack(call[0], [result, elements[index], .int(Int64(index)), .array(elements)])
      }
      return result
    }
  }

  // MARK: Sorting

  /// A merge sort from runs of one element, bottom up. The left element is taken unless it comes after the right one.
  func sort(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> Value {
    let function = call[0]
    if !function.isUndefined && !function.isCallable { throw try refusal(of: call, .notCallable) }
    let row = call.builtin.definition.row
    if function.isUndefined {
      try charge(row, .steps, orderingSize(of: elements.count))
      if elements.contains(where: { $0.asString == nil }) { throw .typeMismatch }
    } else {
      try charge(row, .elements, elements.count)
      if elements.contains(where: { $0.isUndefined }) { throw .typeMismatch }
    }
    if elements.count < 2 { return .array(elements) }
    return try callingBack(function.isUndefined ? 0 : 1) { () throws(Stop) in
      var runs = elements.map { [$0] }
      while runs.count > 1 {
        var merged: [[Value]] = []
        for index in stride(from: 0, to: runs.count, by: 2) {
          merged.append(index + 1 < runs.count ? try merge(runs[index], runs[index + 1], by: function) : runs[index])
        }
        runs = merged
      }
      return .array(runs[0])
    }
  }

  private func merge(_ left: [Value], _ right: [Value], by function: Value) throws(Stop) -> [Value] {
    var (left, right, merged) = (left[...], right[...], [Value]())
    while let a = left.first, let b = right.first {
      merged.append(try comesAfter(a, b, by: function) ? right.removeFirst() : left.removeFirst())
    }
    return merged + left + right
  }

  private func comesAfter(_ left: Value, _ right: Value, by function: Value) throws(Stop) -> Bool {
    if let a = left.asString, let b = right.asString, function.isUndefined {
      try charge(BulkWork.stringComparison.units(of: min(a.byteCount, b.byteCount)))
      return order(a, b) > 0
    }
    guard let order = try callBack(function, [left, right]).asInt else { throw .typeMismatch }
    return order > 0
  }

  // MARK: Array.from

  func arrayFrom(_ call: LibraryCall) throws(Stop) -> Value {
    let (count, element) = try require(source(call[0]), call)
    if !call[1].isUndefined && !call[1].isCallable { throw try refusal(of: call, .notCallable) }
    let size = Size.product(1, max(0, count))
    if let text = call[0].asString {
      try charge(call, Size.product(text.byteCount, characterWords))
    } else if call[0].asMap != nil {
      try charge(call, (.elements, entryWords * size), (.visits, BulkWork.unitsPerVisit * size))
    } else {
      try charge(call, size)
    }
    if count < 0 { throw .invalidArgument }
    let elements = try built(size) { (0..<size).map(element) }
    if call[1].isUndefined { return .array(elements) }
    return try callingBack(size) { () throws(Stop) in
      var results: [Value] = []
      for (index, element) in elements.enumerated() {
        results.append(try callBack(call[1], [element, .int(Int64(index))]))
      }
      return .array(results)
    }
  }

  /// How many elements a source of `Array.from` gives, and which; nil if it is none.
  private func source(_ value: Value) -> (count: Int64, element: (Int) -> Value)? {
    switch value {
    case .array(let elements):
      return (Int64(elements.count), { elements[$0] })
    case .string(let text):
      let characters = text.characters
      return (Int64(characters.count), { .string(characters[$0]) })
    case .map(let map):
      return (Int64(map.pairs.count), { .array([map.pairs[$0].key, map.pairs[$0].value]) })
    case .record(let record):
      guard record.fields.count == 1, let length = record["length"]?.asInt else { return nil }
      return (length, { _ in .undefined })
    case .null, .bool, .int, .decimal, .function, .builtin, .undefined:
      return nil
    }
  }
}
