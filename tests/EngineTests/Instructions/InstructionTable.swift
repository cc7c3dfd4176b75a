import Engine

/// `docs/instructions.md`, made from the table of opcodes.
enum InstructionTable {
  static func page() -> String {
    """
    # Instructions

    *For auditors and contributors.* This page lists the instructions of the machine. New here? Read the
    [guide](guide.md) first; [all pages](README.md).

    `make docs` generates this page from the table of opcodes in the source. The [snapshot format](snapshot-format.md)
    says how an instruction is encoded. Operands a, b and c have 16 bits; *wide* operands take b and c together.
    `mqjs disasm` lists the instructions of a program.

    | operand | is |
    |---|---|
    | source, target | a register that is read; a register that is written |
    | base | the first of a row of registers |
    | constant, wide constant | an index into the constants |
    | integer, wide integer | a signed number |
    | immediate | the low half of the word of true, false or undefined |
    | global | a global slot |
    | capture, function, builtin, count | an index, or a number of registers |
    | stack words | the abstract stack words of the function that contains the instruction |
    | jump, wide jump | instructions to skip, counted from the next one: code only jumps forward |

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
