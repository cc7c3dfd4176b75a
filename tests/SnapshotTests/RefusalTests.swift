import OperatingSystem
import TestSupport
import Testing

@testable import Snapshot

/// Each defect of a file, signature or key has its own error, and never gives a snapshot.
@Suite struct RefusalTests {
  /// A signed file, as in a release.
  struct Release {
    let folder: Workspace
    let key = SigningKey()
    let content: [UInt8]
    let signature: [UInt8]

    init() throws {
      folder = try Workspace()
      content = try Guest.image("export default function (request) { return {answer: 42}; }")
      let path = try folder.write(content, to: "app.msqs")
      signature = try UnverifiedSnapshot(readingFrom: path).signature(by: key)
      try folder.write(signature, to: "app.msqs.sig")
    }

    /// The error from verifying the files in the folder, or nil if they are accepted.
    func refusal(by other: VerifyingKey? = nil) -> SnapshotError? {
      do {
        _ = try UnverifiedSnapshot(readingFrom: folder("app.msqs")).verified(by: other ?? key.verifyingKey)
        return nil
      } catch {
        return error
      }
    }
  }

  /// The error from verifying these bytes without a file, or nil.
  private func refusal(of content: [UInt8], in release: Release) -> SnapshotError.Kind? {
    guard let file = try? SealedFile(content, path: "app.msqs") else { return .system(.noMemory(0)) }
    do {
      _ = try UnverifiedSnapshot(file: file, path: "app.msqs")
        .verified(by: release.key.verifyingKey, signature: release.signature, signaturePath: "app.msqs.sig")
      return nil
    } catch {
      return error.kind
    }
  }

  /// Every byte of the image in memory, and some bytes of the file.
  @Test func everyFlippedByteOfTheFileIsRefused() throws {
    let release = try Release()
    #expect(release.refusal() == nil)
    var content = release.content
    #expect(refusal(of: content, in: release) == nil)
    for index in content.indices {
      let mask = UInt8(1 << (index % 8))
      content[index] ^= mask
      guard case .signatureMismatch? = refusal(of: content, in: release) else {
        Issue.record("a change of byte \(index) was not seen")
        return
      }
      if index % 100 == 0 {
        try release.folder.write(content, to: "app.msqs")
        let mismatch = SnapshotError.Kind.signatureMismatch(
          content: Hash256(of: content), key: release.key.verifyingKey.fingerprint)
        #expect(release.refusal()?.kind == mismatch)
      }
      content[index] ^= mask
    }
  }

  @Test func everyFlippedByteOfTheSignatureIsRefused() throws {
    let release = try Release()
    for index in release.signature.indices {
      for mask: UInt8 in [0x01, 0x80, 0xff] {
        var signature = release.signature
        signature[index] ^= mask
        try release.folder.write(signature, to: "app.msqs.sig")
        #expect(release.refusal()?.category == .refused, "byte \(index) changed by \(mask)")
      }
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let release = try Release()
    for count in release.signature.indices {
      try release.folder.write(release.signature[..<count], to: "app.msqs.sig")
      #expect(release.refusal()?.category == .refused, "signature of \(count) bytes")
    }
    try release.folder.write(release.signature, to: "app.msqs.sig")
    for count in release.content.indices {
      guard case .signatureMismatch? = refusal(of: Array(release.content[..<count]), in: release) else {
        Issue.record("a cut to \(count) bytes was not seen")
        return
      }
      if count % 100 == 0 {
        try release.folder.write(release.content[..<count], to: "app.msqs")
        #expect(release.refusal()?.category == .refused)
      }
    }
    try release.folder.write(release.content + [0], to: "app.msqs")
    #expect(release.refusal()?.category == .refused)
    try release.folder.write(release.content, to: "app.msqs")
    try release.folder.write(release.signature + [0], to: "app.msqs.sig")
    #expect(release.refusal()?.kind == .malformedSignature(.notDER))
  }

  @Test func malformedSignaturesAreRefusedWithTheirDefect() throws {
    let release = try Release()
    let base64 = Array("MEUCIQDx".utf8)
    let cases: [([UInt8], SnapshotError.SignatureDefect)] = [
      ([], .empty), (base64, .text), (Array(repeating: 0, count: 64), .notDER),
      // r = 0; a negative r; an r with a superfluous leading zero; a length in the long form; an r of 33 bytes.
      ([0x30, 6, 2, 1, 0, 2, 1, 1], .outOfRange), ([0x30, 6, 2, 1, 0x80, 2, 1, 1], .notDER),
      ([0x30, 7, 2, 2, 0, 1, 2, 1, 1], .notDER), ([0x30, 0x81, 6, 2, 1, 1, 2, 1, 1], .notDER),
      ([0x30, 38, 2, 33, 1] + Array(repeating: 0, count: 32) + [2, 1, 1], .outOfRange),
    ]
    for (signature, defect) in cases {
      try release.folder.write(signature, to: "app.msqs.sig")
      #expect(release.refusal()?.kind == .malformedSignature(defect))
    }
    // Well-formed, but not a signature of anything. r and s must be below the order of the curve.
    try release.folder.write([0x30, 6, 2, 1, 1, 2, 1, 1], to: "app.msqs.sig")
    #expect(release.refusal()?.category == .refused)
    let large = [0x02, 33, 0] + [UInt8](repeating: 0xff, count: 32)
    try release.folder.write([0x30, 70] + large + large, to: "app.msqs.sig")
    #expect(release.refusal()?.category == .refused)
  }

  @Test func aMissingSignatureIsRefusedWithAHint() throws {
    let release = try Release()
    SystemFile.remove(release.folder("app.msqs.sig"))
    let error = try #require(release.refusal())
    #expect(error.kind == .noSignature)
    #expect(error.path == release.folder("app.msqs.sig"))
    #expect(error.hint?.contains("mqjs sign") == true)
  }

  @Test func anotherKeyIsRefusedWithItsFingerprint() throws {
    let release = try Release()
    let other = SigningKey().verifyingKey
    let error = try #require(release.refusal(by: other))
    #expect(error.kind == .signatureMismatch(content: Hash256(of: release.content), key: other.fingerprint))
    #expect(error.details.contains { $0.contains(other.fingerprint.hex) })
  }

  @Test func theSignatureOfAnotherFileIsRefused() throws {
    let release = try Release()
    let other = try release.folder.write([1, 2, 3], to: "other.msqs")
    try release.folder.write(UnverifiedSnapshot(readingFrom: other).signature(by: release.key), to: "app.msqs.sig")
    #expect(release.refusal()?.category == .refused)
  }

  @Test func aMissingFileIsAUsageError() throws {
    let folder = try Workspace()
    let error = #expect(throws: SnapshotError.self) { _ = try UnverifiedSnapshot(readingFrom: folder("none.msqs")) }
    #expect(error?.message == "\(folder("none.msqs")): can't be read: No such file or directory")
    #expect(error?.category == .usage)
  }
}
