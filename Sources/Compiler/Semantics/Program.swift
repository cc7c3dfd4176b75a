public import Engine

/// A whole program: its files are parsed and linked, and every name is resolved.
///
/// The tables are indexed by the numbers in the tree. All of them are in source order (files in the order of
/// evaluation).
public struct Program: Sendable {
  /// The files in the order of evaluation: each file after all files that it imports.
  public var trees: [SyntaxTree]
  /// The texts of all names and string literals.
  public var symbols: SymbolTable
  /// By `BindingID`.
  public var bindings: [Binding]
  /// By `ReferenceID`.
  public var references: [Reference]
  /// By `FunctionID`.
  public var functions: [FunctionScope]
  /// The `export default function` of the entry file, or nil if the program is a script.
  public var handler: FunctionNode?
  /// The effects that the program calls, each once, sorted by name.
  public var effects: [Symbol]
}

/// The properties of a declared name.
public struct Binding: Sendable {
  /// How a name is declared.
  public enum Kind: Sendable {
    case parameter
    /// `const` or `let`, also in a pattern.
    case constant
    /// A function declaration: initialised when its block is entered.
    case function
    /// The name of a function expression.
    case functionExpressionName
    /// An imported name or namespace. Its uses resolve to the imported binding, so nothing refers to it.
    case imported
  }
  /// The name, at its declaration.
  public var name: Name
  /// How it is declared.
  public var kind: Kind
  /// The function whose frame holds it; nil at the top level of a file.
  public var owner: FunctionID?
  /// Whether a function inside its owner uses it. Never true at the top level, where a binding is a global slot.
  public var isCaptured: Bool
  /// Whether a closure might capture it before it is initialised, so that it needs a cell.
  public var needsCell: Bool
  /// Whether a use might come before its initialisation, so that uses must check. For a use in its own function that
  /// comes before the declaration, or that is in another clause of the same `switch`, `Reference.isUninitialized` is
  /// set instead.
  public var needsCheck: Bool
  /// The function that it is known to hold: a function declaration, or a `const` whose value is a function or an arrow
  /// function.
  public var knownFunction: FunctionID?
}

/// The meaning of a use of a name.
public struct Reference: Sendable {
  /// The possible meanings of a name.
  public enum Target: Sendable {
    case binding(BindingID)
    /// The name itself is a function or constant of the library (`String`, `None`).
    case builtin(Builtin)
    /// The name is a namespace of the library, and the member access around it refers to this member (`Math` in
    /// `Math.max`).
    case builtinMember(Builtin)
    /// The name is an `import * as ns`, and the member access around it refers to this binding.
    case moduleMember(BindingID)
    /// The name is a capability of the host, and the member access around it names one of its operations.
    case effect(Symbol, operation: Symbol)
    /// It was reported as an error.
    case unresolved
  }
  /// The meaning of the name.
  public var target: Target
  /// The use can only run before the binding is initialised.
  public var isUninitialized: Bool
}

/// The properties of a function.
public struct FunctionScope: Sendable {
  /// The function in the tree.
  public var node: FunctionNode
  /// The function around it; nil at the top level of a file.
  public var parent: FunctionID?
  /// The bindings of outer functions that it uses, itself or through a function inside it, in order of first use.
  public var captures: [BindingID]
  /// The names bound in it, including parameters: everything that its frame may have to hold.
  public var bindings: [BindingID]
}
