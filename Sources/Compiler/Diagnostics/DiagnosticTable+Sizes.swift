extension DiagnosticDefinition {
  /// MQ60xx: limits of the image format. They keep operands in fixed-width instructions.
  static let sizes: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .literalTooLarge, "MQ6001", "this literal has too many parts that are spread or computed",
      reason: "A literal may have 64 spreads, computed keys and runs of other parts between them.",
      hint: "Build it from several literals, or with `map`, `concat` or `Object.fromEntries`.",
      bad: "[...a, ...a, and so on, 65 times]", good: "const a = [1]; [...a, ...a]"),
    DiagnosticDefinition(
      .tooManyArguments, "MQ6002", "a call or a function has more than 200 arguments or parameters",
      reason: "Arguments are passed in registers, of which there are only so many.",
      hint: "Pass an array or a record.",
      bad: "f(1, 2, and so on, up to 201)", good: "const f = (xs) => xs.length; f([1, 2, 3])"),
    DiagnosticDefinition(
      .functionTooLarge, "MQ6003", "this function is too large",
      reason:
        "A function may have 1,000 names, 1,000 values alive at once, and jumps over 65,535 instructions.",
      hint: "Move parts of it into functions of their own.",
      bad: "a function of 1,001 names", good: "const f = () => 1; f()"),
    DiagnosticDefinition(
      .programTooLarge, "MQ6004", "the program has more than 65,000 functions or constants",
      reason: "Instructions name functions and constants by numbers of 16 bits.",
      hint: "Move data out of the program, into the request or a database.",
      bad: "a program of 65,001 functions", good: "1"),
    DiagnosticDefinition(
      .namesCollide, "MQ6005", "the hashes of too many names and texts of this program collide",
      reason: "Keys that arrive are sought among them in 32 steps at most, so that no program can make that slow.",
      hint: "Choose other names. Only names that were chosen to collide come near to that.",
      bad: "40 names whose FNV-1a hashes end in the same bits", good: "const {a, b} = {a: 1, b: 2}; a + b"),
  ]
}
