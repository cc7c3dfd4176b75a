import Engine

/// What is repeated, and what it makes the load check do for every eight bytes.
enum HostileKind: CaseIterable {
  /// Shapes of keys whose hashes are equal: the order of their bytes decides.
  case collidingKeys
  /// Arrays of references.
  case arrays
  /// Instructions that read nearly all registers of a wide frame.
  case wideRows
  /// Closures over as many registers as a frame can have.
  case wideClosures
  /// Conditional jumps in a wide frame: what is known at each target is kept and merged.
  case wideJumps
  /// Calls, after which nothing is known of most registers of a wide frame.
  case wideCalls

  /// An image of about this size.
  func image(byteCount: Int) -> HostileImage {
    let names = (0..<900).map { "a\($0)" }
    let declarations = names.map { "const \($0) = x + 1;" }.joined()
    func wide(_ body: String) -> HostileImage {
      HostileImage(compiling: "const f = x => { \(declarations) \(body) return x; }; f(1)")
    }
    switch self {
    case .collidingKeys:
      var image = HostileImage(compiling: "({'T_LztURz1MBUYXJXibwO3M': 1, 'T_LztURz1MB5-TqMX2wOjI': 2})")
      image.repeatLast(.shape, toSize: byteCount)
      return image
    case .arrays:
      var image = HostileImage(compiling: "[\(Array(repeating: "'a'", count: 60).joined(separator: ","))]")
      image.repeatLast(.array, toSize: byteCount)
      return image
    case .wideRows:
      var image = wide("[x, x];")
      image.repeatLast(.newArray, toSize: byteCount) {
        Instruction(.newArray, charge: 255, a: $0.a, b: 0, c: names.count)
      }
      return image
    case .wideClosures:
      // Names and captures share the frame.
      let half = names.prefix(450)
      let declarations = half.map { "const \($0) = x + 1;" }.joined()
      var image = HostileImage(
        compiling:
          "const f = x => { \(declarations) const g = () => [\(half.joined(separator: ","))]; return g; }; f(1)")
      image.repeatLast(.closure, toSize: byteCount) {
        Instruction(.closure, charge: 255, a: $0.a, b: $0.b, c: $0.c)
      }
      return image
    case .wideJumps:
      var image = wide("if (x === 1) { return 1; }")
      image.repeatLast(.jumpIfNotEqualImmediate, toSize: byteCount) {
        Instruction(.jumpIfNotEqualImmediate, charge: 255, a: $0.a, b: $0.b, c: 0)
      }
      return image
    case .wideCalls:
      var image = wide("Math.abs(x);")
      image.repeatLast(.callBuiltin, toSize: byteCount) {
        Instruction(.callBuiltin, charge: 255, a: $0.a, b: $0.b, c: $0.c)
      }
      return image
    }
  }
}
