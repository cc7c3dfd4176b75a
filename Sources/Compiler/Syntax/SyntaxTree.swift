// The syntax tree: what the parser makes, what the resolver, the code generator and the reference evaluator read.
//
// Every name that is declared has a `BindingID`, every name that is used a `ReferenceID`, every function a
// `FunctionID`, numbered in source order within a program. What the resolver finds out about them lies in tables
// indexed by these numbers (`Program`), so the tree itself is never changed after it was parsed.

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

/// A name and where it stands.
public struct Name: Equatable, Sendable {
  /// The text of the name.
  public let symbol: Symbol
  /// Where it stands.
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

/// An expression. Parentheses leave no trace but a wider span around them.
public struct Expression: Sendable {
  /// What kind of expression it is, with its parts.
  public let node: ExpressionNode
  /// The text of the expression, with parentheses around it.
  public let span: SourceSpan
  /// Levels of expressions and statements below this one, itself included. The parser bounds it
  /// (`Parser.maximumHeight`), so every pass over the tree may recurse.
  public let height: Int
}

/// The kinds of expressions.
public indirect enum ExpressionNode: Sendable {
  /// An integer literal. 2^63 stands here only as the operand of `.negate`.
  case integer(UInt64)
  /// A string literal, escapes resolved, UTF-8.
  case string(Symbol)
  case boolean(Bool)
  /// A template literal; `texts` (escapes resolved) has one element more than `substitutions`.
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
  /// A key known from the text: identifier, string or integer literal (in its canonical digits).
  case field(Name, Expression)
  case computed(key: Expression, value: Expression)
  case spread(Expression)
}

/// `-` and `!`.
public enum UnaryOperator: Sendable { case negate, not }

/// Operators that take the values of both operands.
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
    /// An arrow's expression body.
    case expression(Expression)
    case block([Statement])
  }

  /// The number of the function.
  public let id: FunctionID
  /// The name of a declaration or of a named function expression. For a function expression it is a binding that is
  /// visible inside the function only.
  public let name: BindingName?
  /// All parameters but a rest parameter.
  public let parameters: [Parameter]
  /// The pattern of `...rest`, which comes last.
  public let rest: Pattern?
  /// What runs when the function is called.
  public let body: Body
  /// Whether it is written with `=>`.
  public let isArrow: Bool
  /// From `function`, or the first parameter of an arrow, to the end of the body.
  public let span: SourceSpan

  /// The arguments that a call must give at least.
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

/// A parameter that is no rest parameter.
public struct Parameter: Sendable {
  /// What the argument is bound to.
  public let pattern: Pattern
  /// What stands for a missing argument.
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
  /// What the element is bound to.
  public let pattern: Pattern
  /// What stands for a missing element.
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
  /// What the field is bound to.
  public let pattern: Pattern
  /// What stands for a missing field.
  public let defaultValue: Expression?
}

// MARK: - Statements

/// A statement or declaration.
public struct Statement: Sendable {
  /// What kind of statement it is, with its parts.
  public let node: StatementNode
  /// The text of the statement.
  public let span: SourceSpan
  /// As `Expression.height`.
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
  /// What they are bound to.
  public let value: Expression
  /// From the pattern to the end of the value.
  public let span: SourceSpan
}

/// `case test:` or, without a test, `default:`. A clause without statements falls into the next one (stacked labels).
public struct SwitchCase: Sendable {
  /// What the scrutinee is compared with; nil for `default`.
  public let test: Expression?
  /// The statements of the clause.
  public let body: [Statement]
  /// From `case` or `default` to the end of the last statement.
  public let span: SourceSpan
}

/// `import … from "path"`.
public struct ImportDeclaration: Sendable {
  /// What an import takes.
  public enum Clause: Sendable {
    /// `{a, b as c}`: the exported name and the local binding.
    case names([(exported: Name, local: BindingName)])
    /// `* as ns`
    case namespace(BindingName)
  }
  /// What is taken from the file.
  public let clause: Clause
  /// The path as written.
  public let path: Name
}

/// What follows `export`.
public enum ExportDeclaration: Sendable {
  /// `export const …`, `export let …`, `export function …`: every name that it declares is exported under that name.
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
