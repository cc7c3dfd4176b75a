// How built-ins read their arguments. There is no coercion: a value of another kind is refused. An optional argument
// has its default only if it is missing or `undefined`.

extension Machine {
  @inline(__always)
  func isArray(_ value: Value) -> Bool { header(of: value)?.is(.array) ?? false }

  @inline(__always)
  func isRecord(_ value: Value) -> Bool { header(of: value)?.is(.record) ?? false }

  /// Whether the value is a function, of the program or of the library.
  @inline(__always)
  func isCallable(_ value: Value) -> Bool {
    guard let header = header(of: value) else { return false }
    return header.is(.function) || header.is(.builtinFunction)
  }

  /// The value as an Int, or nil if it is not one.
  @inline(__always)
  func integerOrNil(_ value: Value) -> Int64? {
    if value.isInlineInteger { return value.inlineInteger }
    guard let header = header(of: value), header.is(.boxedInteger) else { return nil }
    return Int64(bitPattern: memory[value.offset.advanced(words: 1)])
  }

  /// An optional argument as an Int, or nil if it has another kind.
  @inline(__always)
  func optionalInteger(_ index: Int, of call: BuiltinCall, default: Int64) -> Int64? {
    let value = argument(index, of: call)
    return value == .undefined ? `default` : integerOrNil(value)
  }

  /// The view of a value that is known to be a String.
  @inline(__always)
  func knownString(_ value: Value) -> StringView { StringView(memory, value.offset) }

  /// The view of a value that is known to be an Array.
  @inline(__always)
  func knownArray(_ value: Value) -> ArrayView { ArrayView(memory, value.offset) }
}

/// The ways in which ECMAScript brings an index into range.
enum IndexRange {
  /// An index from 0 to `length`; a negative one counts from the end (as in `slice`).
  static func relative(_ index: Int64, length: Int) -> Int {
    clamped(index < 0 ? index &+ Int64(length) : index, length: length)
  }

  /// An index from 0 to `length`; a negative one is 0 (as in `substring` and in the positions of searches).
  static func clamped(_ index: Int64, length: Int) -> Int {
    if index < 0 { return 0 }
    return index > Int64(length) ? length : Int(index)
  }

  /// The index of one element, or nil if it does not exist; a negative index counts from the end (as in `at`).
  static func element(_ index: Int64, length: Int) -> Int? {
    let absolute = index < 0 ? index &+ Int64(length) : index
    return absolute >= 0 && absolute < Int64(length) ? Int(absolute) : nil
  }
}
