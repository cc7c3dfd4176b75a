import Foundation
import TestSupport
import Testing

/// Nothing of a request remains in the process that answered it. All of its memory and its core files are searched from
/// outside for planted data. If the request was recorded under seal, the records are searched too.
@Suite struct SecretTests {
  @Test(arguments: ["standard", "classified", "sealed", "effect"])
  func nothingIsLeftInTheProcess(protection: String) throws {
    try search(protection, [:])
  }

  /// The C library and the cryptographic library use the widest registers available. Here they are told that the
  /// processor has fewer.
  @Test(arguments: [
    ("-AVX512VL", ":~0xd0230000"), ("-AVX512VL,-AVX2,-AVX_Fast_Unaligned_Load", "~0x1200000200000000:~0xd0230020"),
  ])
  func nothingIsLeftWhicheverRegistersAreUsed(hidden: String, cryptography: String) throws {
    try search("sealed", ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=\(hidden)", "OPENSSL_ia32cap": cryptography])
  }

  private func search(_ protection: String, _ environment: [String: String]) throws {
    let folder = try Workspace()
    let probe = Products.deployed.appending(path: "secret-probe").path
    let script = Repository.url("tests/Probes/search_secrets.py").path
    let ending = try folder.run("python3", [script, probe, folder.folder.path, protection], environment: environment)
    #expect(ending.status == 0 && !ending.wasKilled, "\(ending.output)\(ending.errorOutput)")
  }
}
