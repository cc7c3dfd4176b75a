import Foundation
import TestSupport
import Testing

@testable import Engine

/// Frozen gas schedules: later ones only add entries, and images that were built for them still run, with the same
/// bytes, gas and peaks.
///
/// Each folder of `tests/Data/schedules` has the text of a frozen schedule, and images as they were built for it, with
/// their runs. When entries are added, `UPDATE_GOLDEN=1 swift test --filter FrozenScheduleTests` makes a folder for the
/// new schedule. The folders that are there never change.
@Suite(.serialized) struct FrozenScheduleTests {
  /// A folder.
  private struct Frozen {
    let name: String
    let text: String
    let runs: [Run]
  }

  /// An image and how it ran.
  private struct Run: Codable, Equatable {
    let name: String
    let image: Data
    let request: String
    let gasLimit: Int
    let heapBytes: Int
    let body: String
    let gas: Int
    let stackPeakWords: Int
    let heapPeakBytes: Int
  }

  private static let folder = Repository.url("tests/Data/schedules")

  private static func frozen() throws -> [Frozen] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
    return try names.map { name in
      let files = folder.appending(path: name)
      return Frozen(
        name: name, text: try String(contentsOf: files.appending(path: "schedule.txt"), encoding: .utf8),
        runs: try JSONDecoder().decode([Run].self, from: Data(contentsOf: files.appending(path: "images.json"))))
    }
  }

  private static func hex(_ identifier: [UInt8]) -> String {
    identifier.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func identifier(of text: String) -> String { hex(GasSchedule.identifier(of: Array(text.utf8))) }

  /// The first digits of an id name its folder.
  private static func folderName(_ identifier: String) -> String { String(identifier.prefix(16)) }

  /// Replies that depend only on the call.
  @Sendable private static func perform(name: String, arguments: [UInt8]) -> EffectReply {
    // `{"Ok": [the number of bytes in the arguments, "the name"]}`, in canonical CBOR.
    let text = Array(name.utf8)
    return .result(
      [0xa1, 0x62, 0x4f, 0x6b, 0x82, 0x18, UInt8(24 + arguments.count % 200), 0x60 + UInt8(text.count)] + text)
  }

  private static func run(_ image: [UInt8], request: String, gasLimit: Int, heapBytes: Int) -> Guest.Result {
    Guest.run(
      image: image, request: request, gasLimit: gasLimit,
      budgets: MachineLayout.Budgets(stackWords: 8192, heapBytes: heapBytes), effects: perform)
  }

  /// Makes the folder of the current schedule.
  private static func freeze(in files: URL) throws {
    let runs = try FrozenProgram.all.map { program in
      let image = try Guest.image(program.source)
      let result = run(image, request: program.request, gasLimit: program.gasLimit, heapBytes: program.heapBytes)
      return Run(
        name: program.name, image: Data(image), request: program.request, gasLimit: program.gasLimit,
        heapBytes: program.heapBytes, body: result.body, gas: result.gas, stackPeakWords: result.stackPeakWords,
        heapPeakBytes: result.heapPeakBytes)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    try Data(GasSchedule.text).write(to: files.appending(path: "schedule.txt"))
    try encoder.encode(runs).write(to: files.appending(path: "images.json"))
  }

  /// The current schedule has a folder, and the engine accepts the ids of all folders, and no others.
  @Test func everyFrozenScheduleIsSupported() throws {
    let current = Self.hex(GasSchedule.identifier)
    let files = Self.folder.appending(path: Self.folderName(current))
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil,
      !FileManager.default.fileExists(atPath: files.path())
    {
      try Self.freeze(in: files)
    }
    let frozen = try Self.frozen()
    let identifiers = frozen.map { Self.identifier(of: $0.text) }
    #expect(zip(frozen, identifiers).allSatisfy { $0.name == Self.folderName($1) })
    #expect(Set(identifiers) == Set(GasSchedule.extended.map { "\($0)" } + [current]))
    #expect(!GasSchedule.supports(GasSchedule.identifier.reversed()))
  }

  /// Each entry of a frozen schedule is also an entry of the current one: a line with the lines of its bulk work.
  @Test func laterSchedulesOnlyAddEntries() throws {
    func entries(_ text: String) -> [String] {
      var entries: [String] = []
      for line in text.split(separator: "\n") {
        if line.hasPrefix("work,") { entries[entries.count - 1] += "\n\(line)" } else { entries.append(String(line)) }
      }
      return entries
    }
    let current = Set(entries(String(decoding: GasSchedule.text, as: UTF8.self)))
    for schedule in try Self.frozen() {
      #expect(entries(schedule.text).filter { !current.contains($0) } == [], "\(schedule.name)")
    }
  }

  @Test func imagesOfFrozenSchedulesRunAsBefore() throws {
    for schedule in try Self.frozen() {
      #expect(schedule.runs.count >= 10, "\(schedule.name)")
      for kept in schedule.runs {
        let result = Self.run(
          Array(kept.image), request: kept.request, gasLimit: kept.gasLimit, heapBytes: kept.heapBytes)
        let now = Run(
          name: kept.name, image: kept.image, request: kept.request, gasLimit: kept.gasLimit,
          heapBytes: kept.heapBytes, body: result.body, gas: result.gas, stackPeakWords: result.stackPeakWords,
          heapPeakBytes: result.heapPeakBytes)
        #expect(now == kept, "\(schedule.name): \(kept.name)")
      }
    }
  }
}
