import Engine
import OperatingSystem
import Synchronization
import TestSupport
import Testing

@testable import Snapshot

/// Sandboxes: isolation, reuse, and a complete wipe.
@Suite struct SandboxTests {
  private func pool(
    _ source: String, budgets: MachineLayout.Budgets = .standard, idleLimit: Int = 2
  ) throws -> SandboxPool {
    let snapshot = try VerifiedSnapshot(compiledHere: Guest.image(source), path: "test")
    return try SandboxPool(snapshot, budgets: budgets, idleLimit: idleLimit)
  }

  private func run(_ pool: SandboxPool, request: String = "{}", gasLimit: Int64 = 10_000_000) throws -> String {
    try pool.clone().run(gasLimit: gasLimit, seed: Hash256(of: [])) { machine in
      let outcome = machine.run(request: Array(request.utf8).span)
      return String(decoding: machine.memory.bytes(at: outcome.body, count: outcome.byteCount), as: UTF8.self)
    }
  }

  /// The byte offset of the first nonzero word in a range, or nil.
  private static func firstWrittenWord(_ memory: LinearMemory, _ range: Range<HeapOffset>) -> Int? {
    var offset = range.lowerBound
    while offset < range.upperBound {
      if memory[offset] != 0 { return offset.bytes }
      offset = offset.advanced(words: 1)
    }
    return nil
  }

  static let budgets = MachineLayout.Budgets(stackWords: 20_000, heapBytes: 1 << 20)

  /// Programs that write stack, heap and globals in all possible ways, and end in all possible ways.
  static let programs = [
    "const a = [1, 2, 3]; const b = {x: a}; b",
    "const f = n => n === 0 ? 0 : 1 + f(n - 1); f(1000)",
    "const f = n => 1 + f(n); f(1)",
    "const f = (s, n) => n === 0 ? s : f(s + s, n - 1); f('0123456789', 14)",
    "const f = (s, n) => n === 0 ? s : f(s + s, n - 1); f('0123456789', 40)",
    "const nest = (x, n) => n === 0 ? x : nest([x], n - 1); nest('deep', 1000)",
    "const nest = (x, n) => n === 0 ? x : nest([x], n - 1); nest('deep', 1000) === nest('deep', 1000)",
    "throw {card: '4111111111111111'}",
    "[3, 1, 2].toSorted((a, b) => b - a).map(x => `${x}`).join('-')",
    "const spin = () => spin(); spin()",
    "JSON.parse('[' + '[1],'.repeat(100) + '1]')",
    "const card = '4111' + '111111111111'; " + wide,
  ]

  /// An expression whose parts need about 600 registers in the initialisers.
  private static var wide: String {
    (0..<10).reduce("card") { inner, _ in "[" + String(repeating: "card, ", count: 60) + "\(inner)]" }
  }

  /// Seed and limit are in the machine before any static initialiser runs, even one that never ends.
  @Test func seedAndLimitAreBoundBeforeAnyInitialiser() throws {
    let seed = Hash256(of: Array("a request".utf8))
    func bound(_ machine: borrowing Machine) -> [UInt8] {
      machine.memory.bytes(at: machine.layout.start, count: 40)
    }
    let pool = try pool("const spin = () => spin();\nconst never = spin();\nnever")
    let (before, trap, after) = try pool.clone().run(gasLimit: 1_000_000, seed: seed) { machine in
      let before = bound(machine)
      let request: [UInt8] = []
      let outcome = machine.run(request: request.span)
      return (before, outcome.trap, bound(machine))
    }
    #expect(before == seed.bytes + [0x40, 0x42, 0x0f, 0, 0, 0, 0, 0])
    #expect(trap == .gasExhausted)
    #expect(after == before)
  }

  /// The wipe relies on the marks that a machine keeps. In debug builds, and so in all tests, the memory outside the
  /// marks is checked after each request.
  @Test(arguments: [0, 100_000, 150_000])
  func whatMarksDoNotCoverIsFound(distance: Int) async throws {
    await #expect(processExitsWith: .failure) { [distance] in
      let snapshot = try VerifiedSnapshot(compiledHere: Guest.image("1"), path: "test")
      try SandboxPool(snapshot, budgets: SandboxTests.budgets).clone().run(gasLimit: 1, seed: Hash256(of: [])) {
        $0.memory[HeapOffset($0.layout.heap.bytes + distance)] = 1
      }
    }
  }

  @Test(arguments: programs)
  func nothingIsLeft(source: String) throws {
    let pool = try pool(source, budgets: Self.budgets)
    let first = try run(pool)
    // The same memory again, before anything runs in it. It is all zeros except for the data that this machine was just
    // given.
    let found = try pool.clone().run(gasLimit: 1, seed: Hash256(of: [1])) { machine in
      for word in 0..<8 { machine.memory[machine.layout.start.advanced(words: word)] = 0 }
      return Self.firstWrittenWord(machine.memory, machine.layout.start..<HeapOffset(machine.memory.byteCount))
    }
    #expect(found == nil)
    #expect(try run(pool) == first)
  }

  @Test func onlyUsedMemoryIsKeptAndNoMoreThanTheLimit() throws {
    let pool = try pool("1", idleLimit: 1)
    do {
      let one = try pool.clone()
      let two = try pool.clone()
      #expect(pool.idleCount == 0)
      _ = consume one
      #expect(pool.idleCount == 1)
      _ = consume two
    }
    #expect(pool.idleCount == 1)
    #expect(try run(pool) == "1")
    #expect(pool.idleCount == 1)
  }

  /// After a first request, the machine looks new to the second one.
  @Test func requestsDoNotSeeEachOther() throws {
    let source = "export default function (request) { return request.s.length; }"
    let pool = try pool(source)
    func figures(_ request: String) throws -> [Int] {
      try pool.clone().run(gasLimit: 1_000_000, seed: Hash256(of: [])) { machine in
        let outcome = machine.run(request: Array(request.utf8).span)
        return [Int(machine.gasUsed), machine.heapPeakBytes, machine.stackPeakWords, outcome.body.bytes]
      }
    }
    let small = #"{"s":"abc"}"#
    let before = try figures(small)
    _ = try figures(#"{"s":""# + String(repeating: "secret", count: 10_000) + #""}"#)
    #expect(try figures(small) == before)
  }

  @Test func manyThreadsShareAPool() throws {
    let pool = try pool("export default function (request) { return request.n * 2; }", idleLimit: 3)
    let answers = Mutex<[Int: String]>([:])
    try onThreads(8) { thread in
      for n in (thread * 25)..<(thread * 25 + 25) {
        let answer = try run(pool, request: "{\"n\":\(n)}")
        answers.withLock { $0[n] = answer }
      }
    }
    for n in 0..<200 { #expect(answers.withLock { $0[n] } == "\(n * 2)") }
    #expect(pool.idleCount <= 3)
  }

  @Test func theImageCannotBeWritten() async throws {
    await #expect(processExitsWith: .failure) {
      let snapshot = try VerifiedSnapshot(compiledHere: Guest.image("1"), path: "test")
      try SandboxPool(snapshot).clone().run(gasLimit: 1, seed: Hash256(of: [])) { machine in
        machine.memory[HeapOffset(ImageLayout.headerSize)] = 1
      }
    }
  }

  /// The bytes that were hashed are the bytes that run, whatever happens to the file.
  @Test func laterChangesOfTheFileDoNotMatter() throws {
    let folder = try Workspace()
    let image = try Guest.image("40 + 2")
    let path = try folder.write(image, to: "app.msqs")
    let key = SigningKey()
    try folder.write(UnverifiedSnapshot(readingFrom: path).signature(by: key), to: "app.msqs.sig")
    let snapshot = try UnverifiedSnapshot(readingFrom: path)
    try folder.write(Guest.image("666"), to: "app.msqs")
    let pool = try SandboxPool(snapshot.verified(by: key.verifyingKey))
    #expect(pool.contentHash == Hash256(of: image))
    #expect(try run(pool) == "42")
  }

  @Test func damagedImagesAreRefused() throws {
    let image = try Guest.image("1")
    func refusal(_ bytes: [UInt8]) -> SnapshotError.Kind? {
      do {
        _ = try SandboxPool(VerifiedSnapshot(compiledHere: bytes, path: "test"))
        return nil
      } catch {
        return error.kind
      }
    }
    func changed(_ index: Int, to byte: UInt8) -> [UInt8] {
      var bytes = image
      bytes[index] = byte
      return bytes
    }
    #expect(refusal(image) == nil)
    #expect(refusal([]) == .notASnapshot)
    #expect(refusal(Array("MSQ".utf8)) == .notASnapshot)
    #expect(refusal(Array(image[..<8])) == .wrongLength(found: 8, stated: 256))
    #expect(refusal(image.dropLast()) == .wrongLength(found: image.count - 1, stated: UInt64(image.count)))
    #expect(refusal(image + [0]) == .wrongLength(found: image.count + 1, stated: UInt64(image.count)))
    #expect(refusal(changed(0, to: 0)) == .notASnapshot)
    #expect(refusal(changed(4, to: 10)) == .damagedLineEnds)
    #expect(refusal(changed(6, to: 3)) == .otherFormatVersion(found: 3, supported: 2))
    let other = image[16] ^ 1
    guard case .otherGasSchedule? = refusal(changed(16, to: other)) else {
      Issue.record("another schedule is not refused")
      return
    }
  }
}
