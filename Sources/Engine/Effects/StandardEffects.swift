// The table of the standard effects. To add an operation or a capability, start here.

/// The standard capabilities. Manifests name them, and hosts grant them. Each has its own operations.
///
/// The gas schedule lists them in this order.
public enum StandardCapability: CaseIterable, Sendable {
  case async, clock, dbRead, dbWrite, httpOut, log, random, uuid

  /// The name in programs and grants.
  public var name: StaticString {
    switch self {
    case .async: "Async"
    case .clock: "Clock"
    case .dbRead: "DbRead"
    case .dbWrite: "DbWrite"
    case .httpOut: "HttpOut"
    case .log: "Log"
    case .random: "Random"
    case .uuid: "Uuid"
    }
  }

  /// Its operations, in the order of the schedule.
  public var operations: [EffectOperation] {
    switch self {
    case .async: AsyncOperation.allCases.map(EffectOperation.async)
    case .clock: ClockOperation.allCases.map(EffectOperation.clock)
    case .dbRead: DbReadOperation.allCases.map(EffectOperation.dbRead)
    case .dbWrite: DbWriteOperation.allCases.map(EffectOperation.dbWrite)
    case .httpOut: HttpOutOperation.allCases.map(EffectOperation.httpOut)
    case .log: LogOperation.allCases.map(EffectOperation.log)
    case .random: RandomOperation.allCases.map(EffectOperation.random)
    case .uuid: UuidOperation.allCases.map(EffectOperation.uuid)
    }
  }
}

/// The operations of the standard effects. A host can declare more.
///
/// The compiler resolves names with this table, and the machine checks and charges calls with it. The host performs the
/// operations. The price and the number of arguments of each are part of the gas schedule.
public enum EffectOperation: CaseIterable, Equatable, Sendable {
  case async(AsyncOperation)
  case clock(ClockOperation)
  case dbRead(DbReadOperation)
  case dbWrite(DbWriteOperation)
  case httpOut(HttpOutOperation)
  case log(LogOperation)
  case random(RandomOperation)
  case uuid(UuidOperation)

  /// All operations, in the order of the schedule.
  public static let allCases = StandardCapability.allCases.flatMap { $0.operations }

  /// The capability that the operation belongs to.
  public var capability: StandardCapability {
    switch self {
    case .async: .async
    case .clock: .clock
    case .dbRead: .dbRead
    case .dbWrite: .dbWrite
    case .httpOut: .httpOut
    case .log: .log
    case .random: .random
    case .uuid: .uuid
    }
  }

  /// The row of the table.
  public var definition: Definition {
    switch self {
    case .async(let operation): operation.definition
    case .clock(let operation): operation.definition
    case .dbRead(let operation): operation.definition
    case .dbWrite(let operation): operation.definition
    case .httpOut(let operation): operation.definition
    case .log(let operation): operation.definition
    case .random(let operation): operation.definition
    case .uuid(let operation): operation.definition
    }
  }
}

// MARK: - Operations by capability

private typealias Definition = EffectOperation.Definition
private typealias Parameters = EffectOperation.Parameters

extension HostWork {
  /// A number, a text or a time: little more than the record of the call.
  fileprivate static let small = HostWork(call: 1200)
  /// A line of JSON: a system call or two, and up to six bytes for each byte of text.
  fileprivate static let line = HostWork(call: 2000, argumentByte: 1)
  /// A query: compiling it, and its rows. What SQLite does to find them is bounded by limits, not by gas.
  fileprivate static let query = HostWork(call: 3000, argumentByte: 3, resultByte: 2)
  /// The same for a statement that writes.
  fileprivate static let change = HostWork(call: 5000, argumentByte: 3, resultByte: 1)
  /// A connection, a request and a response, and two durable notes in the file of intents.
  fileprivate static let exchange = HostWork(call: 100_000, argumentByte: 2, resultByte: 1)
}

/// The operations of `Async`.
public enum AsyncOperation: CapabilityOperation {
  case await

  /// `Async`.
  public static let capability = StandardCapability.async

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    switch self {
    case .await:
      Definition(
        "await", .awaited, HostWork(call: 600, argumentByte: 1),
        Parameters(.required("promiseHash", .string), .required("contId", .int), .required("call", .record)),
        result: "the result of the operation that `call`, a Record `{effect, args}`, names")
    }
  }
}

/// The operations of `Clock`.
public enum ClockOperation: CapabilityOperation {
  case now

  /// `Clock`.
  public static let capability = StandardCapability.clock

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    switch self {
    case .now: Definition("now", .free, .small, Parameters(), result: "milliseconds since 1970, an Int")
    }
  }
}

/// The operations of `DbRead`.
public enum DbReadOperation: CapabilityOperation {
  case query

  /// `DbRead`.
  public static let capability = StandardCapability.dbRead

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    switch self {
    case .query:
      Definition(
        "query", .row(.dbRead), .query, Parameters(.required("sql", .string), .required("params", .array)),
        result: "the rows: an Array of Records")
    }
  }
}

/// The operations of `DbWrite`.
public enum DbWriteOperation: CapabilityOperation {
  case execute

  /// `DbWrite`.
  public static let capability = StandardCapability.dbWrite

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    switch self {
    case .execute:
      Definition(
        "execute", .row(.dbWrite), .change, Parameters(.required("sql", .string), .required("params", .array)),
        result: "`{changes}`")
    }
  }
}

/// The operations of `HttpOut`.
public enum HttpOutOperation: CapabilityOperation {
  case get, post, put, delete, request

  /// `HttpOut`.
  public static let capability = StandardCapability.httpOut

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    let url = EffectOperation.Parameter.required("url", .string)
    let body = EffectOperation.Parameter.required("body", .string)
    let headers = EffectOperation.Parameter.optional("headers", .record)
    let response: StaticString = "`{status, headers, cookies, body}`"
    return switch self {
    case .get: Definition("get", .row(.httpGet), .exchange, Parameters(url, headers), result: response)
    case .post: Definition("post", .row(.httpPost), .exchange, Parameters(url, body, headers), result: response)
    case .put: Definition("put", .row(.httpPut), .exchange, Parameters(url, body, headers), result: response)
    case .delete: Definition("delete", .row(.httpDelete), .exchange, Parameters(url, headers), result: response)
    case .request:
      Definition("request", .row(.httpRequest), .exchange, Parameters(.required("request", .record)), result: response)
    }
  }
}

/// The operations of `Log`.
public enum LogOperation: CapabilityOperation {
  case debug, info, warn, error

  /// `Log`.
  public static let capability = StandardCapability.log

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    let logged = Parameters(.required("message", .string), .optional("data", nil))
    return switch self {
    case .debug: Definition("debug", .row(.logDebug), .line, logged, result: "`{}`")
    case .info: Definition("info", .row(.logInfo), .line, logged, result: "`{}`")
    case .warn: Definition("warn", .row(.logWarn), .line, logged, result: "`{}`")
    case .error: Definition("error", .row(.logError), .line, logged, result: "`{}`")
    }
  }
}

/// The operations of `Random`.
public enum RandomOperation: CapabilityOperation {
  case bytes, int

  /// `Random`.
  public static let capability = StandardCapability.random

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    switch self {
    case .bytes:
      Definition(
        "bytes", .row(.cryptoRandom), .small, Parameters(.required("count", .int)),
        result: "lowercase hexadecimal digits, a String")
    case .int:
      Definition(
        "int", .row(.cryptoRandom), .small, Parameters(.required("low", .int), .required("high", .int)),
        result: "an Int from `low` to `high`, inclusive")
    }
  }
}

/// The operations of `Uuid`.
public enum UuidOperation: CapabilityOperation {
  case v4

  /// `Uuid`.
  public static let capability = StandardCapability.uuid

  /// The row of the table.
  public var definition: EffectOperation.Definition {
    switch self {
    case .v4: Definition("v4", .row(.cryptoRandom), .small, Parameters(), result: "a random UUID, a String")
    }
  }
}
