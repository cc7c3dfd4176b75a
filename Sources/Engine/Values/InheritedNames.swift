/// The names that every object inherits in ECMAScript (ECMA-262 20.1.3 and B.2.2). Records inherit nothing. The only
/// place where this would show is a destructuring default for such a field, which ECMAScript would never use. Such a
/// default is rejected, so no program has different meanings here and in ECMAScript.
public enum InheritedNames {
  private static let all: [StaticString] = [
    "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
    "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__",
  ]

  /// Whether a key is such a name.
  public static func contains(_ key: [UInt8]) -> Bool { all.contains { $0.equals(key) } }

  /// Whether a key is such a name, without allocating.
  static func contains(_ key: StringView) -> Bool {
    all.contains { name in
      name.utf8CodeUnitCount == key.byteCount
        && key.memory.withBytes(at: key.bytes, count: key.byteCount) { name.equals($0) }
    }
  }
}
