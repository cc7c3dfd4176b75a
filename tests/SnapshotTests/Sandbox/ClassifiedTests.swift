import Engine
import OperatingSystem
import TestSupport
import Testing

@testable import Snapshot

/// Sandboxes for classified data: how the system treats their memory, and how it is wiped.
@Suite struct ClassifiedTests {
  private func pool(_ source: String) throws -> SandboxPool {
    try SandboxPool(VerifiedSnapshot(compiledHere: Guest.image(source), path: "test"), idleLimit: 4)
  }

  /// The flags of the mapping that contains an address (proc(5), `VmFlags`).
  private func flags(at address: UInt) throws -> Set<Substring> {
    var isInside = false
    let text = String(decoding: try SystemFile.read("/proc/self/smaps", limit: 64 << 20), as: UTF8.self)
    for line in text.split(separator: "\n") {
      let bounds = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
      if bounds.count == 2 { isInside = (bounds[0]..<bounds[1]).contains(address) }
      if isInside, line.hasPrefix("VmFlags:") { return Set(line.split(separator: " ").dropFirst()) }
    }
    return []
  }

  private func flags(of machine: borrowing Machine) throws -> Set<Substring> {
    let address = machine.memory.withBytes(at: machine.layout.heap, count: 1) { bytes in
      unsafe bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    }
    return try flags(at: address)
  }

  @Test func memoryIsLockedAndKeptOutOfDumpsAndForks() throws {
    let pool = try pool("1")
    let ordinary = try pool.clone().run(gasLimit: 100, seed: Hash256(of: [])) { machine in try? flags(of: machine) }
    #expect(ordinary?.isDisjoint(with: ["lo", "dd", "wf"]) == true)
    let isLocked = try pool.clone(.classified(allowsUnlocked: true))
      .run(gasLimit: 100, seed: Hash256(of: [])) { machine, memory in
        let flags = (try? flags(of: machine)) ?? []
        #expect(flags.isSuperset(of: ["dd", "wf"]))
        #expect(flags.contains("lo") == memory.isLocked)
        return memory.isLocked
      } afterWipe: { isLocked, _ in
        isLocked
      }
    // This process may not be allowed to lock that much memory.
    if !isLocked {
      #expect(throws: SystemError.self) { _ = try pool.clone(.classified(allowsUnlocked: false)) }
    }
  }

  @Test func everyTouchedPageIsVerified() throws {
    let pool = try pool("export default function (request) { return request.s.length; }")
    func pages(_ length: Int) throws -> WipedPages {
      let request = Array("{\"s\":\"\(String(repeating: "x", count: length))\"}".utf8)
      let pages = try pool.clone(.classified(allowsUnlocked: true)).run(gasLimit: 1_000_000, seed: Hash256(of: [])) {
        machine, _ in
        machine.run(request: request.span).byteCount
      } afterWipe: { _, pages in
        pages
      }
      return try #require(pages)
    }
    let (small, large) = (try pages(10), try pages(400_000))
    #expect(small.touched > 0 && small.verifiedZero == small.touched)
    #expect(large.touched >= small.touched + 190 && large.verifiedZero == large.touched)
    #expect(pool.idleCount == 0, "memory that held classified data is not used again")
  }

  /// If the result of an effect is classified, the memory of the running machine becomes classified.
  @Test func memoryOfARunningMachineCanBecomeClassified() throws {
    let pool = try pool("1")
    _ = try pool.clone()
    #expect(pool.idleCount == 1)
    let pages = try pool.clone().run(gasLimit: 100, seed: Hash256(of: [])) {
      (machine, memory) throws(SystemError) -> Int in
      let before = memory.isClassified
      try memory.classify(allowsUnlocked: true, path: "test")
      let after = memory.isClassified
      #expect(!before && after)
      return machine.run(request: Array("{}".utf8).span).byteCount
    } afterWipe: { _, pages in
      pages
    }
    #expect(pages.map { $0.touched > 0 && $0.touched == $0.verifiedZero } == true)
    #expect(pool.idleCount == 0)
  }

  @Test func ordinaryMemoryIsNotCounted() throws {
    let pages = try pool("1").clone().run(gasLimit: 100, seed: Hash256(of: [])) { machine, _ in
      machine.run(request: Array("{}".utf8).span).byteCount
    } afterWipe: { _, pages in
      pages
    }
    #expect(pages == nil)
  }
}
