extension Builtin {
  /// One row of the table of built-ins.
  public struct Definition: Sendable {
    /// The name without the namespace.
    public let name: StaticString
    /// How it is used.
    public let form: Form
    /// How many arguments a call has, not counting the receiver.
    public let arity: Arity
    /// The row of the gas table that is charged at entry, or when a constant is read.
    public let row: GasRow
    /// Whether it calls functions that are passed to it. Such a call runs in its own frame.
    public let callsBack: Bool
    /// The work that is charged in addition to the row, in the order of the charges.
    public let bulk: BulkCharges

    /// Nothing has a default, so every new row must state what it costs.
    init(name: StaticString, form: Form, arity: Arity, row: GasRow, callsBack: Bool, bulk: BulkCharges) {
      self.name = name
      self.form = form
      self.arity = arity
      self.row = row
      self.callsBack = callsBack
      self.bulk = bulk
    }

    /// The fewest arguments.
    public var minimumArity: Int { arity.minimum }
    /// The most arguments; nil if there is no limit.
    public var maximumArity: Int? { arity.maximum == .max ? nil : arity.maximum }
  }

  /// How a built-in is used.
  public enum Form: Equatable, Sendable {
    /// `name(x)` or `Namespace.name(x)`. It is also a value and can be a callback.
    case function
    /// `receiver.name(x)`, where the receiver has the namespace's kind. It is never a value.
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
    /// The fewest.
    let minimum: Int
    /// The most; `Int.max` if there is no limit.
    let maximum: Int

    static func exactly(_ count: Int) -> Arity { Arity(minimum: count, maximum: count) }

    static func between(_ minimum: Int, _ maximum: Int) -> Arity { Arity(minimum: minimum, maximum: maximum) }

    static func atLeast(_ minimum: Int) -> Arity { Arity(minimum: minimum, maximum: .max) }
  }
}
