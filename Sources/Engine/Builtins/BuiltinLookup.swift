/// How the compiler finds built-ins by name.
extension Builtin {
  /// The function or constant `namespace.name` (or the global `name`), if there is one.
  public static func find(_ name: [UInt8], in namespace: Namespace) -> Builtin? {
    allCases.first { builtin in
      let definition = builtin.definition
      return definition.form != .method && definition.namespace == namespace && definition.name.equals(name)
    }
  }

  /// The method of Strings (`.string`) or Arrays (`.array`) of this name, if there is one.
  public static func findMethod(_ name: [UInt8], of namespace: Namespace) -> Builtin? {
    allCases.first { builtin in
      let definition = builtin.definition
      return definition.form == .method && definition.namespace == namespace && definition.name.equals(name)
    }
  }
}

extension Builtin.Namespace {
  /// The namespace of this name, if there is one.
  public static func find(_ name: [UInt8]) -> Builtin.Namespace? {
    allCases.first { $0 != .global && $0.name.equals(name) }
  }
}
