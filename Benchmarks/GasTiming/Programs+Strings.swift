extension AdversaryProgram {
  private static let long = "const s = 'abcdefghij'.repeat(10000);"
  private static let wide = "const s = 'äöüßéèêëàç'.repeat(5000);"

  /// Strings: building, indexing, searching, case.
  static let strings = [
    AdversaryProgram("concatenation", "s + s", setup: "const s = 'abcdefgh';"),
    AdversaryProgram("concatenation of 128 bytes", "s + s", setup: "const s = 'abcdefgh'.repeat(8);"),
    AdversaryProgram("concatenation of long strings", "s + s", setup: long),
    AdversaryProgram("string doubling", source: "const f = (s) => s.length > 4000000 ? f('x') : f(s + s);\nf('x')"),
    AdversaryProgram(
      "string growing by a character", source: "const f = (s) => s.length > 4000 ? f('') : f(s + 'x');\nf('')"),
    AdversaryProgram("template of integers", "`${x}${x}${x}${x}`", setup: "const x = -4611686018427387904;"),
    AdversaryProgram("template of boxed integers", "`${x}`", setup: "const x = -9223372036854775807;"),
    AdversaryProgram(
      "template of decimals", "`${x}${x}${x}${x}`",
      setup: "const x = "
        + "Decimal('-1234567890123456.789012345678901234');"),
    AdversaryProgram("template of one string", "`${s}`", setup: "const s = 'x';"),
    AdversaryProgram("String of an integer", "String(x)", setup: "const x = -4611686018427387904;"),
    AdversaryProgram("repeat", "'ab'.repeat(32)"),
    AdversaryProgram("repeat, long", "'ab'.repeat(100000)"),
    AdversaryProgram("padStart", "s.padStart(64, 'xyz')", setup: "const s = 'x';"),
    AdversaryProgram("padStart, nothing to do", "s.padStart(1)", setup: "const s = 'x';"),
    AdversaryProgram(
      "padStart, long filler cut", "s.padStart(50000, t)", setup: "const s = 'x';\nconst t = 'ä'.repeat(49990);"),
    AdversaryProgram(
      "padStart, one more than a long filler", "s.padStart(30002, t)",
      setup: "const s = 'x'.repeat(30000);\nconst t = 'ä'.repeat(100000);"),
    AdversaryProgram("fromCodePoint", "String.fromCodePoint(955, 956, 957, 958, 959, 960, 961, 962)"),
    AdversaryProgram(
      "fromCodePoint of 1000", "String.fromCodePoint(...xs)", setup: "const xs = Array.from({length: 1000}, () => 955);"
    ),
    AdversaryProgram(
      "fromCodePoint of 1000 ASCII", "String.fromCodePoint(...xs)",
      setup: "const xs = Array.from({length: 1000}, () => 65);"),
    AdversaryProgram(
      "concat of 1000 empty strings", "s.concat(...xs)",
      setup: "const s = 'a';\nconst xs = Array.from({length: 1000}, () => '');"),
    AdversaryProgram("comparison", "s < t", setup: "const s = 'abcdefgh'.repeat(8);\nconst t = 'abcdefgh'.repeat(8);"),
    AdversaryProgram(
      "comparison of long strings", "s < t",
      setup: "const s = 'abcdefgh'.repeat(10000);\nconst t = 'abcdefgh'.repeat(10000);"),
    AdversaryProgram(
      "equality of long strings", "s === t",
      setup: "const s = 'abcdefgh'.repeat(10000);\nconst t = 'abcdefgh'.repeat(10000);"),
    AdversaryProgram("index into ASCII", "s[99]", setup: long),
    AdversaryProgram("index into wide text", "s[49999]", setup: wide),
    AdversaryProgram("index into short wide text", "s[30]", setup: "const s = 'ä'.repeat(31);"),
    AdversaryProgram("at of wide text", "s.at(-1)", setup: wide),
    AdversaryProgram("at of short wide text", "s.at(-1)", setup: "const s = 'ä'.repeat(32);"),
    AdversaryProgram("codePointAt in wide text", "s.codePointAt(49999)", setup: wide),
    AdversaryProgram("slice of wide text", "s.slice(49990, 50000)", setup: wide),
    AdversaryProgram("slice of 64 bytes", "s.slice(1, 65)", setup: long),
    AdversaryProgram("slice of 64 bytes of wide text", "s.slice(1, 31)", setup: "const s = 'ä'.repeat(64);"),
    AdversaryProgram("slice to the end of wide text", "s.slice(0, 49999)", setup: wide),
    AdversaryProgram("empty slice", "s.slice(1, 1)", setup: long),
    AdversaryProgram("trim of spaces", "s.trim()", setup: "const s = ' '.repeat(100000);"),
    AdversaryProgram("trim of wide spaces", "s.trim()", setup: "const s = '\\u2003'.repeat(100000);"),
    AdversaryProgram("trimEnd of wide spaces", "s.trimEnd()", setup: "const s = '\\u2003'.repeat(100000);"),
    AdversaryProgram("trim of 60 spaces", "s.trim()", setup: "const s = ' '.repeat(60);"),
    AdversaryProgram("trim of a space before wide text", "s.trim()", setup: "const s = ' ' + 'ä'.repeat(50000);"),
    AdversaryProgram("indexOf, not there", "s.indexOf('jihg')", setup: long),
    AdversaryProgram("indexOf, short", "s.indexOf('jihg')", setup: "const s = 'abcdefghij'.repeat(6);"),
    AdversaryProgram("indexOf in wide text", "s.indexOf('x')", setup: wide),
    AdversaryProgram("indexOf from the end of wide text", "s.indexOf('ç', 49999)", setup: wide),
    AdversaryProgram(
      "indexOf, needle of one repeated byte", "s.indexOf(t)",
      setup: "const s = 'a'.repeat(100000);\nconst t = 'a'.repeat(50000) + 'b';"),
    AdversaryProgram(
      "indexOf, needle as long as the text", "s.indexOf(t)",
      setup: "const s = 'a'.repeat(100000);\nconst t = 'a'.repeat(99999) + 'b';"),
    AdversaryProgram(
      "indexOf, needle begins otherwise", "s.indexOf(t)",
      setup: "const s = 'a'.repeat(100000);\nconst t = 'b' + 'a'.repeat(50000);"),
    AdversaryProgram(
      "indexOf, periodic needle", "s.indexOf(t)",
      setup: "const s = 'ab'.repeat(50000);\nconst t = 'ab'.repeat(10000) + 'aa';"),
    AdversaryProgram("indexOf, short periodic needle", "s.indexOf('aab')", setup: "const s = 'a'.repeat(100000);"),
    AdversaryProgram("indexOf, needle baaa", "s.indexOf('baaa')", setup: "const s = 'caaa'.repeat(25000);"),
    AdversaryProgram(
      "indexOf, Fibonacci words", "s.indexOf(t)",
      setup: """
        const fib = (n, a, b) => n === 0 ? a : fib(n - 1, b, b + a);
        const s = fib(24, 'a', 'ab');
        const t = fib(18, 'a', 'ab') + 'bb';
        """),
    AdversaryProgram("indexOf, rare candidates", "s.indexOf('xyzab')", setup: "const s = 'xyzaxyza'.repeat(12500);"),
    AdversaryProgram("lastIndexOf of many", "s.lastIndexOf('a')", setup: "const s = 'a'.repeat(100000);"),
    AdversaryProgram("lastIndexOf of overlapping", "s.lastIndexOf('aa')", setup: "const s = 'a'.repeat(100000);"),
    AdversaryProgram(
      "lastIndexOf of overlapping, long", "s.lastIndexOf(t)",
      setup: "const s = 'a'.repeat(100000);\nconst t = 'a'.repeat(50000);"),
    AdversaryProgram("includes, 64 bytes", "s.includes('hgfedcb')", setup: "const s = 'abcdefgh'.repeat(8);"),
    AdversaryProgram("startsWith", "s.startsWith(s)", setup: long),
    AdversaryProgram("endsWith in wide text", "s.endsWith('x', 49999)", setup: wide),
    AdversaryProgram("split into many", "s.split(',')", setup: "const s = 'a,'.repeat(10000);"),
    AdversaryProgram("split into many, two bytes", "s.split(',')", setup: "const s = 'ab,'.repeat(10000);"),
    AdversaryProgram("split into many, wide", "s.split(',')", setup: "const s = 'ä,'.repeat(10000);"),
    AdversaryProgram("split into long parts", "s.split(',')", setup: "const s = ('a'.repeat(63) + ',').repeat(1000);"),
    AdversaryProgram("split into code units", "s.split('')", setup: long),
    AdversaryProgram("split into wide code units", "s.split('')", setup: wide),
    AdversaryProgram("split with limit 1", "s.split(',', 1)", setup: "const s = 'ä'.repeat(30) + ',';"),
    AdversaryProgram("spread of wide text", "[...s]", setup: wide),
    AdversaryProgram("Array.from of wide text", "Array.from(s)", setup: wide),
    AdversaryProgram("spread of a wide character", "[...s]", setup: "const s = 'ääääääää';"),
    AdversaryProgram("replace", "s.replace('j', 'x')", setup: "const s = 'abcdefghij'.repeat(6);"),
    AdversaryProgram("replace in long text", "s.replace('k', 'x')", setup: long),
    AdversaryProgram("replaceAll", "s.replaceAll('a', 'x')", setup: "const s = 'a'.repeat(100000);"),
    AdversaryProgram("replaceAll of wide", "s.replaceAll('ä', 'ö')", setup: "const s = 'ä'.repeat(50000);"),
    AdversaryProgram("replaceAll with patterns", "s.replaceAll('a', '$&$$$&')", setup: "const s = 'a'.repeat(10000);"),
    AdversaryProgram(
      "replaceAll with prefixes", "s.replaceAll('a', '$`')", setup: "const s = 'ä'.repeat(300) + 'a'.repeat(300);"),
    AdversaryProgram("replaceAll of nothing", "s.replaceAll('', '-')", setup: "const s = 'ä'.repeat(10000);"),
    AdversaryProgram(
      "replaceAll with a long template", "s.replaceAll('a', t)",
      setup: "const s = 'a'.repeat(1000);\nconst t = '$x'.repeat(30);"),
    AdversaryProgram(
      "replace, not there, long template", "s.replace('a', t)", setup: "const s = 'a';\nconst t = '$x'.repeat(50000);"),
    AdversaryProgram(
      "replaceAll with a function", "s.replaceAll('a', g)",
      setup: "const s = 'ä'.repeat(1000) + 'a'.repeat(1000);\nconst g = () => '';"),
    AdversaryProgram(
      "replaceAll of long periodic", "s.replaceAll(t, '')",
      setup: "const s = 'ab'.repeat(50000);\nconst t = 'ab'.repeat(20);"),
    AdversaryProgram("toUpperCase", "s.toUpperCase()", setup: long),
    AdversaryProgram("toUpperCase of wide text", "s.toUpperCase()", setup: wide),
    AdversaryProgram("toLowerCase of wide text", "s.toLowerCase()", setup: "const s = 'ÄÖÜẞÉÈÊËÀÇ'.repeat(5000);"),
    AdversaryProgram("toUpperCase of expanding text", "s.toUpperCase()", setup: "const s = 'ΐ'.repeat(5000);"),
    AdversaryProgram("toUpperCase of short wide text", "s.toUpperCase()", setup: "const s = 'ääää';"),
    AdversaryProgram("toLowerCase of sigmas", "s.toLowerCase()", setup: "const s = 'Σ'.repeat(50000);"),
    AdversaryProgram(
      "toLowerCase of sigmas between ignorables", "s.toLowerCase()",
      setup: "const s = 'AΣ' + '.'.repeat(20) + ('Σ' + '.'.repeat(20)).repeat(2000);"),
    AdversaryProgram(
      "toLowerCase of sigmas in ignorables", "s.toLowerCase()",
      setup: "const s = 'A' + '.'.repeat(3000) + 'Σ.'.repeat(3000);"),
    AdversaryProgram("join of integers", "xs.join('')", setup: "const xs = Array.from({length: 10000}, (x, i) => i);"),
    AdversaryProgram(
      "join of long integers", "xs.join('')",
      setup: "const xs = Array.from({length: 10000}, (x, i) => i - 4611686018427387904);"),
    AdversaryProgram("join of strings", "xs.join('')", setup: "const xs = Array.from({length: 10000}, () => 'ab');"),
    AdversaryProgram(
      "join of empty strings", "xs.join('')", setup: "const xs = Array.from({length: 10000}, () => '');"),
    AdversaryProgram(
      "join of decimals", "xs.join('')",
      setup: "const xs = Array.from({length: 10000}, () => Decimal('-1234567890123456.789012345678901234'));"),
  ]
}
