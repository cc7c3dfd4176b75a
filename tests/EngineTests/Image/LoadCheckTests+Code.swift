import Engine
import TestSupport

/// Functions and instructions.
extension LoadCheckTests {
  typealias Entry = ImageLayout.FunctionEntry

  /// Changes the first instruction with this opcode.
  private static func first(
    _ opcode: Opcode, _ change: @escaping @Sendable (Instruction) -> Instruction
  ) -> @Sendable (inout EditedImage) -> ImageDefect {
    { image in
      let place = image.first(opcode)
      image[instruction: place] = change(image[instruction: place])
      return .instruction(place)
    }
  }

  /// The instruction with other operands.
  private static func with(_ i: Instruction, a: Int? = nil, b: Int? = nil, c: Int? = nil) -> Instruction {
    guard let opcode = i.opcode else { return i }
    return Instruction(opcode, charge: i.charge, a: a ?? i.a, b: b ?? i.b, c: c ?? i.c)
  }

  static let codeCases: [Case] = [
    Case(17, "code that does not begin with halt") { image in
      image[instruction: 0] = image[instruction: 1]
      return .instruction(0)
    },
    Case(17, "a function that begins too late") { image in
      image[function: 1, word: Entry.code] += 1
      return .function(1)
    },
    Case(18, "more registers than a frame may have") { image in
      image[function: 1, word: Entry.frame] |= 0xffff
      return .function(1)
    },
    Case(18, "more arguments asked for than there are parameters") { image in
      image[function: 1, word: Entry.frame] |= 0xff << 16
      return .function(1)
    },
    Case(18, "a bit that stands for nothing") { image in
      image[function: 1, word: Entry.frame] |= 1 << 40
      return .function(1)
    },
    Case(19, "fewer stack words than the frame takes") { image in
      image[function: 1, word: Entry.stack] = (image[function: 1, word: Entry.frame] & 0xffff) + 2
      return .function(1)
    },
    Case(19, "initialisers that take less of the stack than their frame") { image in
      image[function: 0, word: Entry.stack] = 3
      return .function(0)
    },
    Case(19, "more stack words than any function may take") { image in
      image[function: 1, word: Entry.stack] = 1005
      return .function(1)
    },
    Case(20, "a code class that is a later function") { image in
      image[function: 1, word: Entry.codeClass] = 2
      return .function(1)
    },
    Case(20, "the code class of a function with other captures") { image in
      let capturing = (1..<image.functionCount).first { image[function: $0, word: Entry.frame] >> 48 > 0 } ?? 0
      image[function: capturing, word: Entry.codeClass] = 1
      return .function(capturing)
    },
    Case(21, "a last instruction that goes on") { image in
      let last = image.start(ofFunction: 2) - 1
      image[instruction: last] = Instruction(.checkRecord, charge: 0, a: 0)
      return .missingEnd(function: 1)
    },
    Case(22, "an opcode that there is not", first(.move) { _ in Instruction(bits: 0xff) }),
    Case(22, "halt within a function", first(.move) { _ in Instruction(.halt) }),
    Case(22, "a register outside of the frame", first(.move) { with($0, b: 1000) }),
    Case(22, "a constant that there is not", first(.loadConstant) { with($0, b: 60_000) }),
    Case(22, "a global slot that there is not", first(.loadGlobal) { with($0, b: 60_000) }),
    Case(22, "a capture that there is not", first(.loadCapture) { with($0, b: 7) }),
    Case(22, "a function that there is not", first(.callFunction) { with($0, c: 60_000) }),
    Case(22, "an immediate that is no value", first(.loadImmediate) { with($0, b: 0x2a) }),
    Case(22, "an operand where there is none", first(.not) { with($0, c: 1) }),
    Case(23, "a row of registers over the frame's end", first(.newArray) { with($0, c: 1000) }),
    Case(23, "arguments over the frame's end", first(.callMethod) { with($0, b: 1000) }),
    Case(23, "a call without room for its frame's header", first(.callFunction) { with($0, a: 2) }),
    Case(24, "a Record's layout that is none", first(.newRecord) { with($0, c: 0) }),
    Case(24, "a key that is no String", first(.getField) { with($0, c: LibraryConstant.emptyArray) }),
    Case(24, "pieces that are none", first(.buildArray) { with($0, c: 0) }),
    Case(24, "methods that are none", first(.prepareMethod) { with($0, c: 0) }),
    Case(24, "a shape as a value", first(.loadConstant) { with($0, b: LibraryConstant.someShape) }),
    Case(
      24, "an effect that the manifest does not name", first(.callEffect) { with($0, c: LibraryConstant.kindNames) }),
    Case(25, "a jump out of its function", first(.jumpIfDefined) { with($0, b: 0xffff) }),
    Case(26, "a function with a rest parameter, called by number") { image in
      let place = image.first(.callFunction)
      let rest = (1..<image.functionCount).first { image[function: $0, word: Entry.frame] >> 32 & 1 != 0 } ?? 0
      image[instruction: place] = with(image[instruction: place], c: rest)
      return .instruction(place)
    },
    Case(26, "a handler with captures") { image in
      let capturing = (1..<image.functionCount).first { image[function: $0, word: Entry.frame] >> 48 > 0 } ?? 0
      image[word: Header.handler] = UInt64(capturing) + 1
      return .header(offset: Header.handler)
    },
  ]
}
