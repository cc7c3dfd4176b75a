import Foundation
import OperatingSystem
import TestSupport
import Testing

/// The files of a program are regular files in its folder. Nothing else is opened.
@Suite struct SourceFolderTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    let files = FileManager.default
    for folder in ["app/lib", "other"] {
      try files.createDirectory(atPath: workspace(folder), withIntermediateDirectories: true)
    }
    for file in ["app/main.js", "app/lib/a.js", "app/..b.js", "other/secret.js"] {
      try workspace.write(Array(file.utf8), to: file)
    }
    for (link, target) in [
      "app/link.js": "../other/secret.js", "app/absolute.js": "/etc/passwd", "app/inside.js": "main.js",
      "app/out": "../other",
      "app/loop.js": "loop.js", "app/nowhere.js": "none.js",
    ] { try files.createSymbolicLink(atPath: workspace(link), withDestinationPath: target) }
    _ = try workspace.run("mkfifo", ["app/pipe.js"])
  }

  private func read(_ path: String, limit: Int = 100) throws(SystemError) -> String {
    let folder = try SourceFolder(of: workspace("app/main.js"))
    return String(decoding: try folder.read(Array(path.utf8), limit: limit), as: UTF8.self)
  }

  @Test(arguments: ["main.js", "lib/a.js", "..b.js"]) func regularFilesAreRead(path: String) throws {
    #expect(try read(path) == "app/\(path)")
  }

  @Test(
    arguments: [
      ("link.js", SpecialFile.symbolicLink), ("absolute.js", .symbolicLink), ("inside.js", .symbolicLink),
      ("loop.js", .symbolicLink), ("nowhere.js", .symbolicLink), ("out/secret.js", .symbolicLink), ("pipe.js", .pipe),
      ("lib", .folder),
    ])
  func linksPipesAndFoldersAreRefused(path: String, kind: SpecialFile) throws {
    let error = #expect(throws: SystemError.self) { try read(path) }
    #expect(error?.kind == .special(kind))
    #expect(error?.path == path)
  }

  @Test(
    arguments: [
      "none.js", "", "/", "/etc/passwd", "../other/secret.js", "lib/../main.js", "./main.js", "lib//a.js", "main.js/",
      "main.js\0",
      "lib/a.js\0.js", "lib\0/a.js", "..", ".", "main.js/a.js",
    ])
  func pathsToNoFileAreMissing(path: String) throws {
    let error = #expect(throws: SystemError.self) { try read(path) }
    #expect(error?.isMissing == true)
  }

  @Test func devicesAreNeverRead() throws {
    let folder = try SourceFolder(of: "/dev/main.js")
    for name in ["zero", "null", "tty"] {
      let error = #expect(throws: SystemError.self) { try folder.read(Array(name.utf8), limit: 100) }
      #expect(error?.kind == .special(.device))
    }
  }

  @Test func theSizeOfAFileIsKnownBeforeItIsRead() throws {
    #expect(try read("main.js", limit: 11) == "app/main.js")
    #expect(#expect(throws: SystemError.self) { try read("main.js", limit: 10) }?.kind == .tooLarge(limit: 10))
    // A sparse file of one terabyte, which takes no space on disk.
    #expect(try workspace.run("truncate", ["-s", "1T", "app/huge.js"]).status == 0)
    #expect(#expect(throws: SystemError.self) { try read("huge.js") }?.kind == .tooLarge(limit: 100))
  }

  /// Files and folders are replaced while they are opened.
  @Test func whatTakesAFilesPlaceIsNeverRead() throws {
    let swap = """
      while [ ! -e stop ]; do
        ln -sfn ../other/secret.js app/new.js && mv -fT app/new.js app/lib/a.js
        ln -sfn ../other app/new && mv -fT app/new app/sub 2>/dev/null
        printf app/lib/a.js > app/new.js && mv -fT app/new.js app/lib/a.js
        rm -f app/sub; mkdir -p app/sub; printf app/lib/a.js > app/sub/secret.js; rm -rf app/sub
      done
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", swap]
    process.currentDirectoryURL = workspace.folder
    try process.run()
    defer {
      _ = FileManager.default.createFile(atPath: workspace("stop"), contents: nil)
      process.waitUntilExit()
    }
    var seen: Set<String> = []
    for _ in 0..<3_000 {
      for path in ["lib/a.js", "sub/secret.js"] { if let text = try? read(path) { seen.insert(text) } }
    }
    #expect(seen.isSubset(of: ["app/lib/a.js", ""]))
  }

  @Test func otherFilesMustBeRegularOrOpenDescriptors() throws {
    let pipe = #expect(throws: SystemError.self) { try SystemFile.read(workspace("app/pipe.js"), limit: 100) }
    #expect(pipe?.kind == .special(.pipe))
    let device = #expect(throws: SystemError.self) { try SystemFile.read("/dev/zero", limit: 100) }
    #expect(device?.kind == .special(.device))
    let folder = #expect(throws: SystemError.self) { try SystemFile.read(workspace("app"), limit: 100) }
    #expect(folder?.kind == .special(.folder))
    #expect(
      String(decoding: try SystemFile.read(workspace("app/link.js"), limit: 100), as: UTF8.self) == "other/secret.js")
    let text = Pipe()
    try text.fileHandleForWriting.write(contentsOf: Data("text".utf8))
    try text.fileHandleForWriting.close()
    let path = "/dev/fd/\(text.fileHandleForReading.fileDescriptor)"
    #expect(String(decoding: try SystemFile.read(path, limit: 100), as: UTF8.self) == "text")
  }
}
