extension DiagnosticDefinition {
  /// MQ10xx: the text of a file, before any grammar.
  static let text: [DiagnosticDefinition] = [
    DiagnosticDefinition(
      .fileTooLarge, "MQ1001", "the file is larger than 4,194,304 bytes",
      reason: "The size limit bounds the time and memory of a build.",
      hint: "Split the program into several files, and pass large data in the request.",
      bad: "\"a file of five million characters\"", good: "\"a shorter file\""),
    DiagnosticDefinition(
      .invalidUTF8, "MQ1002", "the file is not valid UTF-8",
      reason: "Source text must be UTF-8. Guessing another encoding could change the meaning of the program.",
      hint: "Save the file as UTF-8.",
      bad: "\"caf\u{FFFD}\" // saved as Latin-1", good: "\"caf\u{E9}\" // saved as UTF-8"),
    DiagnosticDefinition(
      .unexpectedCharacter, "MQ1003", "unexpected character {0}",
      reason: "No token of JavaScript begins with this character.",
      hint: "Remove it. It is allowed only in a string or a comment.",
      bad: "1 + 2 \\ 3", good: "1 + 2"),
    DiagnosticDefinition(
      .nonASCIIName, "MQ1004", "a name may contain only the characters A-Z, a-z, 0-9, `_` and `$`",
      reason: "Names can look the same and still differ in their characters, which hides code from its reader.",
      hint: "Use an ASCII name. Write a field with another name as a string: `record[\"name\"]`.",
      bad: "const gr\u{F6}\u{DF}e = 1; 2",
      good: "const size = {\"gr\u{F6}\u{DF}e\": 1}; size[\"gr\u{F6}\u{DF}e\"]"),
    DiagnosticDefinition(
      .unterminatedString, "MQ1005", "this string is not closed on its line",
      reason: "A quoted string must end on the line where it begins.",
      hint: "Add the closing quote. For text of several lines, use a template literal with backquotes.",
      bad: "\"hello", good: "\"hello\""),
    DiagnosticDefinition(
      .unterminatedTemplate, "MQ1006", "this template literal is never closed",
      reason: "Everything up to the next backquote belongs to the template. Here, that is the rest of the file.",
      hint: "Add the closing backquote.",
      bad: "`hello", good: "`hello`"),
    DiagnosticDefinition(
      .unterminatedComment, "MQ1007", "this comment is never closed",
      reason: "Everything up to the next `*/` belongs to the comment. Here, that is the rest of the file.",
      hint: "Add `*/`.",
      bad: "1 /* one", good: "1 /* one */"),
    DiagnosticDefinition(
      .invalidEscape, "MQ1008", "this escape sequence is invalid",
      reason:
        "`\\x` takes two hexadecimal digits; `\\u` takes four, or up to 10FFFF in braces. A name allows only `\\u`.",
      hint: "Complete the escape, or write `\\\\` for a backslash.",
      bad: "\"\\xZ1\"", good: "\"\\x41\""),
    DiagnosticDefinition(
      .legacyOctalEscape, "MQ1009", "octal escapes are not part of strict JavaScript",
      reason: "`\\1` to `\\9`, and `\\0` before a digit, come from old scripts. ECMAScript forbids them in modules.",
      hint: "Write `\\x` and two hexadecimal digits.",
      bad: "\"\\101\"", good: "\"\\x41\""),
    DiagnosticDefinition(
      .loneSurrogate, "MQ1010", "this escape is half of a surrogate pair",
      reason: "Strings are Unicode text. Half of a pair is not a character and has no UTF-8 form.",
      hint: "Write both halves next to each other, or the whole character as `\\u{...}`.",
      bad: "\"\\uD83D\"", good: "\"\\u{1F600}\""),
    DiagnosticDefinition(
      .fractionalLiteral, "MQ1011", "`{0}` has a fraction or an exponent, but numbers are integers",
      reason: "There is no floating point, in which `0.1 + 0.2` is not `0.3`. Decimals are exact.",
      hint: "Write Decimal(\"{1}\").",
      bad: "1.5", good: "Decimal(\"1.5\")"),
    DiagnosticDefinition(
      .bigIntLiteral, "MQ1012", "the suffix `n` is not needed",
      reason: "Every integer is already a checked 64-bit integer. There is no other kind of integer.",
      hint: "Remove the `n`.",
      bad: "10n", good: "10"),
    DiagnosticDefinition(
      .integerOutOfRange, "MQ1013", "this integer does not fit in 64 bits",
      reason: "Integers range from -9223372036854775808 to 9223372036854775807, and are never rounded.",
      hint: "Use a Decimal, which holds up to 34 digits, or a string.",
      bad: "9223372036854775808", good: "9223372036854775807"),
    DiagnosticDefinition(
      .legacyOctalLiteral, "MQ1014", "a decimal integer can't begin with `0`",
      reason: "Old scripts read `017` as fifteen. ECMAScript forbids it in modules.",
      hint: "Remove the zero, or write `0o` before octal digits.",
      bad: "017", good: "0o17"),
    DiagnosticDefinition(
      .misplacedSeparator, "MQ1015", "`_` is allowed only between two digits of a number",
      reason: "ECMAScript allows one separator at a time, and never at the beginning or the end.",
      hint: "Remove it.",
      bad: "1__000", good: "1_000"),
    DiagnosticDefinition(
      .malformedNumber, "MQ1016", "`{0}` is not a number",
      reason:
        "A number can't be followed directly by a letter or digit. Its digits must fit its prefix `0x`, `0o` or `0b`.",
      hint: "Separate the number from what follows, or correct its digits.",
      bad: "0b102", good: "0b101"),
    DiagnosticDefinition(
      .regularExpression, "MQ1017", "regular expressions are not part of the language",
      reason: "The time for a match can grow exponentially with the text, so it can't have a price in gas.",
      hint: "Use `includes`, `startsWith`, `indexOf`, `split` or `replaceAll` with plain strings.",
      bad: "/a+/", good: "\"banana\".includes(\"a\")"),
    DiagnosticDefinition(
      .escapedKeyword, "MQ1018", "the keyword `{0}` is written with an escape",
      reason: "An escape must not hide a keyword; ECMAScript forbids it.",
      hint: "Write the keyword without an escape, or choose another name.",
      bad: "tru\\u0065", good: "true"),
    DiagnosticDefinition(
      .privateName, "MQ1019", "private names are not part of the language",
      reason: "`#name` belongs to classes, and there are no classes.",
      hint: "Keep private data in a `const` that is not exported.",
      bad: "#secret", good: "const secret = 1; secret"),
  ]
}
