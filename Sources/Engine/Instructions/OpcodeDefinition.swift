/// What a row of the table of opcodes says. The load check, the liveness of registers, the encoder, the disassembler and
/// the reference page all follow from it: none of them has a list of opcodes of its own.
extension Opcode {
  /// One row of the table. No part has a default: an opcode without an answer to each does not compile.
  public struct Definition: Sendable {
    /// The name in listings.
    public let name: StaticString
    /// What it does, for all who have to know but need not be told in words.
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
    /// The registers in a row that the instruction reads besides those that its operands name.
    public let row: Row
    /// Where control goes.
    public let flow: Flow
    /// How it is paid for.
    public let charging: Charging
    /// Whether it may reserve memory, so that objects move.
    public let collects: Bool
  }

  /// What the instruction does, as its row says.
  public var behavior: Behavior { Opcode.behaviors[Int(rawValue)] }

  /// What all instructions do, at the indices that are their numbers.
  static let behaviors = allCases.map { $0.definition.behavior }

  /// What an operand means.
  public enum Operand: Equatable, Sendable {
    case none
    /// A register that is read. It must hold what is required.
    case source(Requirement)
    /// A register that is read and must hold a value, of which more is known afterwards: the run ends if it is of
    /// another kind.
    case checked(Kind)
    /// A register that is written, and what is known of it afterwards.
    case target(Product)
    /// A register that holds a value, and is read and then written.
    case updated
    /// The first register of a row.
    case base
    /// The first argument of a call. The header of the callee's frame lies below.
    case frame
    /// Index of a constant that is a String: a key, or text.
    case key
    /// Index of a constant that is a String, with the numbers of the methods of that name in the constant after it.
    case method
    /// Index of a constant that names an effect's operation. The manifest must name its capability.
    case effect
    /// Index of a constant that is the layout of a Record.
    case layout
    /// Index of a constant that lists the parts of an Array literal: values and spreads.
    case elements
    /// Index of a constant that lists the parts of a Record literal: keys with values, and spreads.
    case members
    /// Index of a constant that is a value (32 bits, in b and c).
    case wideConstant
    /// A signed number (16 bits).
    case integer
    /// A signed number (32 bits, in b and c).
    case wideInteger
    /// Units of gas, at least 1 (32 bits, in b and c).
    case units
    /// The low 32 bits of an immediate value's word (in b and c).
    case immediate
    /// Index of a global slot (32 bits, in b and c).
    case global
    /// Index of a capture of the function that is running.
    case capture
    /// The same, of one that is a cell.
    case cellCapture
    /// Index of a function that captures something.
    case closure
    /// Index of a function that captures nothing and has no rest parameter.
    case function
    /// Number of a function of the library.
    case builtin
    /// A number of registers, or of elements.
    case count
    /// The register of the rest parameter of the function that the instruction stands in.
    case restParameter
    /// Abstract stack words of the function that the instruction stands in.
    case stackWords
    /// Instructions to skip (16 bits).
    case jump
    /// Instructions to skip (32 bits, in b and c).
    case wideJump

    /// Whether the operand takes b and c together.
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

  /// What a register must hold where it is read.
  public enum Requirement: Sendable {
    /// A value that a guest can hold.
    case value
    /// A reference to a cell.
    case cell
    /// One or the other.
    case valueOrCell
  }

  /// A kind of value that a check leaves behind it.
  public enum Kind: Sendable {
    /// One that has a canonical text.
    case text
    /// An Array or a String.
    case sequence
    case string
    case array
    /// A Record. Nothing relies on that having been checked.
    case record
  }

  /// What is known of a register after it is written.
  public enum Product: Sendable {
    /// A value, of any kind.
    case value
    case integer
    case string
    case array
    case cell
    /// What is known of the register that b names.
    case copy
    /// What the constant is.
    case constant
    /// What was captured: a value or a cell.
    case capture
    /// The closure that is running, so there must be one.
    case callee
  }

  /// A row of registers that an instruction reads.
  public enum Row: Sendable {
    case none
    /// c registers from b on, of this kind.
    case counted(Element)
    /// From c on as many as function b captures: values and cells.
    case captures
    /// From b on a value for each field of the layout in constant c.
    case fields
    /// From b on a register for each part of an Array literal: a value, or a sequence to spread.
    case elements
    /// From b on the registers of each part of a Record literal: a String and a value, or a value to spread.
    case members

    /// What a row of c registers holds.
    public enum Element: Sendable {
      case value
      case text
      case string
    }
  }

  /// Where control goes after an instruction.
  public enum Flow: Sendable {
    /// To the next instruction, or where the jump leads if the instruction has one.
    case next
    /// Never to the next instruction: the run ends, or a jump is always taken.
    case ends
    /// Back to the caller. The call's RETURN must have been paid.
    case leaves
    /// To the callee, and from it to the next instruction.
    case calls(Callee, Arguments)
    /// To the callee in the place of the running frame. If it is none of the program's functions, the next instruction
    /// comes after it.
    case tailCalls(Callee, Arguments)
    /// To the next instruction, which has its callee and its receiver from here.
    case preparesCall
    /// The instruction stands outside of all functions, for the host and for built-ins to return to.
    case outside
  }

  /// What is called.
  public enum Callee: Sendable {
    /// The function that c names.
    case function
    /// The value below the frame's header.
    case value
    /// What `prepareMethod` left there.
    case method
    /// The function of the library that c names.
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

  /// How an instruction is paid for.
  public enum Charging: Sendable {
    /// What it does is free, or instructions before it have paid for it.
    case free
    /// By the charge field alone, which has at least this row.
    case fixed(GasRow)
    /// The field has at least this row; the sum of two Strings costs STR_CONCAT and bulk instead.
    case sum(GasRow)
    /// The field has at least this row; comparing the first two registers that are read may cost bulk besides.
    case comparison(GasRow)
    /// The field has at least this row; an index into b may cost another one, and bulk.
    case index(GasRow)
    /// The field has at least this row; a computed key of b costs bulk besides.
    case computedKey(GasRow)
    /// The field has at least this row; what is called may charge besides.
    case call(GasRow)
    /// It charges its rows and bulk itself, while it works.
    case itself

    /// The row that the charge field pays for at least; nil if it may be empty.
    var row: GasRow? {
      switch self {
      case .free, .itself: nil
      case .fixed(let row), .sum(let row), .comparison(let row), .index(let row), .computedKey(let row), .call(let row):
        row
      }
    }

    /// Whether the instruction may charge more than its field holds.
    var chargesItself: Bool {
      switch self {
      case .free, .fixed: false
      case .sum, .comparison, .index, .computedKey, .call, .itself: true
      }
    }
  }
}

extension Opcode.Behavior {
  /// Whether the next instruction is only reached by a jump. A tail call of something that may be a built-in goes on.
  public var endsBlock: Bool {
    switch flow {
    case .ends, .leaves, .tailCalls(.function, _), .outside: true
    case .next, .preparesCall, .calls, .tailCalls(.value, _), .tailCalls(.method, _), .tailCalls(.builtin, _),
      .tailCalls(.effect, _):
      false
    }
  }

  /// Whether control goes to a callee, which may come back to the next instruction.
  var calls: Bool {
    switch flow {
    case .calls, .tailCalls: true
    case .next, .ends, .leaves, .preparesCall, .outside: false
    }
  }

  /// Whether the operand that says how far to jump has 16 bits, and lies in c.
  public var jumpsNear: Bool {
    if case .jump = c { true } else { false }
  }
}

extension Opcode.Behavior {
  /// Instructions that the instruction skips when it jumps, counted from the next one; nil if it never does.
  @inline(__always)
  func jumpDistance(of i: Instruction) -> Int? {
    if case .wideJump = b { return i.wide }
    return jumpsNear ? i.c : nil
  }

  /// Units that the instruction charges before it does anything.
  func units(of i: Instruction) -> Int {
    if case .units = b { return i.wide &+ i.charge }
    return i.charge
  }
}

/// A part of an Array or Record literal that is built from registers, as the literal's constant lists it.
public enum LiteralPiece: Int64 {
  /// An element, or a key with its value.
  case single = 0
  /// A value that is spread.
  case spread = 1
  /// A Record of fields that the literal itself writes out.
  case written = 2

  /// The word that stands for the part in the list.
  @inline(__always)
  var word: Value { Value(small: Int(rawValue)) }

  /// Nil for a constant that lists something else, which only a damaged image has.
  init?(_ value: Value) {
    guard value.isInlineInteger else { return nil }
    self.init(rawValue: value.inlineInteger)
  }

  /// Registers that the part takes in a row; nil if such a row has no such part.
  func registers(in row: Opcode.Row) -> Int? {
    switch (row, self) {
    case (.elements, .single), (.elements, .spread), (.members, .spread), (.members, .written): 1
    case (.members, .single): 2
    case (.elements, .written), (.none, _), (.counted, _), (.captures, _), (.fields, _): nil
    }
  }
}
