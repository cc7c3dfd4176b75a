import Differential
import Engine
import Foundation
import Host
import OperatingSystem
import TestSupport

/// A case of the conformance kit: a program, and what requests to it must come to. The names of the properties are those
/// of the published format.
public struct Case: Encodable {
  /// A file of the program.
  struct File: Encodable {
    let path: String
    let text: String
  }

  /// A request, its budgets, and its runs.
  struct Request: Encodable {
    let name: String
    let base64: String
    let requestId: String
    let accountId: String
    let functionVersion: String
    let heapLimit: Int
    let stackLimit: Int
    let calls: [Call]
    let runs: [Run]
  }

  /// A call of an effect: what the host replied.
  struct Call: Encodable {
    let effect: String
    let reply: String
    /// The canonical CBOR of the result, in hexadecimal digits; empty for other replies.
    let result: String
  }

  /// A run under one gas limit, and what it must come to.
  struct Run: Encodable {
    let gasLimit: Int
    let seed: String
    /// The error's code; empty for a value.
    let error: String
    let body: String
    let sha256: String
    let gas: Int
    let heapPeak: Int
    let stackPeak: Int
    /// The number of calls of effects.
    let calls: Int
  }

  let name: String
  /// The entry file first.
  let files: [File]
  /// The SHA-256 of the snapshot.
  let snapshot: String
  let requests: [Request]

  /// Compiles the program, and runs each request under a generous gas limit and under others around its total.
  public init(_ source: CaseSource) throws {
    let image = try Guest.image(
      Dictionary(uniqueKeysWithValues: source.files), entry: source.files[0].path, strips: false)
    let hash = Hash256(of: image)
    let budgets = MachineLayout.Budgets(stackWords: source.stackWords, heapBytes: source.heapBytes)
    let guest = LoadedGuest(image: image, budgets: budgets)
    name = source.name
    files = source.files.map { File(path: $0.path, text: $0.text) }
    snapshot = hash.hex
    requests = try source.requests.map { request in
      try Request(request, to: guest, hash, source)
    }
  }

  /// The case as a line of JSON, with its end.
  public func line() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0a]
  }
}

extension Case.Request {
  fileprivate init(_ request: CaseSource.Request, to guest: LoadedGuest, _ hash: Hash256, _ source: CaseSource) throws {
    var calls: [Case.Call] = []
    let full = Case.Request.run(guest, request, gasLimit: source.gasLimit) { effect, reply in
      calls.append(Case.Call(effect: effect, reply))
    }
    let near = [full.gas + 1, full.gas, full.gas / 2]
    let limits = Set([source.gasLimit] + near + (source.hasManyLimits ? [full.gas - 1, full.gas / 7, 1] : []))
    let identity = RequestIdentity(
      requestID: "conformance/\(source.name)/\(request.name)", accountID: "123456789012", functionVersion: "7")
    runs = try limits.filter { $0 >= 1 && $0 <= source.gasLimit }.sorted().map { limit in
      var callCount = 0
      let result = Case.Request.run(guest, request, gasLimit: limit) { _, _ in callCount += 1 }
      return Case.Run(
        gasLimit: limit, seed: identity.seed(contentHash: hash, gasLimit: try GasLimit("\(limit)")).hex,
        error: result.error ?? "", body: result.body, sha256: Hash256(of: Array(result.body.utf8)).hex, gas: result.gas,
        heapPeak: result.heapPeakBytes, stackPeak: result.stackPeakWords, calls: callCount)
    }
    name = request.name
    base64 = Data(request.bytes).base64EncodedString()
    requestId = identity.requestID
    accountId = identity.accountID
    functionVersion = identity.functionVersion
    heapLimit = source.heapBytes
    stackLimit = source.stackWords
    self.calls = calls
  }

  /// Runs a request with a host whose replies depend only on the calls. `notes` gets each of them.
  private static func run(
    _ guest: LoadedGuest, _ request: CaseSource.Request, gasLimit: Int, _ notes: (String, EffectReply) -> Void
  ) -> Guest.Result {
    var host = CannedHost()
    return guest.run(request: request.bytes, gasLimit: gasLimit) { effect, arguments in
      let reply = host.reply(to: effect, arguments)
      notes(effect, reply)
      return reply
    }
  }
}

extension Case.Call {
  fileprivate init(effect: String, _ reply: EffectReply) {
    self.effect = effect
    switch reply {
    case .result(let bytes): (self.reply, result) = ("result", bytes.map { hex($0) }.joined())
    case .lent: preconditionFailure("a canned host lends nothing")
    case .notGranted: (self.reply, result) = ("notGranted", "")
    case .invalidArgument: (self.reply, result) = ("invalidArgument", "")
    case .continuationMismatch: (self.reply, result) = ("continuationMismatch", "")
    }
  }
}

private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
