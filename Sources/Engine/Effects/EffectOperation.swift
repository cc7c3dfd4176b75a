/// The operations of one standard capability. The host's effect switches over them, so an operation that the host does
/// not perform does not compile.
public protocol CapabilityOperation: CaseIterable, Sendable {
  /// The capability that they belong to.
  static var capability: StandardCapability { get }

  /// The row of the table.
  var definition: EffectOperation.Definition { get }
}

extension EffectOperation {
  /// One row of the table.
  public struct Definition: Sendable {
    /// The operation.
    public let name: StaticString
    /// What is charged besides EFFECT_PERFORM and the arguments.
    public let price: Price
    /// What the arguments must be.
    public let parameters: Parameters
    /// What comes in `Ok`, for the published table.
    public let result: StaticString

    init(_ name: StaticString, _ price: Price, _ parameters: Parameters, result: StaticString) {
      self.name = name
      self.price = price
      self.parameters = parameters
      self.result = result
    }
  }

  /// What an operation costs besides EFFECT_PERFORM and its arguments.
  public enum Price: Equatable, Sendable {
    /// Nothing.
    case free
    /// A row of the cost table.
    case row(GasRow)
    /// The price of the operation that the third argument names: `{effect, args}`.
    case awaited

    /// The row to charge; nil if there is none, or if the arguments decide.
    public var row: GasRow? {
      switch self {
      case .row(let row): row
      case .free, .awaited: nil
      }
    }
  }

  /// One parameter of an operation.
  public struct Parameter: Sendable {
    /// What documentation calls it.
    public let name: StaticString
    /// The kind that an argument must be of; nil if any kind will do.
    public let kind: Kind?
    /// Whether a call may leave it out. Only the last parameters may be optional.
    public let isOptional: Bool

    /// A parameter that every call passes.
    static func required(_ name: StaticString, _ kind: Kind) -> Parameter {
      Parameter(name: name, kind: kind, isOptional: false)
    }

    /// A parameter that a call may leave out.
    static func optional(_ name: StaticString, _ kind: Kind?) -> Parameter {
      Parameter(name: name, kind: kind, isOptional: true)
    }
  }

  /// The parameters of an operation, three at most.
  public struct Parameters: Sendable {
    private let first: Parameter?
    private let second: Parameter?
    private let third: Parameter?

    init(_ first: Parameter? = nil, _ second: Parameter? = nil, _ third: Parameter? = nil) {
      self.first = first
      self.second = second
      self.third = third
    }

    /// The parameters in their order.
    public var all: [Parameter] { [first, second, third].compactMap { $0 } }

    /// Fewest arguments.
    public var required: Int { count(first, where: false) &+ count(second, where: false) &+ count(third, where: false) }

    /// Most arguments.
    public var count: Int {
      required &+ count(first, where: true) &+ count(second, where: true) &+ count(third, where: true)
    }

    /// 1 if there is a parameter that is optional, or that is not, otherwise 0. A call of an effect asks, so no Array is made.
    private func count(_ parameter: Parameter?, where isOptional: Bool) -> Int {
      if let parameter, parameter.isOptional == isOptional { 1 } else { 0 }
    }

    /// The kind that an argument must be of; nil if any kind will do.
    public func kind(_ index: Int) -> Kind? {
      switch index {
      case 0: first?.kind
      case 1: second?.kind
      default: third?.kind
      }
    }
  }

  /// The operations of a capability; none if no standard capability has that name.
  public static func operations(of capability: [UInt8]) -> [EffectOperation] {
    StandardCapability.allCases.first { $0.name.equals(capability) }?.operations ?? []
  }

  /// The operation of that name, such as `Log.info`; nil for one of a host's own.
  static func find(_ name: StringView) -> EffectOperation? {
    for operation in allCases where operation.isNamed(name) { return operation }
    return nil
  }

  /// Whether a text is the capability, a full stop and the operation.
  private func isNamed(_ text: StringView) -> Bool {
    let capability = capability.name
    let stop = capability.utf8CodeUnitCount
    return text.memory.withBytes(at: text.bytes, count: text.byteCount) { bytes in
      guard bytes.count > stop, bytes[stop] == 0x2e, capability.equals(bytes.extracting(first: stop)) else {
        return false
      }
      let (rest, name) = (bytes.extracting(droppingFirst: stop &+ 1), definition.name)
      return rest.count == name.utf8CodeUnitCount && name.equals(rest)
    }
  }
}
