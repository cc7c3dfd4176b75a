import Compiler
import Engine
import Foundation
import Host
import OperatingSystem
import ReferenceEvaluator
import Synchronization

// The reference evaluator as a runner of the conformance kit (docs/conformance.md). It reaches level A and gives the
// peak of the stack. It has no heap, and makes no snapshots.

/// A question. Names are those of the protocol.
private struct Question: Decodable {
  struct File: Decodable {
    let path: String
    let text: String
  }

  struct Call: Decodable {
    let effect: String
    let reply: String
    let result: String
  }

  let files: [File]
  let snapshot: String
  let request: Data
  let requestId: String
  let accountId: String
  let functionVersion: String
  let gasLimit: Int
  let stackLimit: Int
  let calls: [Call]
}

/// An answer.
private struct Answer: Encodable {
  let error: String
  let body: String
  let sha256: String
  let gas: Int64
  let seed: String
  let stackPeak: Int
}

/// Why a question can't be answered.
private struct Unanswerable: Error {
  let why: String
}

extension Question.Call {
  /// The reply of the host.
  fileprivate func effectReply() throws -> EffectReply {
    switch reply {
    case "result":
      guard let bytes = Hexadecimal.bytes(of: result) else {
        throw Unanswerable(why: "a result that is not hexadecimal")
      }
      return .result(bytes)
    case "notGranted": return .notGranted
    case "invalidArgument": return .invalidArgument
    case "continuationMismatch": return .continuationMismatch
    default: throw Unanswerable(why: "an unknown kind of reply: \(reply)")
    }
  }
}

private func answer(to question: Question) throws -> Answer {
  guard let entry = question.files.first,
    let snapshot = Hexadecimal.bytes(of: question.snapshot).flatMap({ Hash256(bytes: $0) })
  else { throw Unanswerable(why: "no files, or a snapshot's hash that is not 64 hexadecimal digits") }
  let files = Dictionary(question.files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
  let analysis = FrontEnd.analyze(entry: Array(entry.path.utf8), source: Array(entry.text.utf8)) { path in
    ImportedFile(files[String(decoding: path, as: UTF8.self)].map { Array($0.utf8) })
  }
  guard let program = analysis.program else {
    throw Unanswerable(why: "the program is rejected: \(analysis.diagnostics.map { "\($0.code)" })")
  }
  let replies = try question.calls.map { (name: Array($0.effect.utf8), reply: try $0.effectReply()) }
  let count = Mutex(0)
  let outcome = try Evaluator(program).run(
    request: Array(question.request), gasLimit: Int64(question.gasLimit), stackWords: question.stackLimit
  ) { name, _ in
    let number = count.withLock { count in
      defer { count += 1 }
      return count
    }
    return number < replies.count && replies[number].name == name ? replies[number].reply : .notGranted
  }
  let identity = RequestIdentity(
    requestID: question.requestId, accountID: question.accountId, functionVersion: question.functionVersion)
  let seed = identity.seed(contentHash: snapshot, gasLimit: try GasLimit("\(question.gasLimit)"))
  return Answer(
    error: outcome.error ?? "", body: String(decoding: outcome.body, as: UTF8.self),
    sha256: Hash256(of: outcome.body).hex, gas: outcome.gasUsed, seed: seed.hex, stackPeak: outcome.stackPeakWords)
}

private let encoder = JSONEncoder()
while let line = readLine() {
  do {
    let answer = try answer(to: try JSONDecoder().decode(Question.self, from: Data(line.utf8)))
    FileHandle.standardOutput.write(try encoder.encode(answer) + [0x0a])
  } catch {
    FileHandle.standardError.write(Data("conformance-reference: \(error)\n".utf8))
    exit(1)
  }
}
