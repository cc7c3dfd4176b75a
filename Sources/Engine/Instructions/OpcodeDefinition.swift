/// The columns of the table of opcodes. The load check, the liveness of registers, the encoder, the disassembler and
/// the reference page all follow from the table; none of them has its own list of opcodes.
extension Opcode {
  /// One row of the table. No part has a default: an opcode must specify all of them to compile.
  public struct Definition: Sendable {
    /// The name in listings.
    public let name: StaticString
    /// What it does, in a form for programs.
    public let behavior: Behavior
    /// What it does, in one line.
    public let meaning: StaticString

    init(
      _ name: StaticString, a: Operand, b: Operand, c: Operand, row: Row, flow: Flow, charging: Charging,
      collects: Bool, meaning: StaticString
    ) {
      self.name = name
      behavior = Behavior(a: a, b: b, c: c, row: row, flow: flow, charging: charging, collects: collects)
      self.meaning = meaning
    }
  }

  /// What an instruction does: a few bytes, so that the load check can read them for each instruction.
  public struct Behavior: Sendable {
    /// The first operand.
    public let a: Operand
    /// The second operand.
    public let b: Operand
    /// The third operand; `none` where b is wide.
    public let c: Operand
    /// The consecutive registers that the instruction reads in addition to those that its operands name.
    public let row: Row
    /// Where control goes.
    public let flow: Flow
    /// How it is charged.
    public let charging: Charging
    /// Whether it may reserve memory, which can move objects.
    public let collects: Bool
  }

  /// What the instruction does, according to its row.
  public var behavior: Behavior { Opcode.behaviors[Int(rawValue)] }

  /// What each instruction does, indexed by its number.
  static let behaviors = allCases.map { $0.definition.behavior }

  /// What an operand means.
  public enum Operand: Equatable, Sendable {
    case none
    /// A register that is read. It must meet the requirement.
    case source(Requirement)
    /// A register that is read and must hold a value. If the value does not have this kind, the run ends; so its kind
    /// is known afterwards.
    case checked(Kind)
    /// A register that is written, and what is known about it afterwards.
    case target(Product)
    /// A register that holds a value; it is read and then written.
    case updated
    /// The first of several consecutive registers.
    case base
    /// The register of the first argument of a call. The header of the callee's frame is below it.
    case frame
    /// The index of a constant that is a String: a key or text.
    case key
    /// The index of a constant that is a String. The next constant holds the numbers of the methods with that name.
    case method
    /// The index of a constant that names an operation of an effect. The manifest must name its capability.
    case effect
    /// The index of a constant that is the layout of a Record.
    case layout
    /// The index of a constant that lists the parts of an Array literal: values and spreads.
    case elements
    /// The index of a constant that lists the parts of a Record literal: keys with values, and spreads.
    case members
    /// The index of a constant that is a value (32 bits, in b and c).
    case wideConstant
    /// A signed number (16 bits).
    case integer
    /// A signed number (32 bits, in b and c).
    case wideInteger
    /// Units of gas, at least 1 (32 bits, in b and c).
    case units
    /// The low 32 bits of an immediate value's word (in b and c).
    case immediate
    /// The index of a global slot (32 bits, in b and c).
    case global
    /// The index of a capture of the running function.
    case capture
    /// The index of a capture of the running function that is a cell.
    case cellCapture
    /// The index of a function with captures.
    case closure
    /// The index of a function without captures and without a rest parameter.
    case function
    /// The number of a function of the library.
    case builtin
    /// A number of registers, or of elements.
    case count
    /// The register of the rest parameter of the function that contains the instruction.
    case restParameter
    /// The abstract stack words of the function that contains the instruction.
    case stackWords
    /// The number of instructions to skip (16 bits).
    case jump
    /// The number of instructions to skip (32 bits, in b and c).
    case wideJump

    /// Whether the operand occupies both b and c.
    public var isWide: Bool {
      switch self {
      case .wideConstant, .wideInteger, .units, .immediate, .global, .wideJump: true
      case .none, .source, .checked, .target, .updated, .base, .frame, .key, .method, .effect, .layout, .elements,
        .members, .integer, .capture, .cellCapture, .closure, .function, .builtin, .count, .restParameter, .stackWords,
        .jump:
        false
      }
    }
  }

  /// What a register must hold when it is read.
  public enum Requirement: Sendable {
    /// A value that a guest can hold.
    case value
    /// A reference to a cell.
    case cell
    /// Either of them.
    case valueOrCell
  }

  /// A kind of value that is known after a check.
  public enum Kind: Sendable {
    /// A value that has a canonical text.
    case text
    /// An Array or a String.
    case sequence
    case string
    case array
    /// A Record. Nothing relies on this check.
    case record
  }

  /// What is known about a register after it is written.
  public enum Product: Sendable {
    /// A value of any kind.
    case value
    case integer
    case string
    case array
    case cell
    /// The same as is known about the register that b names.
    case copy
    /// The same as is known about the constant.
    case constant
    /// The captured word: a value or a cell.
    case capture
    /// The running closure, so there must be one.
    case callee
  }

  /// Consecutive registers that an instruction reads.
  public enum Row: Sendable {
    case none
    /// c registers from b on, each holding this.
    case counted(Element)
    /// As many registers from c on as function b has captures. They hold values and cells.
    case captures
    /// From b on, a value for each field of the layout in constant c.
    case fields
    /// From b on, a register for each part of an Array literal: a value, or a sequence to spread.
    case elements
    /// From b on, the registers of each part of a Record literal: a String and a value, or a value to spread.
    case members

    /// What each of c registers holds.
    public enum Element: Sendable {
      case value
      case text
      case string
    }
  }

  /// Where control goes after an instruction.
  public enum Flow: Sendable {
    /// To the next instruction, or to the target of the jump if the instruction has one.
    case next
    /// Never to the next instruction: the run ends, or a jump is always taken.
    case ends
    /// Back to the caller. The call's RETURN must have been charged.
    case leaves
    /// To the callee, and from there to the next instruction.
    case calls(Callee, Arguments)
    /// To the callee, in place of the running frame. If the callee is not a function of the program, control then goes
    /// to the next instruction.
    case tailCalls(Callee, Arguments)
    /// To the next instruction. This instruction leaves a callee and its receiver for a later call.
    case preparesCall
    /// The instruction is outside all functions. Functions that the host or a built-in called return to it.
    case outside
  }

  /// The callee of a call.
  public enum Callee: Sendable {
    /// The function whose number is c.
    case function
    /// The value in the callee's place in the header of the frame.
    case value
    /// The word that `prepareMethod` left there.
    case method
    /// The function of the library whose number is c.
    case builtin
    /// The operation that constant c names.
    case effect
  }

  /// Where a call's arguments are.
  public enum Arguments: Sendable {
    /// As many registers from a on as the function has parameters.
    case declared
    /// b registers from a on.
    case counted
    /// The elements of the Array in a.
    case spread
  }

  /// How an instruction is charged.
  public enum Charging: Sendable {
    /// It is free, or earlier instructions have charged for it.
    case free
    /// Only with the charge field, which contains at least this row.
    case fixed(GasRow)
    /// The field contains at least this row. The sum of two Strings costs STR_CONCAT and bulk instead.
    case sum(GasRow)
    /// The field contains at least this row. Comparing the first two registers that are read may also cost bulk.
    case comparison(GasRow)
    /// The field contains at least this row. An index into b may cost another row instead, and bulk.
    case index(GasRow)
    /// The field contains at least this row. A computed key of b also costs bulk.
    case computedKey(GasRow)
    /// The field contains at least this row. Another charge follows for finding a named key among many.
    case namedKey(GasRow)
    /// The field contains at least this row. The callee may also charge.
    case call(GasRow)
    /// It charges its rows and bulk itself while it runs.
    case itself

    /// The row that the charge field must at least contain; nil if it may be 0.
    var row: GasRow? {
      switch self {
      case .free, .itself: nil
      case .fixed(let row), .sum(let row), .comparison(let row), .index(let row), .computedKey(let row),
        .namedKey(let row), .call(let row):
        row
      }
    }

    /// Whether the instruction may charge more than its field contains.
    var chargesItself: Bool {
      switch self {
      case .free, .fixed: false
      case .sum, .comparison, .index, .computedKey, .namedKey, .call, .itself: true
      }
    }
  }
}

extension Opcode.Behavior {
  /// Whether the next instruction is only reached by a jump. A tail call does not end the block if its callee may be a
  /// built-in.
  public var endsBlock: Bool {
    switch flow {
    case .ends, .leaves, .tailCalls(.function, _), .outside: true
    case .next, .preparesCall, .calls, .tailCalls(.value, _), .tailCalls(.method, _), .tailCalls(.builtin, _),
      .tailCalls(.effect, _):
      false
    }
  }

  /// Whether control goes to a callee, which may return to the next instruction.
  var calls: Bool {
    switch flow {
    case .calls, .tailCalls: true
    case .next, .ends, .leaves, .preparesCall, .outside: false
    }
  }

  /// Whether the operand that says how far to jump has 16 bits. It is then in c.
  public var jumpsNear: Bool {
    if case .jump = c { true } else { false }
  }
}

extension Opcode.Behavior {
  /// The number of instructions that a jump skips, counted from the next one; nil if the instruction is not a jump.
  @inline(__always)
  func jumpDistance(of i: Instruction) -> Int? {
    if case .wideJump = b { return i.wide }
    return jumpsNear ? i.c : nil
  }

  /// The units that the instruction charges before it does anything.
  func units(of i: Instruction) -> Int {
    if case .units = b { return i.wide &+ i.charge }
    return i.charge
  }
}

/// A part of an Array or Record literal that is built from registers, as listed in the literal's constant.
public enum LiteralPiece: Int64 {
  /// An element, or a key with its value.
  case single = 0
  /// A value that is spread.
  case spread = 1
  /// A Record with the fields that the literal itself writes out.
  case written = 2

  /// The word that represents the part in the list.
  @inline(__always)
  var word: Value { Value(small: Int(rawValue)) }

  /// Nil for any other value, which only a damaged image contains.
  init?(_ value: Value) {
    guard value.isInlineInteger else { return nil }
    self.init(rawValue: value.inlineInteger)
  }

  /// The number of consecutive registers that the part takes; nil if such registers can't have this part.
  func registers(in row: Opcode.Row) -> Int? {
    switch (row, self) {
    case (.elements, .single), (.elements, .spread), (.members, .spread), (.members, .written): 1
    case (.members, .single): 2
    case (.elements, .written), (.none, _), (.counted, _), (.captures, _), (.fields, _): nil
    }
  }
}
