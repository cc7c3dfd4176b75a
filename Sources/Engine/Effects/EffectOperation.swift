/// The standard effects: what a program can ask of its host, beyond what a host declares of its own.
///
/// The compiler resolves names with this table, and the machine checks and charges calls with it. What the operations
/// do is the host's affair.
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
    /// The capability: what is named in the manifest and granted by the host.
    public let effect: StaticString
    /// The operation.
    public let name: StaticString
    /// What is charged besides EFFECT_PERFORM; nil for nothing.
    public let row: GasRow?
    /// What the arguments must be.
    public let parameters: Parameters

    init(_ effect: StaticString, _ name: StaticString, _ row: GasRow?, _ parameters: Parameters) {
      self.effect = effect
      self.name = name
      self.row = row
      self.parameters = parameters
    }
  }

  /// How many arguments an operation takes, three at most, and of which kinds.
  public struct Parameters: Sendable {
    /// Fewest arguments.
    public let required: Int
    /// Most arguments.
    public let count: Int
    private let kinds: (Kind?, Kind?, Kind?)

    init(required: Int, count: Int, _ first: Kind? = nil, _ second: Kind? = nil, _ third: Kind? = nil) {
      self.required = required
      self.count = count
      kinds = (first, second, third)
    }

    /// The kind that an argument must be of; nil if any kind will do.
    public func kind(_ index: Int) -> Kind? {
      switch index {
      case 0: kinds.0
      case 1: kinds.1
      default: kinds.2
      }
    }
  }

  /// The row of the table.
  public var definition: Definition {
    switch self {
    case .asyncAwait: Definition("Async", "await", nil, Parameters(required: 3, count: 3, .string, .int, .record))
    case .clockNow: Definition("Clock", "now", nil, Parameters(required: 0, count: 0))
    case .dbReadQuery: Definition("DbRead", "query", .dbRead, Parameters(required: 2, count: 2, .string, .array))
    case .dbWriteExecute:
      Definition("DbWrite", "execute", .dbWrite, Parameters(required: 2, count: 2, .string, .array))
    case .httpOutGet: Definition("HttpOut", "get", .httpGet, Parameters(required: 1, count: 2, .string, .record))
    case .httpOutPost:
      Definition("HttpOut", "post", .httpPost, Parameters(required: 2, count: 3, .string, .string, .record))
    case .httpOutPut:
      Definition("HttpOut", "put", .httpPut, Parameters(required: 2, count: 3, .string, .string, .record))
    case .httpOutDelete:
      Definition("HttpOut", "delete", .httpDelete, Parameters(required: 1, count: 2, .string, .record))
    case .httpOutRequest: Definition("HttpOut", "request", .httpRequest, Parameters(required: 1, count: 1, .record))
    case .logDebug: Definition("Log", "debug", .logDebug, Parameters(required: 1, count: 2, .string))
    case .logInfo: Definition("Log", "info", .logInfo, Parameters(required: 1, count: 2, .string))
    case .logWarn: Definition("Log", "warn", .logWarn, Parameters(required: 1, count: 2, .string))
    case .logError: Definition("Log", "error", .logError, Parameters(required: 1, count: 2, .string))
    case .randomBytes: Definition("Random", "bytes", .cryptoRandom, Parameters(required: 1, count: 1, .int))
    case .randomInt: Definition("Random", "int", .cryptoRandom, Parameters(required: 2, count: 2, .int, .int))
    case .uuidV4: Definition("Uuid", "v4", .cryptoRandom, Parameters(required: 0, count: 0))
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
