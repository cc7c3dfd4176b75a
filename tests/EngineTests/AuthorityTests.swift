import Foundation
import TestSupport
import Testing

/// The engine can only compute: its object code refers to nothing outside that could do more.
@Suite struct AuthorityTests {
  /// Symbols that object files reference or define.
  private func symbols(_ option: String, of files: [String]) throws -> Set<Substring> {
    let lines = try Workspace().run("nm", [option, "--format=just-symbols"] + files).successfulOutput
    return Set(lines.split(separator: "\n").filter { !$0.hasSuffix(":") })
  }

  /// The object files of existing sources. Object files of deleted sources may still be in the same folder.
  private func objectFiles(of target: String) throws -> [String] {
    let folder = Products.deployed.appending(path: "\(target).build")
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sources = FileManager.default.enumerator(atPath: root.appending(path: "Sources/\(target)").path)
    let names = Set((sources?.compactMap { $0 as? String } ?? []).compactMap { $0.split(separator: "/").last })
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".o") && names.contains($0.dropLast(2)) }
      .map { folder.appending(path: $0).path }
  }

  /// Whether an object file may refer to a symbol: Swift's standard library and runtime, memory functions, and the
  /// decimal library.
  private func isHarmless(_ symbol: Substring) -> Bool {
    let functions: Set<Substring> = [
      "memcpy", "memmove", "memset", "memcmp", "bcmp", "malloc", "malloc_usable_size", "free", "__stack_chk_fail",
      "__udivti3", "__bid128_add", "__bid128_sub", "__bid128_mul", "__bid128_div", "_GLOBAL_OFFSET_TABLE_",
      "_swiftEmptyArrayStorage",
    ]
    // Mangled names of Swift's standard library begin with S, s, B or y.
    let swiftNames = [
      "$sS", "$ss", "$sB", "$sy", "swift_", "_swift_FORCE_LOAD_COMPATIBILITY", "__swift_FORCE_LOAD_COMPATIBILITY",
    ]
    // The associated type of a protocol is data, not a function.
    let isAssociatedType = symbol.hasPrefix("$s") && symbol.hasSuffix("Tl")
    // Other modules' extensions of Swift's types have the same prefixes, but their names contain the module.
    let modules = ["Foundation", "Glibc", "Dispatch"]
    return functions.contains(symbol) || isAssociatedType
      || swiftNames.contains { symbol.hasPrefix($0) } && !modules.contains { symbol.contains($0) }
  }

  @Test func theEngineImportsNothingThatTouchesTheWorld() throws {
    let files = try objectFiles(of: "Engine")
    #expect(files.count > 20)
    let imported = try symbols("--undefined-only", of: files).subtracting(symbols("--defined-only", of: files))
    #expect(imported.contains("memcpy") && imported.contains("__bid128_add"))
    #expect(imported.filter { !isHarmless($0) } == [])
  }

  /// The search finds input and output where they are used.
  @Test func theSearchSeesInputAndOutput() throws {
    let imported = try symbols("--undefined-only", of: objectFiles(of: "OperatingSystem"))
    #expect(imported.isSuperset(of: ["read", "write", "mmap"]))
    #expect(!isHarmless("open") && !isHarmless("$s10Foundation4DataV") && !isHarmless("$sSS10FoundationE4dataV"))
  }
}
