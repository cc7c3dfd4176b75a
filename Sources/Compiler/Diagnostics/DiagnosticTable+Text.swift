extension DiagnosticDefinition {
  /// MQ10xx: the text of a file, before any grammar.
  static let text: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .fileTooLarge, "MQ1001", "the file has more than 4,194,304 bytes",
      reason: "A limit on the size of a file keeps the time and memory of a build bounded.",
      hint: "Split the program into several files, and pass large data in the request.",
      bad: "\"a file of five million characters\"", good: "\"a shorter file\""),
    DiagnosticDefinition(
      .invalidUTF8, "MQ1002", "the file is not valid UTF-8",
      reason: "Source text is UTF-8; any guess at another encoding could change the meaning of the program.",
      hint: "Save the file as UTF-8.",
      bad: "\"caf\u{FFFD}\" // saved as Latin-1", good: "\"caf\u{E9}\" // saved as UTF-8"),
    DiagnosticDefinition(
      .unexpectedCharacter, "MQ1003", "unexpected character {0}",
      reason: "No token of JavaScript begins with this character.",
      hint: "Remove it. Inside a string or a comment it is allowed.",
      bad: "1 + 2 \\ 3", good: "1 + 2"),
    DiagnosticDefinition(
      .nonASCIIName, "MQ1004", "a name may only have the characters A-Z, a-z, 0-9, `_` and `$`",
      reason: "Names that look the same can differ in their characters, which hides code from its reader.",
      hint: "Use an ASCII name. A field with another name is written as a string: `record[\"name\"]`.",
      bad: "const gr\u{F6}\u{DF}e = 1; 2",
      good: "const size = {\"gr\u{F6}\u{DF}e\": 1}; size[\"gr\u{F6}\u{DF}e\"]"),
    DiagnosticDefinition(
      .unterminatedString, "MQ1005", "this string does not end on its line",
      reason: "A string in quotes ends on the line on which it begins.",
      hint: "Add the closing quote, or write a template literal with backquotes for text of several lines.",
      bad: "\"hello", good: "\"hello\""),
    DiagnosticDefinition(
      .unterminatedTemplate, "MQ1006", "this template literal never ends",
      reason: "Everything up to the next backquote belongs to the template, here up to the end of the file.",
      hint: "Add the closing backquote.",
      bad: "`hello", good: "`hello`"),
    DiagnosticDefinition(
      .unterminatedComment, "MQ1007", "this comment never ends",
      reason: "Everything up to the next `*/` belongs to the comment, here up to the end of the file.",
      hint: "Add `*/`.",
      bad: "1 /* one", good: "1 /* one */"),
    DiagnosticDefinition(
      .invalidEscape, "MQ1008", "this escape is not valid",
      reason:
        "`\\x` takes two hexadecimal digits, `\\u` four, or up to 10FFFF in braces. In a name only `\\u` may stand.",
      hint: "Complete the escape, or write `\\\\` for a backslash.",
      bad: "\"\\xZ1\"", good: "\"\\x41\""),
    DiagnosticDefinition(
      .legacyOctalEscape, "MQ1009", "octal escapes are not part of strict JavaScript",
      reason:
        "`\\1` to `\\9`, and `\\0` before a digit, are left over from old scripts; ECMAScript forbids them in modules.",
      hint: "Write `\\x` and two hexadecimal digits.",
      bad: "\"\\101\"", good: "\"\\x41\""),
    DiagnosticDefinition(
      .loneSurrogate, "MQ1010", "this escape is half of a surrogate pair",
      reason: "Strings are Unicode text. Half of a pair is no character and has no UTF-8 form.",
      hint: "Write both halves one after the other, or the whole character as `\\u{...}`.",
      bad: "\"\\uD83D\"", good: "\"\\u{1F600}\""),
    DiagnosticDefinition(
      .fractionalLiteral, "MQ1011", "`{0}` has a fraction or an exponent, but numbers are integers",
      reason: "There is no floating point: `0.1 + 0.2` must not differ from `0.3` anywhere.",
      hint: "Write Decimal(\"{1}\").",
      bad: "1.5", good: "Decimal(\"1.5\")"),
    DiagnosticDefinition(
      .bigIntLiteral, "MQ1012", "the suffix `n` is not needed",
      reason: "Every integer is a checked 64-bit integer already; there is no second kind.",
      hint: "Leave out the `n`.",
      bad: "10n", good: "10"),
    DiagnosticDefinition(
      .integerOutOfRange, "MQ1013", "this integer does not fit 64 bits",
      reason: "Integers go from -9223372036854775808 to 9223372036854775807, and are never rounded.",
      hint: "Use a Decimal, which has 34 digits, or a string.",
      bad: "9223372036854775808", good: "9223372036854775807"),
    DiagnosticDefinition(
      .legacyOctalLiteral, "MQ1014", "a decimal integer does not begin with `0`",
      reason: "Old scripts read `017` as fifteen; ECMAScript forbids it in modules.",
      hint: "Leave out the zero, or write `0o` before octal digits.",
      bad: "017", good: "0o17"),
    DiagnosticDefinition(
      .misplacedSeparator, "MQ1015", "`_` may only stand between two digits of a number",
      reason: "ECMAScript allows one separator at a time, never first or last.",
      hint: "Remove it.",
      bad: "1__000", good: "1_000"),
    DiagnosticDefinition(
      .malformedNumber, "MQ1016", "`{0}` is not a number",
      reason: "A number ends before the next letter or digit, and its digits must suit its prefix `0x`, `0o` or `0b`.",
      hint: "Separate the number from what follows, or correct its digits.",
      bad: "0b102", good: "0b101"),
    DiagnosticDefinition(
      .regularExpression, "MQ1017", "regular expressions are not part of the language",
      reason: "The time of a match can grow exponentially with the text, so it can't be priced.",
      hint: "Use `includes`, `startsWith`, `indexOf`, `split` or `replaceAll` with plain strings.",
      bad: "/a+/", good: "\"banana\".includes(\"a\")"),
    DiagnosticDefinition(
      .escapedKeyword, "MQ1018", "the keyword `{0}` is written with an escape",
      reason: "An escape must not hide a keyword; ECMAScript forbids it.",
      hint: "Write the keyword plainly, or choose another name.",
      bad: "tru\\u0065", good: "true"),
    DiagnosticDefinition(
      .privateName, "MQ1019", "private names are not part of the language",
      reason: "`#name` belongs to classes, and there are none.",
      hint: "Keep private data in a `const` that is not exported.",
      bad: "#secret", good: "const secret = 1; secret"),
  ]
}
