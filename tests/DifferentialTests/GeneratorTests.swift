import Engine
import ProgramGeneration
import TestSupport
import Testing

/// The generator makes programs that are worth running.
@Suite struct GeneratorTests {
  /// The first seed of the suites. Any other seed gives other programs, which must agree as well.
  static let firstSeed: UInt64 = 1

  @Test func aSeedAlwaysGivesTheSameProgram() {
    let programs = (1...50).map { RandomPrograms.program(seed: $0).listing }
    #expect(programs == (1...50).map { RandomPrograms.program(seed: $0).listing })
    #expect(Set(programs).count == 50)
  }

  /// The programs are accepted, and most of them end in a value.
  @Test func programsCoverEveryErrorAndEveryBuiltin() throws {
    var outcomes: [String: Int] = [:]
    var labels: Set<String> = []
    let count = 3000
    for seed in 1...UInt64(count) {
      let program = RandomPrograms.program(seed: seed)
      labels.formUnion(program.labels)
      let image = try Guest.image(program.sources, entry: "main.js")
      let budgets = MachineLayout.Budgets(stackWords: 4096, heapBytes: 1 << 20)
      let result = Guest.run(image: image, request: program.request, gasLimit: 100_000, budgets: budgets)
      outcomes[result.error ?? "a value", default: 0] += 1
    }
    #expect((50...80).contains(outcomes["a value", default: 0] * 100 / count), "\(outcomes)")
    let missing = Builtin.allCases.map(\.publishedName).filter { !labels.contains($0) }
    #expect(missing.isEmpty, "no program uses them: each needs a line in ProgramGeneration/Library.swift")
    let unseen = Trap.allCases.filter { Self.isWithinReach($0) && outcomes["\($0.code)"] == nil }
    #expect(unseen.isEmpty, "\(outcomes)")
  }

  /// Whether a program without effects can end in this error, given a heap that is large enough.
  private static func isWithinReach(_ trap: Trap) -> Bool {
    switch trap {
    case .typeMismatch, .integerOverflow, .divisionByZero, .decimalOverflow, .decimalSyntax, .noSuchField,
      .indexOutOfRange, .notCallable, .arityMismatch, .uninitializedBinding, .functionAsMapKey, .notSerializable,
      .stringSplitsCodePoint, .invalidArgument, .thrown, .invalidRequest, .stackExhausted, .gasExhausted:
      true
    case .memoryExhausted, .gasLimitOutOfRange, .effectNotGranted, .continuationMismatch, .transactionAborted: false
    }
  }

  @Test func programsShrinkToWhatShowsSomething() throws {
    let seed = try #require((1...500).first { RandomPrograms.program(seed: $0).labels.contains("Text.hmacSha256") })
    let program = RandomPrograms.program(seed: seed)
    func gives(_ program: GeneratedProgram) -> Bool {
      let isUsed = program.files.contains { $0.text.text.contains("Text.hmacSha256(") }
      return isUsed && (try? Guest.image(program.sources, entry: "main.js")) != nil
    }
    let smallest = Shrinker.shrink(program, while: gives)
    #expect(gives(smallest))
    #expect(smallest.files[0].text.text.utf8.count <= 80, "\(smallest.listing)")
  }
}
