import ArgumentParser
import Host
import Snapshot

/// Which parts of the request are card data.
struct ClassificationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A part of the request that is classified (PCI): a JSON pointer (RFC 6901). Can be repeated.",
      discussion: "Then all memory of the request is locked, left out of core dumps, and verified to be wiped.",
      valueName: "pointer"))
  var classify: [String] = []

  @Flag(help: "Go on if memory for classified data can't be locked; the report then says so.")
  var allowUnlocked = false

  /// How the memory of the request is to be treated.
  var protection: MemoryProtection { classify.isEmpty ? .standard : .classified(allowsUnlocked: allowUnlocked) }

  /// Checks that each pointer is one.
  func validate() throws {
    if allowUnlocked && classify.isEmpty {
      throw ValidationError("--allow-unlocked is for classified data: say with --classify what is.")
    }
  }

  /// Reads the pointers.
  ///
  /// - Throws: an error of usage about the first that is none.
  func pointers() throws -> [JSONPointer] {
    try classify.map { text in
      do throws(JSONPointer.Defect) {
        return try JSONPointer(text)
      } catch {
        throw CommandError(
          "--classify \(text): is no JSON pointer",
          reason: error == .noSlash
            ? "a pointer is empty, for the whole request, or begins with /" : "~ is written ~0, and / in a name ~1",
          hint: "name each member and index on the way, as in /card/number or /lines/0 (RFC 6901)")
      }
    }
  }

  /// Checks that each pointer names something, so that no misspelt one leaves card data unprotected. In a request that is
  /// no JSON nothing can be named; it is treated as classified, and answered with an error.
  func check(_ pointers: [JSONPointer], against request: SecretBytes) throws {
    for pointer in pointers where pointer.target(in: request) == .nothing {
      throw CommandError(
        "--classify \(pointer.text): names nothing in the request",
        reason: "what is not there can't be protected, and a name that is spelt differently would not be",
        hint: "give the path of a part that is there; the empty pointer \"\" is the whole request")
    }
  }
}
