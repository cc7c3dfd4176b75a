import Engine

/// The effects of the host that a program can name. The engine knows them only through the manifest.
enum EffectTable {
  /// A capability and its operations.
  struct Effect {
    let name: StaticString
    let operations: [StaticString]
  }

  static let all: [Effect] = [
    Effect(name: "Async", operations: ["await"]),
    Effect(name: "Clock", operations: ["now"]),
    Effect(name: "DbRead", operations: ["query"]),
    Effect(name: "DbWrite", operations: ["execute"]),
    Effect(name: "HttpOut", operations: ["get", "post", "put", "delete", "request"]),
    Effect(name: "Log", operations: ["debug", "info", "warn", "error"]),
    Effect(name: "Random", operations: ["bytes", "int"]),
    Effect(name: "Uuid", operations: ["v4"]),
  ]

  static func find(_ name: [UInt8]) -> Effect? { all.first { $0.name.equals(name) } }
}
