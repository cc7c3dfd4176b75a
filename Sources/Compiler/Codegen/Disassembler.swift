internal import Engine

/// Lists the code of an image as readable text: each function with its instructions, their gas and their source
/// positions.
public enum Disassembler {
  /// The listing of an image that has passed the load check.
  ///
  /// - Returns: UTF-8 text.
  public static func listing(of image: [UInt8]) -> [UInt8] {
    let owner = OwnedMemory(byteCount: image.count)
    owner.memory.write(image.span, at: HeapOffset(0))
    var writer = ListingWriter(Image(owner.memory))
    for index in 0..<writer.image.functionCount { writer.write(function: index) }
    return writer.text
  }
}

/// Writes the listing of one image.
private struct ListingWriter {
  let image: Image
  private let names: NameTable
  private(set) var text: [UInt8] = []

  init(_ image: Image) {
    self.image = image
    names = NameTable(image)
  }

  private mutating func put(_ part: StaticString) { text += part.bytes }

  private mutating func put(_ number: Int) {
    if number < 0 { put("-") }
    var magnitude = number.magnitude
    var digits: [UInt8] = []
    repeat {
      digits.append(UInt8(0x30 + magnitude % 10))
      magnitude /= 10
    } while magnitude > 0
    text += digits.reversed()
  }

  /// Appends a string that comes from the image. It may hold any bytes.
  private mutating func put(claimed part: [UInt8]) { text += VisibleText.escaped(part) }

  /// Pads the line that began at `start` with spaces, up to a column.
  private mutating func pad(from start: Int, to column: Int) {
    repeat { text.append(0x20) } while text.count < start + column
  }

  // MARK: Functions

  mutating func write(function index: Int) {
    let function = image.functionSummary(index)
    put("function ")
    put(index)
    let name = names.name(ofFunction: index)
    if !name.isEmpty {
      put(" ")
      put(claimed: name)
    }
    put("  (arguments ")
    put(function.minimumArity)
    if function.hasRest {
      put(" or more")
    } else if function.parameterCount != function.minimumArity {
      put(" to ")
      put(function.parameterCount)
    }
    put(", captures ")
    put(function.captureCount)
    put(", registers ")
    put(function.registerCount)
    put(", stack words ")
    put(function.stackWords)
    put(")\n")
    for position in function.instructions { write(position, image.instruction(position), function.instructions) }
    put("\n")
  }

  private mutating func write(_ index: Int, _ instruction: Instruction, _ range: Range<Int>) {
    guard let opcode = instruction.opcode else { return }
    let definition = opcode.definition
    let start = text.count
    put("  ")
    put(index)
    pad(from: start, to: 8)
    if instruction.charge > 0 {
      put("gas ")
      put(instruction.charge)
    }
    pad(from: start, to: 17)
    put(definition.name)
    pad(from: start, to: 45)
    let behavior = definition.behavior
    let operands = [(behavior.a, instruction.a), (behavior.b, instruction.b), (behavior.c, instruction.c)]
    var isFirst = true
    for (operand, number) in operands {
      if case .none = operand { continue }
      if !isFirst { put(", ") }
      isFirst = false
      write(operand, number, instruction, index)
    }
    if let position = names.position(ofInstruction: index) {
      pad(from: start, to: 80)
      put("; ")
      put(claimed: position.path)
      put(":")
      put(position.line)
      put(":")
      put(position.column)
    }
    put("\n")
  }

  private mutating func write(_ operand: Opcode.Operand, _ number: Int, _ instruction: Instruction, _ index: Int) {
    switch operand {
    case .none: break
    case .source, .checked, .target, .updated, .base, .frame, .restParameter:
      put("r")
      put(number)
    case .key, .method, .effect, .layout, .elements, .members: write(image.constantValue(number))
    case .wideConstant: write(image.constantValue(instruction.wide))
    case .integer: put(Int(Int16(truncatingIfNeeded: number)))
    case .wideInteger, .units: put(instruction.signedWide)
    case .immediate: write(Value(bits: UInt64(instruction.wide)))
    case .global:
      put("global ")
      put(instruction.wide)
    case .capture, .cellCapture:
      put("capture ")
      put(number)
    case .function, .closure:
      put("function ")
      put(number)
      let name = names.name(ofFunction: number)
      if !name.isEmpty {
        put(" ")
        put(claimed: name)
      }
    case .builtin:
      guard let builtin = Builtin(rawValue: UInt16(truncatingIfNeeded: number)) else { return }
      if builtin.namespace != .global {
        put(builtin.namespace.name)
        put(".")
      }
      put(builtin.definition.name)
    case .count:
      put("count ")
      put(number)
    case .stackWords:
      put("words ")
      put(number)
    case .jump:
      put("to ")
      put(index + 1 + number)
    case .wideJump:
      put("to ")
      put(index + 1 + instruction.wide)
    }
  }

  /// A constant: a String in quotes, cut if it is long; a number or word in full; any other object by its kind.
  private mutating func write(_ value: Value) {
    if value.isInlineInteger { return put(Int(value.inlineInteger)) }
    switch value {
    case .true: return put("true")
    case .false: return put("false")
    case .jsonNull: return put("JsonNull")
    case .undefined: return put("undefined")
    default: break
    }
    let header = ObjectHeader(bits: image.memory[value.offset])
    switch header.kind {
    case .boxedInteger: put(Int(Int64(bitPattern: image.memory[value.offset.advanced(words: 1)])))
    case .string: write(StringView(image.memory, value.offset))
    case .array: put("Array")
    case .record: put("Record")
    case .function:
      put("function ")
      put(header.second)
    case .recordLayout: write(RecordLayoutView(image.memory, value.offset))
    default: put("object")
    }
  }

  private mutating func write(_ string: StringView) {
    put("\"")
    let bytes = string.copyBytes()
    var end = min(24, bytes.count)
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    put(claimed: Array(bytes[..<end]))
    if bytes.count > end { put("…") }
    put("\"")
  }

  private mutating func write(_ layout: RecordLayoutView) {
    put("{")
    for index in 0..<layout.count {
      if index > 0 { put(", ") }
      put(claimed: layout.shape.key(at: layout[index]).copyBytes())
    }
    put("}")
  }
}
