// How long does a sandbox take? Measures a clone and a wipe, from a pool and with a new mapping, and the steps from a
// signed file to the first response. Everything happens in this process, with an image of 256 kB.
//
//     sandbox-timing FOLDER        prints the results as JSON, one per line; FOLDER is for the snapshot's files

import Engine
import Glibc
import Host
import OperatingSystem
import Snapshot

let folder = CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : "."
let seed = Hash256(of: [])
let gasLimit: Int64 = 10_000_000
let image = BenchmarkProgram.image()

/// A pool that keeps the memory of one sandbox, or of none.
func pool(idleLimit: Int) throws -> SandboxPool {
  try SandboxPool(VerifiedSnapshot(compiledHere: image, path: "benchmark"), idleLimit: idleLimit)
}

/// Clones, runs a request, and wipes.
///
/// - Returns: the nanoseconds of the clone, the request and the wipe.
func lifecycle(of pool: SandboxPool, _ body: (inout Machine) -> Void) throws -> (Int, Int, Int) {
  let start = now()
  var (cloned, done) = (0, 0)
  try pool.clone().run(gasLimit: gasLimit, seed: seed) { machine in
    cloned = now()
    body(&machine)
    done = now()
  }
  return (cloned - start, done - cloned, now() - done)
}

func answer(_ request: [UInt8], _ machine: inout Machine) {
  let outcome = machine.run(request: request.span)
  guard outcome.trap == nil else { fatalError("the benchmark's request ended in an error") }
}

/// Clone and wipe of memory that an earlier request has used, without the time of the request itself.
func cloneAndWipePooled() throws -> Times {
  let pool = try pool(idleLimit: 1)
  var times = Times("clone-wipe-pooled")
  var dirtied = 0
  for round in 0..<20_000 {
    let (clone, _, wipe) = try lifecycle(of: pool) { machine in
      answer(BenchmarkProgram.dirtyingRequest, &machine)
      dirtied = machine.heapPeakBytes
    }
    if round >= 1000 { times.add(clone + wipe) }
  }
  guard dirtied >= BenchmarkProgram.dirtiedByteCount else { fatalError("only \(dirtied) bytes were dirtied") }
  return times
}

/// Clone with a new mapping, the page faults of 32 kB of heap and of the other memory that a request needs, wipe and
/// unmapping.
func cloneByFreshMapping() throws -> Times {
  let pool = try pool(idleLimit: 0)
  var times = Times("clone-fresh-mapping")
  for round in 0..<5000 {
    let (clone, faults, wipe) = try lifecycle(of: pool) { machine in
      machine.memory.clear(machine.layout.stack, byteCount: 4096)
      machine.memory.clear(machine.layout.heap, byteCount: BenchmarkProgram.dirtiedByteCount)
    }
    if round >= 100 { times.add(clone + faults + wipe) }
  }
  return times
}

/// Clone from the pool and the first small request, while no page of the image is in the page tables.
func firstRequestWithoutPageTables() throws -> Times {
  let pool = try pool(idleLimit: 1)
  _ = try lifecycle(of: pool) { answer(BenchmarkProgram.smallRequest, &$0) }
  let mappings = ImageMappings()
  var times = Times("first-request-tables-dropped")
  for _ in 0..<10_000 {
    mappings.dropPageTables()
    let (clone, request, _) = try lifecycle(of: pool) { answer(BenchmarkProgram.smallRequest, &$0) }
    times.add(clone + request)
  }
  return times
}

/// Read, hash, verify, map, check, clone, and the first small request.
func firstResponse(_ name: String, rounds: Int, preparing prepare: (String) -> Void) throws -> Times {
  let path = "\(folder)/sandbox-timing.msqs"
  let key = SigningKey()
  try SystemFile.write(image, to: path)
  try SystemFile.write(UnverifiedSnapshot(readingFrom: path).signature(by: key), to: path + ".sig")
  defer {
    SystemFile.remove(path)
    SystemFile.remove(path + ".sig")
  }
  var times = Times(name)
  for _ in 0..<rounds {
    prepare(path)
    let start = now()
    let snapshot = try UnverifiedSnapshot(readingFrom: path).verified(by: key.verifyingKey)
    let host = try RequestHost(pool: SandboxPool(snapshot))
    let request = SecretBytes(copying: BenchmarkProgram.smallRequest.span)
    _ = try host.answer(
      request,
      identity: RequestIdentity(requestID: "1", accountID: "2", functionVersion: "3"), gasLimit: .standard)
    times.add(now() - start)
  }
  return times
}

print(try cloneAndWipePooled().json)
print(try cloneByFreshMapping().json)
print(try firstRequestWithoutPageTables().json)
print(try firstResponse("cold-load-first-response", rounds: 1000) { _ in }.json)
print(try firstResponse("cold-load-page-cache-dropped", rounds: 100, preparing: dropPageCache(of:)).json)
