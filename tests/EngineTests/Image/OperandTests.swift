import Engine
import TestSupport
import Testing

/// Every operand of every opcode, changed to values that the load check must refuse. They depend only on the kind of
/// operand, so this test fails for any opcode that the check forgets.
@Suite("The load check looks at every operand") struct OperandTests {
  /// A program that has every opcode that code in a function can have.
  static let source = (try? Repository.text("Fuzzing/Seeds/instructions.js")) ?? ""

  @Test func aProgramHasEveryOpcode() throws {
    let image = try EditedImage(compiling: Self.source)
    #expect(image.defect == nil)
    let missing = Opcode.allCases.filter { image.first($0) < 0 }
    #expect(missing.isEmpty, "no code has \(missing)")
  }

  @Test(arguments: Opcode.allCases)
  func aForbiddenOperandIsRefused(_ opcode: Opcode) throws {
    let good = try EditedImage(compiling: Self.source)
    let place = good.first(opcode)
    guard place >= 2 else { return }
    let i = good[instruction: place]
    for (position, operand) in [opcode.behavior.a, opcode.behavior.b, opcode.behavior.c].enumerated() {
      // A wide `b` takes the place of `c`.
      if position == 2, opcode.behavior.b.isWide { continue }
      for value in Self.forbidden(operand, opcode.behavior, i, at: place, in: good) {
        var image = good
        let shift = UInt64(16 + 16 * position)
        let width: UInt64 = operand.isWide ? 0xffff_ffff : 0xffff
        image[instruction: place] = Instruction(bits: i.bits & ~(width << shift) | UInt64(value) << shift)
        #expect(image.defect == .instruction(place), "\(opcode) with \(value) as operand \(position)")
      }
    }
  }

  @Test(arguments: Opcode.allCases)
  func aRegisterThatWasNeverWrittenIsRefused(_ opcode: Opcode) throws {
    let (good, place, unwritten) = try Self.imageWithAnUnwrittenRegister(opcode)
    guard place >= 2 else { return }
    let i = good[instruction: place]
    for (position, operand) in [opcode.behavior.a, opcode.behavior.b, opcode.behavior.c].enumerated() {
      guard operand.isRead else { continue }
      var image = good
      let shift = UInt64(16 + 16 * position)
      image[instruction: place] = Instruction(bits: i.bits & ~(0xffff << shift) | UInt64(unwritten) << shift)
      #expect(image.defect == .register(instruction: place), "\(opcode), operand \(position)")
    }
  }

  @Test(arguments: Opcode.allCases)
  func anArgumentThatWasNeverWrittenIsRefused(_ opcode: Opcode) throws {
    var (image, place, unwritten) = try Self.imageWithAnUnwrittenRegister(opcode)
    guard place >= 2 else { return }
    let i = image[instruction: place]
    let arguments: Opcode.Arguments
    switch opcode.behavior.flow {
    case .calls(_, let place), .tailCalls(_, let place): arguments = place
    case .next, .ends, .leaves, .preparesCall, .outside: return
    }
    switch arguments {
    // The called function declares the number of arguments, which may be 0.
    case .declared: return
    case .counted: image[instruction: place] = Instruction(opcode, charge: i.charge, a: unwritten, b: 1, c: i.c)
    case .spread: image[instruction: place] = Instruction(opcode, charge: i.charge, a: unwritten, b: i.b, c: i.c)
    }
    #expect(image.defect == .register(instruction: place))
  }

  /// An image whose frames have one register more than the program uses. Also returns the first instruction with this
  /// opcode, and the number of the additional register there.
  private static func imageWithAnUnwrittenRegister(_ opcode: Opcode) throws -> (EditedImage, place: Int, register: Int)
  {
    var image = try EditedImage(compiling: source)
    let place = image.first(opcode)
    let count = image.range(of: .functions).count / 8 / ImageLayout.FunctionEntry.wordCount
    // Each function pays for a word more than its frame takes.
    for function in 0..<count { image[function: function, word: ImageLayout.FunctionEntry.frame] += 1 }
    #expect(image.defect == nil)
    let function = (0..<count).last { image.start(ofFunction: $0) <= place } ?? 0
    return (image, place, Int(image[function: function, word: ImageLayout.FunctionEntry.frame] & 0xffff) - 1)
  }

  private static func forbidden(
    _ operand: Opcode.Operand, _ row: Opcode.Behavior, _ i: Instruction, at place: Int, in image: EditedImage
  ) -> [Int] {
    let constants = image.range(of: .constants).count / 8
    let functions = image.range(of: .functions).count / 8 / ImageLayout.FunctionEntry.wordCount
    let notAString = (0..<constants).first { image[constant: $0] & 1 == 1 } ?? -1
    switch operand {
    case .none: return [1]
    case .source, .checked, .target, .updated, .base: return [1024, 0xffff]
    case .frame: return [0, 1, 2, 1024, 0xffff]
    case .restParameter: return [i.a + 1, 0xffff]
    case .key, .method, .effect, .layout, .elements, .members: return [notAString, constants, 0xffff]
    case .wideConstant: return [constants, 0x7fff_ffff]
    case .units: return [0, 0xffff_ffff]
    case .immediate: return [0, 0x2a]
    case .global: return [0xffff, 0x7fff_ffff]
    case .capture, .cellCapture: return [1024, 0xffff]
    case .closure, .function: return [0, functions, 0xffff]
    case .builtin: return [Builtin.allCases.count, 0xffff]
    case .stackWords: return [0xffff]
    case .jump: return [0xffff]
    case .wideJump: return [0x7fff_ffff]
    case .integer, .wideInteger: return []
    case .count:
      // In other instructions it is an index into an Array, and any value is allowed.
      switch (row.row, row.flow) {
      case (.counted, _), (_, .calls), (_, .tailCalls): return [1024, 0xffff]
      case (.none, _), (.captures, _), (.fields, _), (.elements, _), (.members, _): return []
      }
    }
  }
}

extension Opcode.Operand {
  fileprivate var isRead: Bool {
    switch self {
    case .source, .checked, .updated: true
    case .none, .target, .base, .frame, .key, .method, .effect, .layout, .elements, .members, .wideConstant, .integer,
      .wideInteger, .units, .immediate, .global, .capture, .cellCapture, .closure, .function, .builtin, .count,
      .restParameter, .stackWords, .jump, .wideJump:
      false
    }
  }
}
