import TestSupport
import Testing

@testable import Engine

/// Rules about all paths through a function.
extension LoadCheckTests {
  /// Replaces the first instruction with this opcode by another one with the same charge.
  private static func replace(
    _ opcode: Opcode, by other: Opcode, a: Int? = nil, b: Int? = nil, _ defect: @escaping @Sendable (Int) -> ImageDefect
  ) -> @Sendable (inout EditedImage) -> ImageDefect {
    { image in
      let place = image.first(opcode)
      let i = image[instruction: place]
      image[instruction: place] = Instruction(other, charge: i.charge, a: a ?? i.a, b: b ?? i.b)
      return defect(place)
    }
  }

  /// Replaces the last check by a move of its register to itself. The defect is at the next instruction that relies on
  /// the check.
  private static func without(
    _ check: Opcode, harming user: Opcode
  ) -> @Sendable (inout EditedImage) -> ImageDefect {
    { image in
      let code = 0..<image.range(of: .code).count / 8
      let place = code.last { image[instruction: $0].opcode == check } ?? -1
      let i = image[instruction: place]
      image[instruction: place] = Instruction(.move, charge: i.charge, a: i.a, b: i.a)
      let victim = code[place...].first { image[instruction: $0].opcode == user }
      return .register(instruction: victim ?? -1)
    }
  }

  /// Changes operands of the instruction at `distance` from the first one with this opcode.
  private static func near(
    _ opcode: Opcode, _ distance: Int, a: Int? = nil, b: Int? = nil, defectAt place: Int = 0
  ) -> @Sendable (inout EditedImage) -> ImageDefect {
    { image in
      let first = image.first(opcode)
      let i = image[instruction: first + distance]
      image[instruction: first + distance] = Instruction(
        i.opcode ?? .halt, charge: i.charge, a: a ?? i.a, b: b ?? i.b, c: i.c)
      return .register(instruction: first + place)
    }
  }

  static let flowCases: [Case] = [
    Case(27, "an instruction that all jumps pass") { image in
      let place = image.first(.jumpIfEqual)
      let i = image[instruction: place]
      image[instruction: place] = Instruction(.jumpIfEqual, charge: i.charge, a: i.a, b: i.b, c: 0)
      return .unreachable(instruction: place + 1 + i.c)
    },
    Case(28, "a register that was never written", near(.restArguments, 1, b: 4, defectAt: 1)),
    Case(28, "a register that is written on one way only") { image in
      // `name = "x"`: the field goes to another register, and the default to the register that is used.
      let place = image.first(.jumpIfDefined)
      let (take, jump) = (image[instruction: place - 1], image[instruction: place])
      image[instruction: place - 1] = Instruction(
        .takeFieldOrUndefined, charge: take.charge, a: 4, b: take.b, c: take.c)
      image[instruction: place] = Instruction(.jumpIfDefined, charge: jump.charge, a: 4, wide: jump.wide)
      return .register(instruction: place + 9)
    },
    Case(28, "a register where a call's frame lay", near(.call, 1, b: 8, defectAt: 1)),
    Case(28, "a callee that is missing", near(.call, -2, a: 9)),
    Case(28, "an argument that is missing", near(.call, -1, a: 9)),
    Case(28, "a part of a template without a text", without(.checkText, harming: .template)),
    Case(28, "a spread of anything", without(.checkSpread, harming: .buildArray)),
    Case(28, "a key of anything", without(.checkKey, harming: .buildRecord)),
    Case(28, "a method without its receiver", near(.callMethod, -1, a: 10)),
    Case(28, "a method that nobody looked up", near(.callMethod, -2, a: 12)),
    Case(
      28, "a rest parameter where there is none",
      { image in
        let place = image.start(ofFunction: 1)
        image[instruction: place] = Instruction(.restArguments, charge: 4, a: 1)
        return .register(instruction: place)
      }),
    Case(29, "a value where a cell is needed", near(.storeCell, 0, a: 0)),
    Case(29, "a cell where a value is needed", near(.loadCell, 1, b: 1, defectAt: 2)),
    Case(29, "a capture that is no cell", near(.loadCaptureCell, 0, b: 0)),
    Case(
      29, "the closure that runs where none runs",
      replace(.jumpIfLessOrEqualImmediate, by: .loadCallee, b: 0) { .register(instruction: $0) }),
    Case(29, "a closure of a function that stands before its maker") { image in
      let place = (0..<image.range(of: .code).count / 8).last { image[instruction: $0].opcode == .closure } ?? -1
      let i = image[instruction: place]
      image[instruction: place] = Instruction(.closure, charge: i.charge, a: i.a, b: 4, c: i.c)
      return .register(instruction: place)
    },
    Case(30, "an addition for nothing") { image in
      let place = image.first(.addImmediate)
      let i = image[instruction: place]
      image[instruction: place] = Instruction(.addImmediate, charge: 1, a: i.a, b: i.b, c: i.c)
      return .undercharged(instruction: place)
    },
    Case(31, "a return for less than RETURN") { image in
      let place = image.first(.add)
      for (index, charge) in [(place - 1, 0), (place, 2), (place + 1, 0)] {
        image[instruction: index] = Instruction(bits: image[instruction: index].bits & ~0xff00 | UInt64(charge) << 8)
      }
      return .undercharged(instruction: place + 1)
    },
    Case(31, "a tail call for nothing") { image in
      let place = image.first(.tailCallSpread)
      for index in image.start(ofFunction: 2)...place {
        image[instruction: index] = Instruction(bits: image[instruction: index].bits & ~0xff00)
      }
      return .undercharged(instruction: place)
    },
    Case(35, "a rest parameter that nothing pays for") { image in
      let place = image.first(.restArguments)
      image[instruction: place] = Instruction(.checkArray, charge: 0, a: image[instruction: place].a)
      return .undercharged(instruction: place)
    },
    Case(34, "a list that adds up to something else") { image in
      let charges = image.range(of: .charges).lowerBound
      let units = charges + 8 + 8 * Int(image[word: charges])
      image[word: units] += 1 << 32
      return .charge(0)
    },
    Case(34, "a gap between two lists") { image in
      let charges = image.range(of: .charges).lowerBound
      image[word: charges + 8] += 1
      return .charge(0)
    },
    Case(34, "an entry that begins within a list") { image in
      // It names an instruction without a charge, so no charges need to add up.
      let charges = image.range(of: .charges).lowerBound
      let entries = (0..<Int(image[word: charges])).map { charges + 8 + 8 * $0 }
      let named = Set(entries.map { image[word: $0] >> 32 })
      let last = entries[entries.count - 1]
      let free = (Int(image[word: last] >> 32)..<image.range(of: .code).count / 8).first {
        let behavior = image[instruction: $0].checkedOpcode.behavior
        return image[instruction: $0].charge == 0 && behavior.units(of: image[instruction: $0]) == 0
          && !named.contains(UInt64($0))
      }
      image[word: last] = UInt64(free ?? 0) << 32 | 1
      return .charge(entries.count - 1)
    },
    Case(34, "two entries of one instruction") { image in
      let charges = image.range(of: .charges).lowerBound
      image[word: charges + 16] = image[word: charges + 8]
      return .charge(1)
    },
  ]

  /// Rule 32. A sequence of Arrays of 64 elements, with all their charges removed.
  @Test func workThatGoesUnpaidForLongIsRefused() throws {
    let array = "[" + Array(repeating: "x", count: 64).joined(separator: ",") + "];"
    var image = try EditedImage(compiling: "const f = x => {" + String(repeating: array, count: 40) + "}; f(1)")
    #expect(image.defect == nil)
    for place in image.start(ofFunction: 1)..<image.range(of: .code).count / 8 - 2 {
      let i = image[instruction: place]
      if i.opcode == .move || i.opcode == .newArray {
        image[instruction: place] = Instruction(bits: i.bits & ~0xff00)
      }
    }
    guard case .undercharged(let place)? = image.defect else {
      Issue.record("the image is accepted: \(String(describing: image.defect))")
      return
    }
    // An Array takes 64 moves, and newArray 67 words: itself, its registers, and 2 for the object. After 31 Arrays, 35
    // words are left.
    #expect(place == image.start(ofFunction: 1) + 31 * 65 + 35)
  }

  /// Rule 33. No compiled program comes near the limit, so this tests the counting part of the check alone.
  @Test func theCheckBoundsItsOwnMemory() {
    var targets = JumpTargets(instructionCount: JumpTargets.limit + 1)
    let state = FlowState(registerCount: 1)
    let taken = (0...JumpTargets.limit).filter { targets.add($0, state) }
    #expect(taken == Array(0..<JumpTargets.limit))
    let first = targets.take(0)
    #expect(first != nil)
    let hasRoom = targets.add(JumpTargets.limit, state)
    #expect(hasRoom)
  }
}
