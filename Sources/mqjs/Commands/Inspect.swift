import ArgumentParser
import CommandSupport
import Engine
import Host
import OperatingSystem
import Snapshot

/// `mqjs inspect`
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a snapshot contains: manifest, sections, hashes, gas schedule.",
    discussion: """
      Performs the load check, so what it shows is what would run. Nothing is run, and the signature is not verified; \
      mqjs verify does that.

      Examples:
        mqjs inspect app.msqs
        mqjs inspect app.msqs --format json | jq .effects
      """)

  @Argument(help: ArgumentHelp("The snapshot.", valueName: "app.msqs"), completion: .file(extensions: ["msqs"]))
  var file: String

  @Option(help: "The output format: text or json.")
  var format = OutputFormat.text

  func run() throws {
    let snapshot = try UnverifiedSnapshot(readingFrom: file)
    let contents = try snapshot.withImage { SnapshotContents(image: $0, hash: snapshot.contentHash, path: file) }
    switch format {
    case .text: try contents.putText()
    case .json: try Console.put(json: contents.json.bytes())
    }
  }
}

/// What `inspect` shows.
private struct SnapshotContents {
  let path: String
  let hash: Hash256
  let byteCount: Int
  let formatVersion: Int64
  let compilerVersion: Int64
  let schedule: String
  let manifest: Manifest?
  let functionCount: Int
  let globalCount: Int
  let sections: [ImageSection]
  let isSigned: Bool

  init(image: Image, hash: Hash256, path: String) {
    func word(_ offset: Int) -> Int64 { Int64(truncatingIfNeeded: image.memory[HeapOffset(offset)]) }
    self.path = path
    self.hash = hash
    byteCount = image.byteCount
    formatVersion = word(ImageLayout.Header.magic) >> 48
    compilerVersion = word(ImageLayout.Header.compilerVersion)
    schedule =
      Hash256(bytes: image.memory.bytes(at: HeapOffset(ImageLayout.Header.scheduleID), count: 32))?.hex ?? ""
    manifest = Manifest(of: image)
    functionCount = image.words(of: .functions).count / ImageLayout.FunctionEntry.wordCount
    globalCount = image.globalCount
    sections = image.sections
    isSigned = SystemFile.exists(UnverifiedSnapshot.signaturePath(for: path))
  }

  private var effects: [String] { manifest?.effects.map(text) ?? [] }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  func putText() throws {
    let signature = UnverifiedSnapshot.signaturePath(for: path)
    try Console.put(table: [
      ("snapshot", path),
      ("size", "\(byteCount) bytes"),
      ("sha256", hash.hex),
      ("signature", isSigned ? "\(signature), not verified here" : "none"),
      ("format version", "\(formatVersion)"),
      ("compiler version", "\(compilerVersion)"),
      ("gas schedule", schedule),
      ("entry", manifest.map { text($0.entry) } ?? ""),
      ("kind", manifest?.hasHandler == true ? "handler" : "script"),
      ("effects", effects.isEmpty ? "none" : effects.joined(separator: " ")),
      ("functions", "\(functionCount)"),
      ("global slots", "\(globalCount)"),
    ])
    try Console.put(line: "")
    try Console.put(line: "sections")
    let names = sections.map { "\($0.kind)" }
    for (name, section) in zip(names, sections) {
      let (offset, size) = (String(section.offset), String(section.byteCount))
      try Console.put(
        line: "  \(name.padded(to: 16))\(offset.padded(to: -9)) +\(size.padded(to: -9)) bytes  \(section.hash.hex)")
    }
    try Console.put(line: "")
    try Console.put(line: "sources")
    try Console.put(table: (manifest?.sources ?? []).map { ("  \(text($0.path))", Hash256(bytes: $0.hash)?.hex ?? "") })
  }

  var json: PlainJSON {
    .object([
      .init("snapshot", .string(path)),
      .init("byteCount", .integer(Int64(byteCount))),
      .init("sha256", .string(hash.hex)),
      .init("signed", .bool(isSigned)),
      .init("formatVersion", .integer(formatVersion)),
      .init("compilerVersion", .integer(compilerVersion)),
      .init("gasSchedule", .string(schedule)),
      .init("entry", manifest.map { .string(text($0.entry)) } ?? .null),
      .init("handler", .bool(manifest?.hasHandler == true)),
      .init("effects", .array(effects.map(PlainJSON.string))),
      .init("functions", .integer(Int64(functionCount))),
      .init("globalSlots", .integer(Int64(globalCount))),
      .init("sections", .array(sections.map(json(of:)))),
      .init("sources", .array((manifest?.sources ?? []).map(json(of:)))),
    ])
  }

  private func json(of section: ImageSection) -> PlainJSON {
    .object([
      .init("name", .string("\(section.kind)")), .init("offset", .integer(Int64(section.offset))),
      .init("byteCount", .integer(Int64(section.byteCount))), .init("sha256", .string(section.hash.hex)),
    ])
  }

  private func json(of source: Manifest.Source) -> PlainJSON {
    .object([
      .init("path", .string(text(source.path))), .init("sha256", .string(Hash256(bytes: source.hash)?.hex ?? "")),
    ])
  }
}

extension String {
  /// Pads the string with spaces to a width: on the right, or on the left if the width is negative.
  fileprivate func padded(to width: Int) -> String {
    let spaces = String(repeating: " ", count: max(0, abs(width) - count))
    return width < 0 ? spaces + self : self + spaces
  }
}
