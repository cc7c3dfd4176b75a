import Foundation
import OperatingSystem
import TestSupport
import Testing

/// Bytes that are wiped with their owner: complete, in order and within their limit, whatever their source.
@Suite struct SecretBytesTests {
  static let protections = [MemoryProtection.standard, .classified(allowsUnlocked: true)]

  @Test(arguments: [0, 1, 4095, 4096, 100_000], protections)
  func copiesHoldTheSameBytes(count: Int, protection: MemoryProtection) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let copy = try SecretBytes(copying: bytes.span, protection: protection)
    #expect(copy.unprotectedCopy == bytes)
    #expect(copy.count == count)
    #expect(Hash256(of: copy) == Hash256(of: bytes))
  }

  @Test(arguments: [0, 1, 4096, 65_535, 65_536, 65_537, 1_000_000], protections)
  func filesAndPipesAreReadWhole(count: Int, protection: MemoryProtection) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    let folder = try Workspace()
    let path = try folder.write(bytes, to: "request")
    #expect(try SecretBytes.read(path, limit: count, protection: protection).unprotectedCopy == bytes)
    // The length of a pipe is unknown, so the buffer must grow.
    let pipe = Pipe()
    let writer = try ChildProcess("cat", [path], in: folder.folder, output: pipe.fileHandleForWriting)
    try pipe.fileHandleForWriting.close()
    let end = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(try SecretBytes.read(end, limit: count, protection: protection).unprotectedCopy == bytes)
    writer.wait()
  }

  @Test func filesAboveTheLimitAreRefused() throws {
    let folder = try Workspace()
    let path = try folder.write(Array("12345".utf8), to: "request")
    #expect(try SecretBytes.read(path, limit: 5).count == 5)
    let error = #expect(throws: SystemError.self) { _ = try SecretBytes.read(path, limit: 4).count }
    #expect(error?.kind == .tooLarge(limit: 4))
    #expect(throws: SystemError.self) { _ = try SecretBytes.read(folder("none"), limit: 4).count }
  }
}
