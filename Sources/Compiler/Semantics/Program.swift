public import Engine

/// A whole program: its files parsed, linked, and every name resolved.
///
/// The tables are indexed by the tree's numbers. Everything in them is in source order (files in evaluation order).
public struct Program: Sendable {
  /// The files in evaluation order: a file comes after all that it imports.
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
  /// Effects that the program calls, each once, sorted by name.
  public var effects: [Symbol]
}

/// What is known of a declared name.
public struct Binding: Sendable {
  /// How a name is declared.
  public enum Kind: Sendable {
    case parameter
    /// `const`, `let`, also destructured.
    case constant
    /// A function declaration: initialised when its block is entered.
    case function
    /// The own name of a function expression.
    case functionExpressionName
    /// An imported name or namespace; uses of it resolve to what it stands for, so nothing refers to it.
    case imported
  }
  /// The name, where it is declared.
  public var name: Name
  /// How it is declared.
  public var kind: Kind
  /// The function whose frame holds it; nil at the top level of a file.
  public var owner: FunctionID?
  /// Whether a function inside its owner uses it. Never true at the top level, where a binding is a global slot.
  public var isCaptured: Bool
  /// Whether a closure may be made that captures it before it has been initialised, so that it must live in a cell.
  public var needsCell: Bool
  /// Whether a use of it may come before its initialisation, so that uses must check. A use in its own function that
  /// stands before the declaration, or in another clause of the same `switch`, is `Reference.isUninitialized` instead.
  public var needsCheck: Bool
  /// The function that it is known to hold: a function declaration, or a `const` whose value is a function or arrow.
  public var knownFunction: FunctionID?
}

/// What a use of a name means.
public struct Reference: Sendable {
  /// What a name can stand for.
  public enum Target: Sendable {
    case binding(BindingID)
    /// The name itself is a function or constant of the library (`String`, `None`).
    case builtin(Builtin)
    /// The name is a namespace of the library, and the member access around it means this (`Math` in `Math.max`).
    case builtinMember(Builtin)
    /// The name is an `import * as ns`, and the member access around it means this binding.
    case moduleMember(BindingID)
    /// The name is a capability of the host, and the member access around it names its operation.
    case effect(Symbol, operation: Symbol)
    /// Reported as an error.
    case unresolved
  }
  /// What the name stands for.
  public var target: Target
  /// The use can only run before the binding is initialised.
  public var isUninitialized: Bool
}

/// What is known of a function.
public struct FunctionScope: Sendable {
  /// The function in the tree.
  public var node: FunctionNode
  /// The function around it; nil at the top level of a file.
  public var parent: FunctionID?
  /// The bindings of outer functions that it uses (itself or for a function inside), in order of first use.
  public var captures: [BindingID]
  /// The names bound in it, parameters included: all that its frame may have to hold.
  public var bindings: [BindingID]
}
