import ArgumentParser
import CommandSupport

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

  /// Checks that each pointer is one.
  func validate() throws {
    if allowUnlocked && classify.isEmpty {
      throw ValidationError("--allow-unlocked is for classified data: say with --classify what is.")
    }
  }

  /// The same for who reads a request.
  var settings: ClassificationSettings { ClassificationSettings(pointers: classify, allowsUnlocked: allowUnlocked) }
}
