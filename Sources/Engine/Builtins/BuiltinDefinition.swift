extension Builtin {
  /// One row of the table of built-ins.
  public struct Definition: Sendable {
    /// The name, without that of the namespace.
    public let name: StaticString
    /// How it is used.
    public let form: Form
    /// How many arguments a call has, the receiver not counted.
    public let arity: Arity
    /// The row of the gas table that is charged at entry; for a constant, where it is read.
    public let row: GasRow
    /// Whether it calls functions that it is given. Such a call runs in a frame of its own.
    public let callsBack: Bool
    /// The work that is charged besides the row, in the order in which it is.
    public let bulk: BulkCharges

    /// Nothing has a default: who adds a row says what it costs.
    init(name: StaticString, form: Form, arity: Arity, row: GasRow, callsBack: Bool, bulk: BulkCharges) {
      self.name = name
      self.form = form
      self.arity = arity
      self.row = row
      self.callsBack = callsBack
      self.bulk = bulk
    }

    /// Fewest arguments.
    public var minimumArity: Int { arity.minimum }
    /// Most arguments; nil if there is no limit.
    public var maximumArity: Int? { arity.maximum == .max ? nil : arity.maximum }
  }

  /// How a built-in is used.
  public enum Form: Equatable, Sendable {
    /// `name(x)` or `Namespace.name(x)`; also a value, as a callback.
    case function
    /// `receiver.name(x)`, the receiver being of the namespace's kind; never a value.
    case method
    /// This value.
    case constant(Constant)
  }

  /// The constants of the library.
  public enum Constant: Sendable {
    /// `None`
    case none
    /// `Map.empty`
    case emptyMap
    /// `Int.MAX`
    case greatestInt
    /// `Int.MIN`
    case leastInt
  }

  /// How many arguments a call may have.
  public struct Arity: Sendable {
    /// Fewest.
    let minimum: Int
    /// Most; `Int.max` if there is no limit.
    let maximum: Int

    static func exactly(_ count: Int) -> Arity { Arity(minimum: count, maximum: count) }

    static func between(_ minimum: Int, _ maximum: Int) -> Arity { Arity(minimum: minimum, maximum: maximum) }

    static func atLeast(_ minimum: Int) -> Arity { Arity(minimum: minimum, maximum: .max) }
  }
}
