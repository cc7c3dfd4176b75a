public import Compiler
public import Engine

/// One charge, as reported to an observer.
public struct Charge: Sendable {
  /// Units; may be 0.
  public let units: Int64
  /// The source text that is charged for; nil for the work of the host: the request, the call of the handler, the
  /// response.
  public let span: SourceSpan?
  /// The active calls.
  public let path: CallPath
}

/// Receives every charge, in order.
public typealias ChargeObserver = (Charge) -> Void

/// The active calls, from the innermost out. A call in tail position replaces its caller.
public final class CallPath: Sendable {
  /// The kinds of active calls.
  public enum Callee: Sendable {
    /// The host, and the top level of the program's files.
    case top
    case function(FunctionNode)
    case builtin(Builtin)
  }

  /// The innermost call.
  public let callee: Callee
  /// The calls around it; nil for the outermost.
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
