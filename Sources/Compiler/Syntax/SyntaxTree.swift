// The syntax tree: the parser makes it, and the resolver, the code generator and the reference evaluator read it.
//
// Every declared name has a `BindingID`, every used name has a `ReferenceID`, and every function has a `FunctionID`,
// all numbered in source order within a program. The resolver stores its findings in tables indexed by these numbers
// (`Program`), so the tree never changes after parsing.

/// Identifies a declared name within a program.
public struct BindingID: Hashable, Sendable {
  /// Position among the bindings of the program, in source order.
  public let index: Int
  /// The binding with this number.
  public init(_ index: Int) { self.index = index }
}

/// Identifies one use of a name within a program.
public struct ReferenceID: Hashable, Sendable {
  /// Position among the references of the program, in source order.
  public let index: Int
  /// The reference with this number.
  public init(_ index: Int) { self.index = index }
}

/// Identifies a function (declaration, expression or arrow) within a program.
public struct FunctionID: Hashable, Sendable {
  /// Position among the functions of the program, in source order.
  public let index: Int
  /// The function with this number.
  public init(_ index: Int) { self.index = index }
}

/// A name and its position.
public struct Name: Equatable, Sendable {
  /// The text of the name.
  public let symbol: Symbol
  /// Its position.
  public let span: SourceSpan
}

/// A name at the place that declares it.
public struct BindingName: Sendable {
  /// The name.
  public let name: Name
  /// The number of the binding.
  public let id: BindingID
}

// MARK: - Expressions

/// An expression. Parentheses only widen its span.
public struct Expression: Sendable {
  /// The kind of the expression, with its parts.
  public let node: ExpressionNode
  /// The text of the expression, including parentheses around it.
  public let span: SourceSpan
  /// The number of levels of expressions and statements in this one, including itself. The parser bounds it
  /// (`Parser.maximumHeight`), so every pass over the tree can recurse.
  public let height: Int
}

/// The kinds of expressions.
public indirect enum ExpressionNode: Sendable {
  /// An integer literal. 2^63 occurs only as the operand of `.negate`.
  case integer(UInt64)
  /// A string literal in UTF-8, with escapes resolved.
  case string(Symbol)
  case boolean(Bool)
  /// A template literal; `texts` (with escapes resolved) has one more element than `substitutions`.
  case template(texts: [Symbol], substitutions: [Expression])
  case name(Symbol, ReferenceID)
  case array([Element])
  case record([Property])
  case function(FunctionNode)
  case unary(UnaryOperator, Expression)
  /// Chains of left-associative operators lean to the left.
  case binary(BinaryOperator, Expression, Expression)
  case logical(LogicalOperator, Expression, Expression)
  case conditional(Expression, then: Expression, otherwise: Expression)
  case member(Expression, Name)
  case index(Expression, Expression)
  case call(Expression, [Element])
}

/// An element of an array literal, or an argument of a call.
public enum Element: Sendable {
  case value(Expression)
  case spread(Expression)
}

/// A property of a record literal. Shorthand `{a}` is a field whose value is the name.
public enum Property: Sendable {
  /// A key known at compile time: an identifier, string or integer literal (in its canonical digits).
  case field(Name, Expression)
  case computed(key: Expression, value: Expression)
  case spread(Expression)
}

/// `-` and `!`.
public enum UnaryOperator: Sendable { case negate, not }

/// Operators that evaluate both operands.
public enum BinaryOperator: Sendable {
  case add, subtract, multiply, divide, remainder
  case less, lessOrEqual, greater, greaterOrEqual
  case equal, notEqual
}

/// `&&` and `||`, whose right operand may not be evaluated.
public enum LogicalOperator: Sendable { case and, or }

// MARK: - Functions and patterns

/// A function declaration, function expression or arrow function.
public final class FunctionNode: Sendable {
  /// The two kinds of bodies.
  public enum Body: Sendable {
    /// The expression body of an arrow function.
    case expression(Expression)
    case block([Statement])
  }

  /// The number of the function.
  public let id: FunctionID
  /// The name of a declaration or of a named function expression. For a function expression, it is a binding that is
  /// visible only inside the function.
  public let name: BindingName?
  /// All parameters except a rest parameter.
  public let parameters: [Parameter]
  /// The pattern of `...rest`, which comes last.
  public let rest: Pattern?
  /// The code that runs when the function is called.
  public let body: Body
  /// Whether it is written with `=>`.
  public let isArrow: Bool
  /// From `function`, or from the first parameter of an arrow function, to the end of the body.
  public let span: SourceSpan

  /// The least number of arguments that a call must pass.
  public var minimumArity: Int { (parameters.lastIndex { $0.defaultValue == nil } ?? -1) + 1 }

  /// A function made of these parts.
  public init(
    id: FunctionID, name: BindingName?, parameters: [Parameter], rest: Pattern?, body: Body, isArrow: Bool,
    span: SourceSpan
  ) {
    self.id = id
    self.name = name
    self.parameters = parameters
    self.rest = rest
    self.body = body
    self.isArrow = isArrow
    self.span = span
  }
}

/// A parameter that is not a rest parameter.
public struct Parameter: Sendable {
  /// The pattern that the argument is bound to.
  public let pattern: Pattern
  /// The default for a missing argument.
  public let defaultValue: Expression?
}

/// The left side of a declaration, or a parameter.
public indirect enum Pattern: Sendable {
  case name(BindingName)
  /// `[a, , b = 1, ...rest]`; nil is an elision.
  case array([PatternElement?], rest: Pattern?, SourceSpan)
  /// `{a, b: c = 1, [k]: d, ...rest}`.
  case record([PatternField], rest: BindingName?, SourceSpan)
}

/// An element of an array pattern.
public struct PatternElement: Sendable {
  /// The pattern that the element is bound to.
  public let pattern: Pattern
  /// The default for a missing element.
  public let defaultValue: Expression?
}

/// A field of a record pattern.
public struct PatternField: Sendable {
  /// How the field is named.
  public enum Key: Sendable {
    case name(Name)
    case computed(Expression)
  }
  /// The name of the field.
  public let key: Key
  /// The pattern that the field is bound to.
  public let pattern: Pattern
  /// The default for a missing field.
  public let defaultValue: Expression?
}

// MARK: - Statements

/// A statement or declaration.
public struct Statement: Sendable {
  /// The kind of the statement, with its parts.
  public let node: StatementNode
  /// The text of the statement.
  public let span: SourceSpan
  /// Like `Expression.height`.
  public let height: Int
}

/// The kinds of statements.
public indirect enum StatementNode: Sendable {
  case expression(Expression)
  /// `const` or `let`, which mean the same.
  case declaration([Declarator])
  case function(FunctionNode)
  case block([Statement])
  case conditional(Expression, then: Statement, otherwise: Statement?)
  case selection(Expression, [SwitchCase])
  case returning(Expression?)
  case throwing(Expression)
  /// Leaves the innermost `switch`.
  case breaking
  case empty
  /// Top level only.
  case importing(ImportDeclaration)
  /// Top level only. A declaration (or `export default function`) with its exported name(s).
  case exporting(ExportDeclaration)
}

/// `pattern = value` in a declaration.
public struct Declarator: Sendable {
  /// The names that are declared.
  public let pattern: Pattern
  /// The values that they are bound to.
  public let value: Expression
  /// From the pattern to the end of the value.
  public let span: SourceSpan
}

/// `case test:` or, without a test, `default:`. A clause without statements falls through to the next one (stacked
/// labels).
public struct SwitchCase: Sendable {
  /// The value that the scrutinee is compared with; nil for `default`.
  public let test: Expression?
  /// The statements of the clause.
  public let body: [Statement]
  /// From `case` or `default` to the end of the last statement.
  public let span: SourceSpan
}

/// `import … from "path"`.
public struct ImportDeclaration: Sendable {
  /// What is imported.
  public enum Clause: Sendable {
    /// `{a, b as c}`: the exported name and the local binding.
    case names([(exported: Name, local: BindingName)])
    /// `* as ns`
    case namespace(BindingName)
  }
  /// What is imported from the file.
  public let clause: Clause
  /// The path as written.
  public let path: Name
}

/// What is exported.
public enum ExportDeclaration: Sendable {
  /// `export const …`, `export let …`, `export function …`: every declared name is exported under the same name.
  case declaration(Statement)
  /// `export {a, b as c}`
  case names([(local: Name, reference: ReferenceID, exported: Name)])
  /// `export default function (request) {…}`
  case handler(FunctionNode)
}

/// One parsed file.
public struct SyntaxTree: Sendable {
  /// The file, as an index into the sources of the program.
  public let file: Int
  /// The statements of the top level.
  public let statements: [Statement]
}
