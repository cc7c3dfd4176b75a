import FoundationEssentials

/// One run, as a runner is asked for it: a line of JSON.
struct ConformanceQuestion: Encodable {
  let name: String
  let files: [ConformanceCase.File]
  let snapshot: String
  let request: String
  let requestId: String
  let accountId: String
  let functionVersion: String
  let gasLimit: Int
  let heapLimit: Int
  let stackLimit: Int
  let calls: [ConformanceCase.Call]

  init(_ run: ConformanceRun) {
    let (example, request) = (run.example, run.request)
    name = run.name
    files = example.files
    snapshot = example.snapshot
    self.request = request.base64
    (requestId, accountId, functionVersion) = (request.requestId, request.accountId, request.functionVersion)
    gasLimit = run.expected.gasLimit
    (heapLimit, stackLimit) = (request.heapLimit, request.stackLimit)
    calls = request.calls
  }

  /// The line, with its end.
  func line() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}

/// A run of a request of a case.
struct ConformanceRun {
  let example: ConformanceCase
  let request: ConformanceCase.Request
  let expected: ConformanceCase.Run

  /// The case, the request, and the gas limit.
  var name: String { "\(example.name), request \(request.name), gas limit \(expected.gasLimit)" }

  /// All runs of these cases, in their order.
  static func all(of cases: [ConformanceCase]) -> [ConformanceRun] {
    cases.flatMap { example in
      example.requests.flatMap { request in
        request.runs.map { ConformanceRun(example: example, request: request, expected: $0) }
      }
    }
  }
}
