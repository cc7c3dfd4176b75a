// == building
"=".repeat(20) + "ab".padStart(70, "-+").padEnd(140, ".")

// == searching
const text = "the quick brown fox jumps over the lazy dog, and then the fox sleeps on for a good while longer";
[text.indexOf("fox"), text.lastIndexOf("fox"), text.includes("cat"), text.startsWith("the"), text.endsWith("r", 9)]

// == characters beyond ASCII
const word = "naïve café 💩 ".repeat(7);
[word[1], word.at(-1), word.charCodeAt(2), word.codePointAt(11), word.slice(0, 10), word.length]

// == half a character
const face = "a💩b";
[face[0], face[1], face[2]]

// == replacing
"a-b-c-d".replaceAll("-", "<$&>").replace("a", (match, at) => `${match}${at}`)

// == splitting and joining
"10,20,30,40,50,60,70,80,90,100".split(",").map((part) => Option.unwrapOr(Int.parse(part), 0)).join(" + ")

// == case and space
"  Straße ΑΣ ".trim().toUpperCase().toLowerCase()

// == code points
[...String.fromCodePoint(72, 105, 0x1f600)].map((c) => c.codePointAt(0))

// == hashes
[Text.sha256("abc"), Text.hmacSha256("key", "abc".repeat(20)), Hash.fnv1a({a: [1, 2]}), Hash.sha256("x".repeat(40))]

// == codings
const coded = [Text.base64Encode("café"), Text.base64UrlEncode("??>"), Text.urlEncode("a b/é")];
[coded, Text.base64Decode(coded[0]), Text.base64UrlDecode("Pz8+"), Text.urlDecode("50%")]
