/// The image at the start of linear memory, as the machine reads it.
///
/// Reading relies on the load check.
public struct Image: Sendable {
  /// The region that holds the image.
  public let memory: LinearMemory
  /// The size in bytes.
  public let byteCount: Int
  /// The number of global slots that a machine needs.
  public let globalCount: Int
  /// The function that runs the static initialisers. In a script, it also returns the script's value.
  public let initializer: Int
  /// The handler's function, or nil for a script.
  public let handler: Int?
  let functions: HeapOffset
  let code: HeapOffset
  let constants: HeapOffset
  let charges: HeapOffset
  let internedStrings: HeapOffset
  /// The number of slots of the hash table of interned strings; a power of two.
  let internedSlotCount: Int

  /// - Precondition: there is a checked image at the start of `memory`.
  public init(_ memory: LinearMemory) {
    func word(_ offset: Int) -> Int { Int(truncatingIfNeeded: memory[HeapOffset(offset)]) }
    func section(_ section: ImageLayout.Section) -> HeapOffset {
      HeapOffset(word(ImageLayout.Header.sections + section.rawValue * 16))
    }
    self.memory = memory
    byteCount = word(ImageLayout.Header.fileSize)
    globalCount = word(ImageLayout.Header.globalCount)
    initializer = word(ImageLayout.Header.initializer)
    let handlerPlusOne = word(ImageLayout.Header.handler)
    handler = handlerPlusOne == 0 ? nil : handlerPlusOne - 1
    functions = section(.functions)
    code = section(.code)
    constants = section(.constants)
    charges = section(.charges)
    internedStrings = section(.internedStrings)
    internedSlotCount = word(ImageLayout.Header.sections + ImageLayout.Section.internedStrings.rawValue * 16 + 8) / 8
  }

  /// A constant.
  @inline(__always)
  func constant(_ index: Int) -> Value { Value(bits: memory[constants.advanced(words: index)]) }

  /// A function's entry.
  @inline(__always)
  func function(_ index: Int) -> FunctionEntry {
    FunctionEntry(memory: memory, offset: functions.advanced(words: index &* ImageLayout.FunctionEntry.wordCount))
  }

  /// The interned String with the same text, or the String itself if there is none.
  public func interned(_ string: StringView) -> Value {
    let mask = internedSlotCount &- 1
    var slot = Int(truncatingIfNeeded: string.keyHash) & mask
    for _ in 0...ImageLayout.maximumProbe {
      let candidate = memory[internedStrings.advanced(words: slot)]
      if candidate == 0 { break }
      let other = StringView(memory, Value(bits: candidate).offset)
      if other.equals(string) { return Value(other.offset) }
      slot = (slot &+ 1) & mask
    }
    return Value(string.offset)
  }
}

/// An entry of an image's function section.
struct FunctionEntry {
  let memory: LinearMemory
  let offset: HeapOffset

  private func word(_ index: Int) -> UInt64 { memory[offset.advanced(words: index)] }

  /// The index of the first instruction.
  @inline(__always)
  var firstInstruction: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.code) & 0xffff_ffff) }

  /// The number of instructions.
  var instructionCount: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.code) >> 32) }

  /// The number of registers of a frame.
  var registerCount: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.frame) & 0xffff) }

  /// The fewest arguments.
  @inline(__always)
  var minimumArity: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.frame) >> 16 & 0xff) }

  /// The number of parameters, not counting a rest parameter.
  @inline(__always)
  var parameterCount: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.frame) >> 24 & 0xff) }

  /// Whether arguments after the last parameter are collected in an Array.
  @inline(__always)
  var hasRest: Bool { word(ImageLayout.FunctionEntry.frame) >> 32 & 1 != 0 }

  /// The number of captures of a closure.
  var captureCount: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.frame) >> 48) }

  /// The abstract stack words of an activation.
  @inline(__always)
  var stackWords: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.stack) & 0xffff_ffff) }

  /// The first function of the image with the same code.
  var codeClass: Int { Int(truncatingIfNeeded: word(ImageLayout.FunctionEntry.codeClass)) }

  /// Whether all unused bits are 0.
  var hasOnlyKnownFields: Bool {
    word(ImageLayout.FunctionEntry.frame) & 0xfffe_0000_0000 == 0 && word(ImageLayout.FunctionEntry.stack) >> 32 == 0
  }
}

/// Queries for tools.
extension Image {
  /// What an image says about a function.
  public struct FunctionSummary: Sendable {
    /// Its instructions, as indices into the code.
    public let instructions: Range<Int>
    /// The number of registers of a frame.
    public let registerCount: Int
    /// The fewest arguments.
    public let minimumArity: Int
    /// The number of parameters, not counting a rest parameter.
    public let parameterCount: Int
    /// Whether arguments after the last parameter are collected in an Array.
    public let hasRest: Bool
    /// The number of captures of a closure.
    public let captureCount: Int
    /// The abstract stack words of an activation.
    public let stackWords: Int
  }

  /// The number of functions, including the static initialisers.
  public var functionCount: Int { words(of: .functions).count / ImageLayout.FunctionEntry.wordCount }

  /// A function by its number.
  public func functionSummary(_ index: Int) -> FunctionSummary {
    let entry = function(index)
    return FunctionSummary(
      instructions: entry.firstInstruction..<entry.firstInstruction + entry.instructionCount,
      registerCount: entry.registerCount, minimumArity: entry.minimumArity, parameterCount: entry.parameterCount,
      hasRest: entry.hasRest, captureCount: entry.captureCount, stackWords: entry.stackWords)
  }

  /// An instruction by its number.
  public func instruction(_ index: Int) -> Instruction {
    Instruction(bits: memory[code.advanced(words: index)])
  }

  /// A constant by its number.
  public func constantValue(_ index: Int) -> Value { constant(index) }
}
