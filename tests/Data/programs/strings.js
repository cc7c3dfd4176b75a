// Strings: indices and lengths count UTF-16 code units, as ECMAScript's do; half a code point is never a value.

// == escapes
["\n\t\r\b\f\v\0", "\x41\u0042\u{43}\u{1F600}", "\'\"\\\/", 'it\'s', "a\
b", "\u00e9", "\uD83D\uDE00"]

// == template literals
const name = "world", n = 3;
[`hello ${name}`, `${n}${n}`, `${`nested ${n}`}`, `${true} ${-n}`, `line
break`, `\${escaped} \` \u0041`, ``, `$`, `$${n}`, `{${n}}`]

// == templates need text
`${[1]}`

// == templates of records
`${{ a: 1 }}`

// == concatenation
["a" + "b", "" + "", "é" + "😀", "a".concat(), "a".concat("b", "c")]

// == length counts UTF-16 code units
["".length, "abc".length, "é".length, "€".length, "😀".length, "a😀b".length, "e\u0301".length]

// == index
const s = "aé€b";
[s[0], s[1], s[2], s[3]]

// == index out of range
"abc"[3]

// == negative index
"abc"[-1]

// == an index into a pair of surrogates
"a😀b"[1]

// == an index after a pair of surrogates
["a😀b"[0], "a😀b"[3]]

// == spreading gives code points
[..."a😀é", ...""]

// == at
["abc".at(0), "abc".at(2), "abc".at(-1), "abc".at(-3)]

// == charAt
["abc".charAt(0), "abc".charAt(2), "abc".charAt(3), "abc".charAt(-1), "".charAt(0)]

// == charCodeAt and codePointAt
["a😀".charCodeAt(0), "a😀".charCodeAt(1), "a😀".charCodeAt(2), "a😀".codePointAt(0), "a😀".codePointAt(1), "a😀".codePointAt(2)]

// == slice
const s = "0123456789";
[s.slice(0), s.slice(3), s.slice(-3), s.slice(2, 5), s.slice(2, -2), s.slice(-4, -2), s.slice(5, 2), s.slice(20), s.slice(0, 99), s.slice(-99, 2)]

// == substring
const s = "0123456789";
[s.substring(0), s.substring(3), s.substring(-3), s.substring(2, 5), s.substring(5, 2), s.substring(20), s.substring(0, 99), s.substring(3, 3), s.substring(4, -1)]

// == slice around a pair
["a😀b".slice(0, 1), "a😀b".slice(1, 3), "a😀b".slice(3), "a😀b".slice(-1)]

// == slice through a pair
"a😀b".slice(0, 2)

// == slice from inside a pair
"a😀b".slice(2)

// == substring through a pair
"😀".substring(1)

// == charAt of half a pair
"😀".charAt(0)

// == indexOf
const s = "abcabc";
[s.indexOf("b"), s.indexOf("b", 2), s.indexOf("x"), s.indexOf(""), s.indexOf("", 3), s.indexOf("", 99), s.indexOf("abc", 1), s.indexOf("b", -5), s.indexOf("abcabcabc")]

// == lastIndexOf
const s = "abcabc";
[s.lastIndexOf("b"), s.lastIndexOf("b", 3), s.lastIndexOf("x"), s.lastIndexOf(""), s.lastIndexOf("", 2), s.lastIndexOf("a", 0), s.lastIndexOf("abc", -1), s.lastIndexOf("abc", 99)]

// == positions after wide characters
const s = "é€😀x😀y";
[s.indexOf("😀"), s.indexOf("x"), s.lastIndexOf("😀"), s.indexOf("y"), s.indexOf("😀", 3), s.includes("😀y"), s.length]

// == includes, startsWith, endsWith
const s = "hello";
[s.includes("ell"), s.includes("ell", 2), s.includes(""), s.startsWith("he"), s.startsWith("l", 2), s.startsWith(""), s.startsWith("hello!"), s.endsWith("lo"), s.endsWith("l", 4), s.endsWith("", 0), s.endsWith("hello"), s.endsWith("he", 2)]

// == padStart and padEnd
["5".padStart(3, "0"), "5".padEnd(3, "0"), "5".padStart(3), "5".padStart(0, "x"), "12345".padStart(3, "x"), "a".padStart(7, "xyz"), "a".padEnd(7, "xyz"), "a".padStart(5, ""), "a".padEnd(3, "é")]

// == padding with half a pair
"a".padEnd(2, "😀")

// == padding with whole pairs
["a".padEnd(3, "😀"), "a".padStart(5, "😀")]

// == repeat
["ab".repeat(0), "ab".repeat(1), "ab".repeat(3), "".repeat(1000), "😀".repeat(2)]

// == split
["a,b,c".split(","), "abc".split(""), "".split(","), "".split(""), ",".split(","), "a,b,c".split(",", 2), "a,b".split(",", 0), "abc".split("x"), "a--b--c".split("--"), "aaa".split("aa")]

// == split between code units of a pair
"a😀".split("")

// == split at a pair
"a😀b😀".split("😀")

// == replace the first
["a-b-c".replace("-", "+"), "abc".replace("x", "y"), "abc".replace("", "_"), "aaa".replace("a", ""), "é€".replace("€", "EUR")]

// == replace all
["a-b-c".replaceAll("-", "+"), "abc".replaceAll("x", "y"), "abc".replaceAll("", "_"), "aaaa".replaceAll("aa", "b"), "".replaceAll("", "x")]

// == dollar patterns
["abc".replace("b", "[$&]"), "abc".replace("b", "[$`]"), "abc".replace("b", "[$']"), "abc".replace("b", "$$"), "abc".replace("b", "$1"), "abc".replace("b", "$"), "abc".replace("b", "$0$x$<n>"), "abcb".replaceAll("b", "<$`|$&|$'>"), "abc".replace("b", "$$&")]

// == function replacers
["abcb".replace("b", (m, at, s) => `${m}${at}${s}`), "abcb".replaceAll("b", (m, at) => `<${at}>`), "abc".replace("x", (m) => "never"), "a😀b".replace("b", (m, at) => String(at)), "aa".replaceAll("a", (m) => "$&")]

// == replaceAll of nothing between half pairs
"😀".replaceAll("", "-")

// == trim
const s = " \t\n\u00a0\u2003\ufeffx y\u3000\r\n ";
[s.trim(), s.trimStart().length, s.trimEnd().length, "".trim(), "\u200b".trim().length, "\u0085x".trim().length]

// == case mapping
["Straße".toUpperCase(), "ÀÉÎ".toLowerCase(), "ΑΣ ΑΣΑ Σ".toLowerCase(), "ŉﬁ".toUpperCase(), "İ".toLowerCase().length, "ǆ".toUpperCase(), "𐐨".toUpperCase(), "aBc1é".toUpperCase()]

// == order is by UTF-16 code units
["a" < "b", "a" < "B", "a" < "aa", "" < "a", "Z" < "a", "é" > "z", "10" < "9", "\u{1F600}" < "\uFFFD", "a" <= "a", "b" >= "a"]

// == String of values
[String(1), String(-9223372036854775808), String("x"), String(true), String(false)]

// == String of an array
String([1])

// == fromCodePoint
[String.fromCodePoint(), String.fromCodePoint(65, 66), String.fromCodePoint(128512), String.fromCodePoint(0x10FFFF).length]

// == an unknown method
"abc".reverse()

// == methods on other kinds
const n = 5;
n.toString()

// == a wrong kind of argument
"abc".indexOf(1)

// == a wrong kind of position
"abc".slice("1")

// == palindromes
const isPalindrome = (s) => [...s].toReversed().join("") === s;
["level", "é😀é", "ab", ""].map((s) => isPalindrome(s))

// == words
const title = (s) => s.split(" ").map((w) => w.slice(0, 1).toUpperCase() + w.slice(1).toLowerCase()).join(" ");
title("the qUICK brown fOX")

// == caesar
const shift = (c, k) => c >= "a" && c <= "z" ? String.fromCodePoint((c.codePointAt(0) - 97 + k) % 26 + 97) : c;
[..."hello, world"].map((c) => shift(c, 13)).join("")

// == run lengths
const encode = (s) => [...s].reduce((runs, c) => {
  const last = runs.length - 1;
  return last >= 0 && runs[last].c === c ? runs.with(last, { c, n: runs[last].n + 1 }) : [...runs, { c, n: 1 }];
}, []).map(({ c, n }) => `${n}${c}`).join("");
[encode("aaabccd"), encode(""), encode("😀😀x")]

// == an empty template literal
``

// == empty template literals where no other register is in use
const f = () => ``;
[[1, 2].join(``), f(), `${``}`, ((x = ``) => x)(), { a: `` }]
