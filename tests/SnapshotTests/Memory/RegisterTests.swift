import RegisterProbe
import Synchronization
import TestSupport
import Testing

@testable import OperatingSystem
@testable import Snapshot

/// Registers and stack after the use of a secret, whichever instructions a library uses. `RegisterProbe` reads all
/// registers that the processor has.
@Suite(.serialized) struct RegisterTests {
  /// The work for a C function without arguments.
  private static let work = Mutex<(@Sendable () -> Void)?>(nil)

  private func kinds(holding secret: [UInt8], after work: @escaping @Sendable () -> Void) -> Int32 {
    Self.work.withLock { $0 = work }
    return unsafe register_probe_pieces_after(
      { RegisterTests.work.withLock { $0 }?() }, secret, Int32(secret.count))
  }

  @Test func everyRegisterIsCleared() {
    // Without clearing, every kind of register still holds the mark. This shows that all kinds are read.
    #expect(register_probe_marked_after {} == register_probe_kinds())
    #expect(register_probe_marked_after { NativeStack.wipeUnused() } == 0)
    #expect(register_probe_marked_after { NativeStack.withoutTraces {} } == 0)
    #expect(register_probe_marked_after { NativeStack.wipingOnce { NativeStack.withoutTraces {} } } == 0)
    #expect(register_probe_marked_after { NativeStack.wipingOnce { NativeStack.wipingOnce {} } } == 0)
    // Afterwards, each step is wiped again.
    #expect(register_probe_marked_after { NativeStack.withoutTraces {} } == 0)
  }

  @Test func theStackBelowIsCleared() {
    #expect(register_probe_stack_marks_after({}, 8192) > 900)
    #expect(register_probe_stack_marks_after({ NativeStack.wipeUnused() }, 8192) == 0)
  }

  /// The caller's floating-point settings are kept.
  @Test func arithmeticGoesOnAsBefore() {
    let thirds = (1...5).map { Double($0) / 3 }
    NativeStack.wipeUnused()
    #expect((1...5).map { Double($0) / 3 } == thirds)
  }

  /// Hosts keep secrets of many lengths. Copying them uses different registers.
  @Test(arguments: [16, 40, 100, 200, 1000, 5000, 100_000])
  func nothingOfASecretIsLeftInARegister(count: Int) throws {
    var generator = SystemRandomNumberGenerator()
    let secret = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let needle = Array(secret.prefix(4096))
    let bytes = SecretBytes(copying: secret)
    let key = HostKey()
    let seal = key.seal(forSeed: Hash256(of: []))
    let sealed = seal.seal(bytes, as: .input)
    let folder = try Workspace()
    let path = try folder.write(secret, to: "secret")
    let other = SecretBytes(copying: secret)
    let uses: [(String, @Sendable () -> Void)] = [
      ("copy", { _ = SecretBytes(copying: secret) }),
      ("protected copy", { _ = try? SecretBytes(copying: secret.span, protection: .classified(allowsUnlocked: true)) }),
      ("joined", { _ = try? SecretBytes(joining: [1, 2, 3], bytes, protection: .standard) }),
      ("read", { _ = try? SecretBytes.read(path, limit: 1 << 20) }),
      ("hash", { _ = Hash256(of: bytes) }), ("compare", { _ = bytes == other }),
      ("lend", { bytes.withBytes { bytes in _ = bytes.indices.reduce(0) { $0 + Int(bytes[$1]) } } }),
      ("seal", { _ = seal.seal(bytes, as: .response) }),
      ("unseal", { _ = try? seal.open(sealed, as: .input, protection: .standard) }),
      ("keyed hash", { _ = seal.keyedHash(of: Hash256(of: bytes)) }),
    ]
    for (name, use) in uses { #expect(kinds(holding: needle, after: use) == 0, "\(name)") }
  }

  /// The search finds the traces of a plain copy, so the tests above are meaningful.
  @Test func aPlainCopyLeavesSomething() {
    let secret = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    let left = kinds(holding: secret) {
      let target = UnsafeMutableRawBufferPointer.allocate(byteCount: 200, alignment: 8)
      unsafe target.copyBytes(from: secret)
      unsafe target.deallocate()
    }
    #expect(register_probe_kinds() == 0 || left != 0)
  }
}
