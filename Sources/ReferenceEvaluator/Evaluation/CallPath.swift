public import Compiler
public import Engine

/// One charge, as an observer is told of it.
public struct Charge: Sendable {
  /// Units; may be 0.
  public let units: Int64
  /// The text that is charged for; nil for what the host does: the request, the call of the handler, the response.
  public let span: SourceSpan?
  /// The calls that are active.
  public let path: CallPath
}

/// Is told of every charge, in order.
public typealias ChargeObserver = (Charge) -> Void

/// The calls that are active, from the innermost out. A call in tail position stands in the place of its caller.
public final class CallPath: Sendable {
  /// What can be active.
  public enum Callee: Sendable {
    /// The host, and the top level of the program's files.
    case top
    case function(FunctionNode)
    case builtin(Builtin)
  }

  /// The innermost call.
  public let callee: Callee
  /// The calls around it; nil at the top.
  public let caller: CallPath?
  /// The number of calls around it.
  public let depth: Int

  private init(_ callee: Callee, in caller: CallPath?) {
    self.callee = callee
    self.caller = caller
    depth = caller.map { $0.depth + 1 } ?? 0
  }

  static let root = CallPath(.top, in: nil)

  func calling(_ callee: Callee) -> CallPath { CallPath(callee, in: self) }
}
