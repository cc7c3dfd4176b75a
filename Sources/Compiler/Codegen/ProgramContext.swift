internal import Engine

/// What the generators of a program's functions share: constants, global slots and diagnostics.
struct ProgramContext {
  var constants = ConstantPool()
  /// The number of global slots so far.
  private(set) var globalCount = 0
  /// The slot of each binding; -1 for bindings that have none.
  private var slots: [Int]
  /// Diagnostics about programs that are too large for the image format.
  var diagnostics: [Diagnostic] = []

  init(_ program: Program) {
    slots = Array(repeating: -1, count: program.bindings.count)
    for (index, binding) in program.bindings.enumerated() where binding.owner == nil {
      if case .imported = binding.kind { continue }
      slots[index] = globalCount
      globalCount += 1
    }
  }

  /// The slot of a top-level binding.
  func globalSlot(of id: BindingID) -> Int { slots[id.index] }

  /// The constant for a built-in that is used as a value.
  static func constant(of builtin: Builtin) -> Constant {
    switch builtin.definition.form {
    case .constant(.none): .library(LibraryConstant.none)
    case .constant(.emptyMap): .library(LibraryConstant.emptyMap)
    case .constant(.greatestInt): .integer(.max)
    case .constant(.leastInt): .integer(.min)
    case .function, .method: .builtin(builtin)
    }
  }
}
