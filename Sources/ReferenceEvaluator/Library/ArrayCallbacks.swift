import Engine

// Methods of Arrays that call a function, `Array.find`, `Array.from` and the other functions of `Array`.

extension Evaluation {
  /// `every`, `filter`, `find`, `findIndex`, `findLastIndex`, `flatMap`, `forEach`, `map`, `some`: calls a function with
  /// each element, its index and the Array.
  func iterate(_ elements: [Value], _ function: Value, _ call: LibraryCall) throws(Stop) -> Value {
    if !function.isCallable { throw try refusal(of: call, .notCallable) }
    try charge(call, elements.count)
    return try callingBack(elements.count) { () throws(Stop) in
      var results: [Value] = []
      let indices = Array(elements.indices)
      for index in call.builtin == .arrayFindLastIndex ? indices.reversed() : indices {
        let result = try callBack(function, [elements[index], .int(Int64(index)), .array(elements)])
        switch call.builtin {
        case .arrayForEach: break
        case .arrayMap, .arrayFlatMap: results.append(result)
        default:
          guard let holds = result.asBool else { throw .typeMismatch }
          if call.builtin == .arrayFilter {
            if holds { results.append(elements[index]) }
          } else if let decided = decided(call.builtin, holds, elements[index], index) {
            return decided
          }
        }
      }
      return try end(call.builtin, results)
    }
  }

  /// The result, if one answer of a predicate decides it.
  private func decided(_ builtin: Builtin, _ holds: Bool, _ element: Value, _ index: Int) -> Value? {
    switch builtin {
    case .arrayEvery: holds ? nil : .bool(false)
    case .arraySome: holds ? .bool(true) : nil
    case .arrayFind: holds ? Value.some(element) : nil
    default: holds ? .int(Int64(index)) : nil
    }
  }

  /// The result, when all elements have been gone through.
  private func end(_ builtin: Builtin, _ results: [Value]) throws(Stop) -> Value {
    switch builtin {
    case .arrayEvery: return .bool(true)
    case .arraySome: return .bool(false)
    case .arrayFind: return Value.none
    case .arrayFindIndex, .arrayFindLastIndex: return .int(-1)
    case .arrayFlatMap: return .array(try flattened(results))
    case .arrayForEach: return .undefined
    default: return .array(results)
    }
  }

  /// `reduce` and `reduceRight`.
  func reduce(_ elements: [Value], _ call: LibraryCall) throws(Stop) -> Value {
    try charge(call)
    if !call[0].isCallable { throw .notCallable }
    var indices = Array(elements.indices)
    if call.builtin == .arrayReduceRight { indices.reverse() }
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
      if elements.contains(where: \.isUndefined) { throw .typeMismatch }
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

  // MARK: Functions of Array

  func arrayFunction(_ call: LibraryCall) throws(Stop) -> Value {
    switch call.builtin {
    case .arrayOf:
      try charge(call, call.arguments.count)
      return .array(call.arguments)
    case .arrayIsArray:
      try charge(call)
      return .bool(call[0].asArray != nil)
    case .arrayFind:
      return try iterate(try require(call[0].asArray, call), call[1], call)
    default:
      return try arrayFrom(call)
    }
  }

  private func arrayFrom(_ call: LibraryCall) throws(Stop) -> Value {
    let (count, element) = try require(source(call[0]), call)
    if !call[1].isUndefined && !call[1].isCallable { throw try refusal(of: call, .notCallable) }
    let size = Size.product(1, max(0, count))
    // A String is paid for by its bytes.
    try charge(call, call[0].asString?.byteCount ?? size)
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
    default:
      return nil
    }
  }
}
