/// The operations of one standard capability. The host's effect switches over them, so leaving one out does not
/// compile.
public protocol CapabilityOperation: CaseIterable, Sendable {
  /// The capability to which the operations belong.
  static var capability: StandardCapability { get }

  /// The row of the table.
  var definition: EffectOperation.Definition { get }
}

extension EffectOperation {
  /// One row of the table.
  public struct Definition: Sendable {
    /// The operation.
    public let name: StaticString
    /// What is charged in addition to EFFECT_PERFORM, the arguments and the host's work.
    public let price: Price
    /// The host's work for a call. For an awaited call, the work of the operation that is awaited comes in addition.
    public let hostWork: HostWork
    /// What the arguments must be.
    public let parameters: Parameters
    /// The value in `Ok`, for the published table.
    public let result: StaticString

    init(
      _ name: StaticString, _ price: Price, _ hostWork: HostWork, _ parameters: Parameters, result: StaticString
    ) {
      self.name = name
      self.price = price
      self.hostWork = hostWork
      self.parameters = parameters
      self.result = result
    }
  }

  /// What an operation costs in addition to EFFECT_PERFORM and its arguments.
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
    /// The name in the documentation.
    public let name: StaticString
    /// The kind that an argument must have; nil if any kind is accepted.
    public let kind: Kind?
    /// Whether a call may omit it. Only the last parameters may be optional.
    public let isOptional: Bool

    /// A parameter that every call passes.
    static func required(_ name: StaticString, _ kind: Kind) -> Parameter {
      Parameter(name: name, kind: kind, isOptional: false)
    }

    /// A parameter that a call may omit.
    static func optional(_ name: StaticString, _ kind: Kind?) -> Parameter {
      Parameter(name: name, kind: kind, isOptional: true)
    }
  }

  /// The parameters of an operation, at most three.
  public struct Parameters: Sendable {
    private let first: Parameter?
    private let second: Parameter?
    private let third: Parameter?

    init(_ first: Parameter? = nil, _ second: Parameter? = nil, _ third: Parameter? = nil) {
      self.first = first
      self.second = second
      self.third = third
    }

    /// The parameters in order.
    public var all: [Parameter] { [first, second, third].compactMap { $0 } }

    /// The fewest arguments.
    public var required: Int { count(first, where: false) &+ count(second, where: false) &+ count(third, where: false) }

    /// The most arguments.
    public var count: Int {
      required &+ count(first, where: true) &+ count(second, where: true) &+ count(third, where: true)
    }

    /// 1 if there is a parameter and its `isOptional` has this value, otherwise 0. It runs for every call of an effect,
    /// so it makes no Array.
    private func count(_ parameter: Parameter?, where isOptional: Bool) -> Int {
      if let parameter, parameter.isOptional == isOptional { 1 } else { 0 }
    }

    /// The kind that an argument must have; nil if any kind is accepted.
    public func kind(_ index: Int) -> Kind? {
      switch index {
      case 0: first?.kind
      case 1: second?.kind
      default: third?.kind
      }
    }
  }

  /// The operations of a capability; empty if no standard capability has that name.
  public static func operations(of capability: [UInt8]) -> [EffectOperation] {
    StandardCapability.allCases.first { $0.name.equals(capability) }?.operations ?? []
  }

  /// The operation with that name, such as `Log.info`; nil for an operation that a host declares itself.
  static func find(_ name: StringView) -> EffectOperation? {
    for operation in allCases where operation.isNamed(name) { return operation }
    return nil
  }

  /// Whether a text is the name of the capability, a full stop and the name of the operation.
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
