extension DiagnosticDefinition {
  /// MQ60xx: limits of the image format. They keep operands in fixed-width instructions.
  static let sizes: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .literalTooLarge, "MQ6001", "this literal has too many spreads or computed keys",
      reason: "A literal can have at most 64 pieces: spreads, computed keys, and runs of other parts between them.",
      hint: "Build it from several literals, or with `map`, `concat` or `Object.fromEntries`.",
      bad: "[...a, ...a, and so on, 65 times]", good: "const a = [1]; [...a, ...a]"),
    DiagnosticDefinition(
      .tooManyArguments, "MQ6002", "a call or a function has more than 200 arguments or parameters",
      reason: "Arguments are passed in registers, and the number of registers is limited.",
      hint: "Pass an array or a record.",
      bad: "f(1, 2, and so on, up to 201)", good: "const f = (xs) => xs.length; f([1, 2, 3])"),
    DiagnosticDefinition(
      .functionTooLarge, "MQ6003", "this function is too large",
      reason: "A function can have 1,000 names, 1,000 values in use at once, and jumps over 65,535 instructions.",
      hint: "Move parts of it into separate functions.",
      bad: "a function with 1,001 names", good: "const f = () => 1; f()"),
    DiagnosticDefinition(
      .programTooLarge, "MQ6004", "the program has more than 65,000 functions or constants",
      reason: "Instructions refer to functions and constants by 16-bit numbers.",
      hint: "Move data out of the program, into the request or a database.",
      bad: "a program with 65,001 functions", good: "1"),
    DiagnosticDefinition(
      .namesCollide, "MQ6005", "the hashes of too many names and strings in this program collide",
      reason: "Looking up a key takes at most 32 steps, so that no program can make it slow.",
      hint: "Choose other names. In practice, only names that were chosen to collide come near this limit.",
      bad: "40 names whose FNV-1a hashes end in the same bits", good: "const {a, b} = {a: 1, b: 2}; a + b"),
  ]
}
