import Engine

/// `docs/instructions.md`, made from the table of opcodes.
enum InstructionTable {
  static func page() -> String {
    """
    # Instructions

    Made from the table of opcodes in the source by `make docs`; [snapshot-format.md](snapshot-format.md) says how an
    instruction is encoded. Operands a, b and c have 16 bits; *wide* ones take b and c together. `mqjs disasm` lists a program.

    | operand | is |
    |---|---|
    | source, target | a register that is read, written |
    | base | the first of a row of registers |
    | constant, wide constant | an index into the constants |
    | integer, wide integer | a signed number |
    | immediate | the low half of the word of true, false or undefined |
    | global | a global slot |
    | capture, function, builtin, count | an index, or a number of registers |
    | stack words | the abstract stack words of the function that the instruction stands in |
    | jump, wide jump | instructions to skip, counted from the next one: code jumps forward only |

    | opcode | name | a | b | c | meaning |
    |---|---|---|---|---|---|
    \(rows)

    """
  }

  private static var rows: String {
    Opcode.allCases.map { opcode in
      let row = opcode.definition
      let operands = [row.a, row.b, row.c].map(describe).joined(separator: " | ")
      let meaning = "\(row.meaning)".replacing("|", with: "\\|")
      return "| \(opcode.rawValue) | `\(row.name)` | \(operands) | \(meaning) |"
    }.joined(separator: "\n")
  }

  private static func describe(_ operand: Opcode.Operand) -> String {
    switch operand {
    case .none: ""
    case .source: "source"
    case .target: "target"
    case .base: "base"
    case .constant: "constant"
    case .wideConstant: "wide constant"
    case .integer: "integer"
    case .wideInteger: "wide integer"
    case .immediate: "immediate"
    case .global: "global"
    case .capture: "capture"
    case .function: "function"
    case .builtin: "builtin"
    case .count: "count"
    case .stackWords: "stack words"
    case .jump: "jump"
    case .wideJump: "wide jump"
    }
  }
}
