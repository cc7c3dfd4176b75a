internal import Engine
internal import Foundation
internal import FuzzSupport
internal import OperatingSystem
internal import Snapshot

/// Every input is tried as each kind of file. A file of one kind is refused as any other at its first byte.
@_cdecl("fuzz_loading_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    let input = unsafe bytes(start, count)
    checkManifest(input)
    checkSignature(input)
    checkKeyFile(input)
    // Changing a byte of base64 rarely leaves readable DER, so DER inputs are wrapped in PEM too.
    guard input.first == 0x30 else { return 0 }
    for label in ["PUBLIC KEY", "PRIVATE KEY", "EC PRIVATE KEY"] { checkKeyFile(pem(label, input)) }
    return 0
  }
}

private func checkManifest(_ input: [UInt8]) {
  guard let manifest = Manifest(encoded: input) else { return }
  precondition(manifest.encoded == input, "a manifest has two encodings")
}

/// A PEM file as Foundation writes it.
private func pem(_ label: String, _ der: [UInt8]) -> [UInt8] {
  let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
  return Array("-----BEGIN \(label)-----\n\(base64)\n-----END \(label)-----\n".utf8)
}

private func checkKeyFile(_ file: [UInt8]) {
  guard let blocks = PEMBlock.blocks(in: file) else {
    precondition((try? VerifyingKey(pem: file, path: "key")) == nil, "a key was found where no block is")
    return
  }
  for block in blocks {
    let again = PEMBlock.blocks(in: pem(block.label, block.der))
    precondition(again?.map(\.label) == [block.label] && again?.map(\.der) == [block.der], "a block reads as another")
  }
  if let key = try? VerifyingKey(pem: file, path: "key") {
    // Each key has only one encoding, so its fingerprint is that of the file's bytes.
    let der = PEMBlock.blocks(in: Array(key.pem.utf8))?.map(\.der) ?? []
    precondition(der == blocks.filter { $0.label == "PUBLIC KEY" }.prefix(1).map(\.der), "a key has two encodings")
    precondition(der.map { Hash256(of: $0) } == [key.fingerprint], "the fingerprint is not that of the key's bytes")
  }
  if let key = try? SigningKey(pem: file, path: "key") {
    let again = try? SigningKey(pem: Array(key.pem.utf8), path: "key")
    precondition(again?.pem == key.pem && again?.verifyingKey.pem == key.verifyingKey.pem, "a key reads as another")
  }
}
