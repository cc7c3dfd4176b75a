internal import Crypto
internal import Foundation
internal import OperatingSystem
internal import Snapshot

/// The key that made the signatures of the corpus, which are for an empty file. It is the example of RFC 6979, appendix
/// A.2.5.
private let key: VerifyingKey = {
  let text = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7
    Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==
    -----END PUBLIC KEY-----
    """
  guard let key = try? VerifyingKey(pem: Array(text.utf8), path: "key") else {
    preconditionFailure("the key is in order")
  }
  return key
}()

/// An empty file, created once.
private let emptyFile: String = {
  let path = ".build/fuzz/empty-file"
  do {
    try SystemFile.write([], to: path)
  } catch {
    preconditionFailure("the empty file can't be made")
  }
  return path
}()

/// Tries the bytes as the signature of an empty file. A readable signature must have only one encoding. Otherwise an
/// existing signature could be changed into another valid one. swift-crypto, which parses DER independently, must write
/// the same bytes.
func checkSignature(_ input: [UInt8]) {
  let isAccepted: Bool
  do throws(SnapshotError) {
    let file = try UnverifiedSnapshot(readingFrom: emptyFile)
    _ = try file.verified(by: key, signature: input, signaturePath: "signature")
    isAccepted = true
  } catch {
    if case .malformedSignature = error.kind {
      precondition(!key.verifies(signature: input, of: []), "bytes that are no signature were accepted")
      return
    }
    guard case .signatureMismatch = error.kind else { preconditionFailure("the empty file can't be read") }
    isAccepted = false
  }
  let signature = try? P256.Signing.ECDSASignature(derRepresentation: input)
  precondition(signature.map { Array($0.derRepresentation) } == input, "a signature has two encodings")
  precondition(key.verifies(signature: input, of: []) == isAccepted, "two ways to verify disagree")
}
