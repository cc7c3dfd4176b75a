// Answers a request twice, and stops at points where its memory should be searched:
//
//     secret-probe PROGRAM.js REQUEST.json VAULT.cbor standard|classified|sealed|effect
//
// At each stop, it writes a line with the name of the stop, and continues when it has read a byte. The stops are:
//
// - `loaded`: nothing of the request has been read.
// - `ran`: a machine has answered the request, and is not wiped yet.
// - `wiped`: the machine is wiped.
// - `answered`: a host has answered the request, and the response still exists.
// - `forgotten`: request and response no longer exist.
//
// `classified` applies to the request, and `effect` to the vault's results. `sealed` is `classified` with a host that
// seals its records under the host key in `VAULT.cbor.key`. That host answers the request twice.

import Compiler
import Engine
import Glibc
import Host
import OperatingSystem
import SQLite
import Snapshot

func stop(at place: String) {
  try? SystemFile.write(Array("\(place)\n".utf8), to: .output)
  var byte: UInt8 = 0
  if unsafe read(STDIN_FILENO, &byte, 1) != 1 { exit(1) }
}

func makePool(_ path: String) throws -> SandboxPool {
  let vault = HostEffect(name: Array("Vault".utf8), operations: VaultEffect.operations.map { Array($0.utf8) })
  let analysis = FrontEnd.analyze(
    entry: Array("main.js".utf8), source: try SystemFile.read(path, limit: 1 << 20),
    hostEffects: [vault].compactMap { $0 }, load: { _ in .missing })
  guard let program = analysis.program,
    case .image(let image) = ProgramGenerator.build(program, sources: analysis.sources, options: .init(strips: false))
  else { fatalError("\(path) does not compile") }
  return try SandboxPool(
    VerifiedSnapshot(compiledHere: image, path: path), budgets: .init(stackWords: 20_000, heapBytes: 1 << 20))
}

/// The reply to a call of the vault when there is no host. Each call returns the value in the file.
func reply(from vault: VaultEffect) -> EffectReply {
  guard let value = try? vault.value(),
    let result = try? SecretBytes(joining: [0xa1, 0x62, 0x4f, 0x6b], value, protection: .standard)
  else { return .notGranted }
  return .lent { take in result.withBytes(take) }
}

func runInMachine(
  _ pool: SandboxPool, _ path: String, _ vault: VaultEffect, _ protection: MemoryProtection
) throws {
  let request = try SecretBytes.read(path, limit: 1 << 20, protection: protection)
  try pool.clone(protection).run(gasLimit: 1_000_000, seed: Hash256(of: [])) { machine in
    _ = request.withBytes { machine.run(request: $0) { _, _ in reply(from: vault) } }
    stop(at: "ran")
  }
}

func makeHost(_ pool: SandboxPool, _ vault: VaultEffect) throws -> RequestHost {
  if !isSealed { return try RequestHost(pool: pool, grants: Grants([vault]), allowsUnlocked: true) }
  let journal = try Journal(DatabaseFile(vault.path + ".db", .creating))
  return try RequestHost(
    pool: pool, grants: Grants([vault]), journal: journal, audit: try AuditLog(vault.path + ".log"),
    hostKey: HostKey(readingFrom: vault.path + ".key"), allowsUnlocked: true)
}

func answerByHost(
  _ pool: SandboxPool, _ path: String, _ vault: VaultEffect, _ protection: MemoryProtection
) throws {
  let request = try SecretBytes.read(path, limit: 1 << 20, protection: protection)
  let identity = RequestIdentity(requestID: "1", accountID: "2", functionVersion: "3")
  let host = try makeHost(pool, vault)
  // Nil if the vault has failed.
  func respond() throws -> Answer? {
    do {
      return try host.answer(request, identity: identity, gasLimit: GasLimit("1000000"), protection: protection)
    } catch HostError.fault {
      return nil
    }
  }
  var answer = try respond()
  if isSealed { answer = try respond() }
  stop(at: "answered")
  guard answer?.body.count != 0 else { fatalError("an answer is never empty") }
}

let arguments = CommandLine.arguments
guard arguments.count == 5 else { fatalError("PROGRAM.js REQUEST.json VAULT.cbor standard|classified|sealed|effect") }
let isSealed = arguments[4] == "sealed"
let protection: MemoryProtection =
  isSealed || arguments[4] == "classified" ? .classified(allowsUnlocked: true) : .standard
let vault = VaultEffect(path: arguments[3], isClassified: arguments[4] == "effect")
let pool = try makePool(arguments[1])
stop(at: "loaded")
try runInMachine(pool, arguments[2], vault, protection)
stop(at: "wiped")
try answerByHost(pool, arguments[2], vault, protection)
stop(at: "forgotten")
