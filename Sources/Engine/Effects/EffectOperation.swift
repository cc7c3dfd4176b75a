/// The standard capabilities: what a manifest names and a host grants. Each has operations of its own.
public enum StandardCapability: CaseIterable, Sendable {
  case log, random, uuid, clock, dbRead, dbWrite, httpOut, async

  /// What programs and grants call it.
  public var name: StaticString {
    switch self {
    case .log: "Log"
    case .random: "Random"
    case .uuid: "Uuid"
    case .clock: "Clock"
    case .dbRead: "DbRead"
    case .dbWrite: "DbWrite"
    case .httpOut: "HttpOut"
    case .async: "Async"
    }
  }
}

/// The standard effects: what a program can ask of its host, beyond what a host declares of its own.
///
/// The compiler resolves names with this table, and the machine checks and charges calls with it. What the operations
/// do is the host's affair. What they cost and how many arguments they take is part of the gas schedule.
public enum EffectOperation: CaseIterable, Sendable {
  case asyncAwait
  case clockNow
  case dbReadQuery
  case dbWriteExecute
  case httpOutGet, httpOutPost, httpOutPut, httpOutDelete, httpOutRequest
  case logDebug, logInfo, logWarn, logError
  case randomBytes, randomInt
  case uuidV4

  /// One row of the table.
  public struct Definition: Sendable {
    /// The capability that the operation belongs to.
    public let capability: StandardCapability
    /// The operation.
    public let name: StaticString
    /// What is charged besides EFFECT_PERFORM and the arguments.
    public let price: Price
    /// What the arguments must be.
    public let parameters: Parameters
    /// What comes in `Ok`, for the published table.
    public let result: StaticString

    init(
      _ capability: StandardCapability, _ name: StaticString, _ price: Price, _ parameters: Parameters,
      result: StaticString
    ) {
      self.capability = capability
      self.name = name
      self.price = price
      self.parameters = parameters
      self.result = result
    }

    /// The capability's name.
    public var effect: StaticString { capability.name }
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

  /// The row of the table.
  public var definition: Definition {
    let url = Parameter.required("url", .string)
    let body = Parameter.required("body", .string)
    let headers = Parameter.optional("headers", .record)
    let logged = Parameters(.required("message", .string), .optional("data", nil))
    let response: StaticString = "`{status, headers, cookies, body}`"
    return switch self {
    case .asyncAwait:
      Definition(
        .async, "await", .awaited,
        Parameters(.required("promiseHash", .string), .required("contId", .int), .required("call", .record)),
        result: "what the operation gives that `call`, which is `{effect, args}`, names")
    case .clockNow: Definition(.clock, "now", .free, Parameters(), result: "milliseconds since 1970, an Int")
    case .dbReadQuery:
      Definition(
        .dbRead, "query", .row(.dbRead), Parameters(.required("sql", .string), .required("params", .array)),
        result: "the rows: an Array of Records")
    case .dbWriteExecute:
      Definition(
        .dbWrite, "execute", .row(.dbWrite), Parameters(.required("sql", .string), .required("params", .array)),
        result: "`{changes}`")
    case .httpOutGet: Definition(.httpOut, "get", .row(.httpGet), Parameters(url, headers), result: response)
    case .httpOutPost: Definition(.httpOut, "post", .row(.httpPost), Parameters(url, body, headers), result: response)
    case .httpOutPut: Definition(.httpOut, "put", .row(.httpPut), Parameters(url, body, headers), result: response)
    case .httpOutDelete: Definition(.httpOut, "delete", .row(.httpDelete), Parameters(url, headers), result: response)
    case .httpOutRequest:
      Definition(
        .httpOut, "request", .row(.httpRequest), Parameters(.required("request", .record)), result: response)
    case .logDebug: Definition(.log, "debug", .row(.logDebug), logged, result: "`{}`")
    case .logInfo: Definition(.log, "info", .row(.logInfo), logged, result: "`{}`")
    case .logWarn: Definition(.log, "warn", .row(.logWarn), logged, result: "`{}`")
    case .logError: Definition(.log, "error", .row(.logError), logged, result: "`{}`")
    case .randomBytes:
      Definition(
        .random, "bytes", .row(.cryptoRandom), Parameters(.required("count", .int)),
        result: "lowercase hexadecimal digits, a String")
    case .randomInt:
      Definition(
        .random, "int", .row(.cryptoRandom), Parameters(.required("low", .int), .required("high", .int)),
        result: "an Int from `low` to `high`, both included")
    case .uuidV4: Definition(.uuid, "v4", .row(.cryptoRandom), Parameters(), result: "a random UUID, a String")
    }
  }

  /// The operations of a capability, in the order of the table; none if it is no standard one.
  public static func operations(of effect: [UInt8]) -> [EffectOperation] {
    allCases.filter { $0.definition.effect.equals(effect) }
  }

  /// The operation of that name, such as `Log.info`; nil for one of a host's own.
  static func find(_ name: StringView) -> EffectOperation? {
    for operation in allCases where operation.isNamed(name) { return operation }
    return nil
  }

  /// Whether a text is the capability, a full stop and the operation.
  private func isNamed(_ text: StringView) -> Bool {
    let (effect, name) = (definition.effect, definition.name)
    let stop = effect.utf8CodeUnitCount
    return text.memory.withBytes(at: text.bytes, count: text.byteCount) { bytes in
      bytes.count == stop &+ 1 &+ name.utf8CodeUnitCount && bytes[stop] == 0x2e
        && effect.equals(bytes.extracting(first: stop)) && name.equals(bytes.extracting(droppingFirst: stop &+ 1))
    }
  }
}
