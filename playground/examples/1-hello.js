// Hello
// A script: its last expression is the response. Ctrl+Enter runs it.
const names = ["Ada", "Grace", "Barbara"];
names.map((name, i) => ({ greeting: `Hello, ${name}!`, place: i + 1 }))
