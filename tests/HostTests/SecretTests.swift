import Foundation
import TestSupport
import Testing

/// Nothing of a request is left in the process that answered it: all of its memory, and core files of it, are searched
/// for what was planted, from outside; and where it was recorded under seal, the records.
@Suite struct SecretTests {
  @Test(arguments: ["standard", "classified", "sealed", "effect"])
  func nothingIsLeftInTheProcess(protection: String) throws {
    let folder = try Workspace()
    let probe = Products.deployed.appending(path: "secret-probe").path
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Oracle/search_secrets.py").path
    let ending = try folder.run("python3", [script, probe, folder.folder.path, protection])
    #expect(ending.status == 0 && !ending.wasKilled, "\(ending.output)\(ending.errorOutput)")
  }
}
