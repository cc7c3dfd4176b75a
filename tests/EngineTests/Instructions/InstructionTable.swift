import Engine

/// `docs/instructions.md`, generated from the table of opcodes.
enum InstructionTable {
  static func page() -> String {
    """
    # Instructions

    *For auditors and contributors.* This page lists the instructions of the machine. New here? Read the
    [guide](guide.md) first; [all pages](README.md).

    `make docs` generates this page from the table of opcodes in the source. The [snapshot format](snapshot-format.md)
    says how an instruction is encoded. Operands a, b and c have 16 bits; *wide* operands take b and c together.
    `mqjs disasm` lists the instructions of a program.

    An operand:

    | operand | is |
    |---|---|
    | reads, writes, updates | a register that is read, is written, or both; brackets say what must be known of it before, or is known afterwards |
    | checks | a register that is read; afterwards it is known to be of that kind |
    | base | the first of a row of registers |
    | frame | the first argument of a call; the header of the callee's frame lies below |
    | key, method, effect, layout, elements, members | an index into the constants, and what the constant is |
    | wide constant | the same with 32 bits; any value |
    | integer, wide integer, units | a number |
    | immediate | the low half of the word of true, false or undefined |
    | global | a global slot |
    | capture, cell | a capture of the running function |
    | closure, function, builtin, count | an index, or a number of registers or elements |
    | rest | the register of the rest parameter |
    | stack words | the abstract stack words of the function that contains the instruction |
    | jump, wide jump | instructions to skip, counted from the next one: code only jumps forward |

    *Also reads*: registers that no operand names, such as a call's callee and arguments. *Control*: where control goes.
    *Pays*: the row of the [gas schedule](gas-table.md) that the charge field covers at least; + where the instruction may
    charge more while it works. *Moves*: × where it may reserve memory, so that a collection may move objects.

    | opcode | name | a | b | c | also reads | control | pays | moves | meaning |
    |---|---|---|---|---|---|---|---|---|---|
    \(rows)

    """
  }

  private static var rows: String {
    Opcode.allCases.map { opcode in
      let row = opcode.definition
      let does = row.behavior
      let columns = [
        describe(does.a), describe(does.b), describe(does.c), describe(does.row, does.flow), describe(does.flow),
        describe(does.charging), does.collects ? "×" : "", "\(row.meaning)".replacing("|", with: "\\|"),
      ]
      return "| \(opcode.rawValue) | `\(row.name)` | \(columns.joined(separator: " | ")) |"
    }.joined(separator: "\n")
  }

  private static func describe(_ operand: Opcode.Operand) -> String {
    switch operand {
    case .none: ""
    case .source(.value): "reads"
    case .source(.cell): "reads (cell)"
    case .source(.valueOrCell): "reads (value or cell)"
    case .checked(let kind): "checks (\(kind))"
    case .target(.value): "writes"
    case .target(let product): "writes (\(product))"
    case .updated: "updates"
    case .base: "base"
    case .frame: "frame"
    case .key: "key"
    case .method: "method"
    case .effect: "effect"
    case .layout: "layout"
    case .elements: "elements"
    case .members: "members"
    case .wideConstant: "wide constant"
    case .integer: "integer"
    case .wideInteger: "wide integer"
    case .units: "units"
    case .immediate: "immediate"
    case .global: "global"
    case .capture: "capture"
    case .cellCapture: "cell"
    case .closure: "closure"
    case .function: "function"
    case .builtin: "builtin"
    case .count: "count"
    case .restParameter: "rest"
    case .stackWords: "stack words"
    case .jump: "jump"
    case .wideJump: "wide jump"
    }
  }

  private static func describe(_ row: Opcode.Row, _ flow: Opcode.Flow) -> String {
    switch flow {
    case .calls(let callee, let arguments), .tailCalls(let callee, let arguments):
      return describe(callee) + describe(arguments)
    case .next, .ends, .leaves, .preparesCall, .outside: break
    }
    return switch row {
    case .none: ""
    case .counted(.value): "c values from b on"
    case .counted(.text): "c texts from b on"
    case .counted(.string): "c Strings from b on"
    case .captures: "values and cells from c on"
    case .fields, .elements, .members: "values from b on"
    }
  }

  private static func describe(_ callee: Opcode.Callee) -> String {
    switch callee {
    case .value: "a-3, "
    case .method: "a-3, a-1, "
    case .function, .builtin, .effect: ""
    }
  }

  private static func describe(_ arguments: Opcode.Arguments) -> String {
    switch arguments {
    case .declared: "the function's parameters from a on"
    case .counted: "b values from a on"
    case .spread: "a"
    }
  }

  private static func describe(_ flow: Opcode.Flow) -> String {
    switch flow {
    case .next: "next"
    case .ends: "not to the next"
    case .leaves: "returns"
    case .calls(let callee, _): "calls \(callee)"
    case .tailCalls(let callee, _): "tail-calls \(callee)"
    case .preparesCall: "next"
    case .outside: ""
    }
  }

  private static func describe(_ charging: Opcode.Charging) -> String {
    switch charging {
    case .free: ""
    case .fixed(let row): "\(row.definition.name)"
    case .sum(let row), .comparison(let row), .index(let row), .computedKey(let row), .namedKey(let row),
      .call(let row):
      "\(row.definition.name) +"
    case .itself: "+"
    }
  }
}
