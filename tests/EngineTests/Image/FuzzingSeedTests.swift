import TestSupport
import Testing

@testable import Engine

/// The fuzzer of images mutates the images of these programs. What no seed has, mutation rarely finds.
@Suite("Seeds of the image fuzzer") struct FuzzingSeedTests {
  /// The images of Fuzzing/Seeds and of the examples in the library reference. The fuzzer generates another program, which
  /// calls every effect, from the table of effects.
  private static func images() throws -> [EditedImage] {
    let sources =
      [try Repository.text("Fuzzing/Seeds/instructions.js")] + (try LibraryReference().entries.map(\.example))
    return try sources.map { try EditedImage(compiling: $0) }
  }

  @Test func theSeedsHaveEveryOpcode() throws {
    let found = Set(try Self.images().flatMap { image in image.instructions.map(\.checkedOpcode) })
    let missing = Opcode.allCases.filter { !found.contains($0) }
    #expect(missing.isEmpty, "no seed has \(missing)")
  }

  @Test func theSeedsCallEveryFunctionOfTheLibrary() throws {
    var found: Set<Int> = []
    for image in try Self.images() {
      // Functions used as values, such as callbacks.
      found.formUnion(image.objects(.builtinFunction).map { ObjectHeader(bits: image[word: $0]).second })
      for i in image.instructions {
        switch i.checkedOpcode.behavior.flow {
        case .calls(.builtin, _), .tailCalls(.builtin, _): found.insert(i.c)
        case .preparesCall:
          // The numbers of the methods of that name, each plus 1.
          let methods = Value(bits: image[constant: i.c + 1]).inlineInteger
          found.formUnion([Int(methods & 0xffff) - 1, Int(methods >> 16) - 1])
        case .next, .ends, .leaves, .calls, .tailCalls, .outside: break
        }
      }
    }
    let missing = Builtin.allCases.filter { builtin in
      switch builtin.definition.form {
      case .function, .method: !found.contains(Int(builtin.rawValue))
      case .constant: false
      }
    }
    #expect(missing.isEmpty, "no seed calls \(missing)")
  }
}

extension EditedImage {
  /// All instructions.
  fileprivate var instructions: [Instruction] {
    (0..<range(of: .code).count / 8).map { self[instruction: $0] }
  }
}
