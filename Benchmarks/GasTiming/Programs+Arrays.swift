extension AdversaryProgram {
  private static let integers = "const xs = Array.from({length: 10000}, (x, i) => i);"

  /// Arrays: building, iterating, sorting.
  static let arrays = [
    AdversaryProgram("array literal of 8", "[1, 2, 3, 4, 5, 6, 7, 8]"),
    AdversaryProgram("array spread", "[...xs]", setup: "const xs = [1, 2, 3, 4, 5, 6, 7, 8];"),
    AdversaryProgram("array spread, many", "[...xs, ...xs]", setup: integers),
    AdversaryProgram(
      "array spread of empty arrays", "[...x, ...x, ...x, ...x, ...x, ...x, ...x, ...x]", setup: "const x = [];"),
    AdversaryProgram(
      "quadratic appending", source: "const f = (xs) => xs.length > 1000 ? f([]) : f([...xs, 1]);\nf([])"),
    AdversaryProgram("concat", "xs.concat(xs)", setup: integers),
    AdversaryProgram(
      "concat of 1000 empty arrays", "xs.concat(...es)",
      setup: "const xs = [];\nconst es = Array.from({length: 1000}, () => []);"),
    AdversaryProgram("slice of an array", "xs.slice(1)", setup: integers),
    AdversaryProgram("slice of 8 elements", "xs.slice(0, 8)", setup: integers),
    AdversaryProgram("toReversed", "xs.toReversed()", setup: integers),
    AdversaryProgram("toSpliced", "xs.toSpliced(1, 1, 2)", setup: integers),
    AdversaryProgram("with", "xs.with(1, 2)", setup: integers),
    AdversaryProgram("with of 8 elements", "xs.with(1, 2)", setup: "const xs = [1, 2, 3, 4, 5, 6, 7, 8];"),
    AdversaryProgram("Array.of", "Array.of(1, 2, 3, 4, 5, 6, 7, 8)"),
    AdversaryProgram("Array.of by spread", "Array.of(...xs)", setup: integers),
    AdversaryProgram("Array.from of a length", "Array.from({length: 10000})"),
    AdversaryProgram("Array.from of a small length", "Array.from(r)", setup: "const r = {length: 8};"),
    AdversaryProgram("Array.from of an array", "Array.from(xs)", setup: integers),
    AdversaryProgram("Array.from with a function", "Array.from(xs, g)", setup: integers + "\nconst g = (x) => x;"),
    AdversaryProgram(
      "Array.from of wide text with a function", "Array.from(s, g)",
      setup: "const s = 'ä'.repeat(1000);\nconst g = (x) => x;"),
    AdversaryProgram("flat", "xs.flat()", setup: "const xs = Array.from({length: 10000}, () => []);"),
    AdversaryProgram(
      "flat of single elements", "xs.flat()", setup: "const xs = Array.from({length: 10000}, () => [1]);"),
    AdversaryProgram("flat of a flat array", "xs.flat()", setup: integers),
    AdversaryProgram(
      "flat, deep", "xs.flat(100000)",
      setup: "const g = (n, x) => n === 0 ? x : g(n - 1, [x]);\nconst xs = g(10000, 1);"),
    AdversaryProgram(
      "flat, one deep among many", "xs.flat(1000)",
      setup: "const g = (n, x) => n === 0 ? x : g(n - 1, [x]);\nconst xs = [g(1000, 1), 1, 2, 3, 4, 5, 6, 7];"),
    AdversaryProgram("includes of integers", "xs.includes(-1)", setup: integers),
    AdversaryProgram("includes in 8 integers", "xs.includes(-1)", setup: "const xs = [1, 2, 3, 4, 5, 6, 7, 8];"),
    AdversaryProgram(
      "includes of strings", "xs.includes('abc')", setup: "const xs = Array.from({length: 10000}, (x, i) => `${i}`);"),
    AdversaryProgram(
      "includes of equal beginnings", "xs.includes(s)",
      setup: "const xs = Array.from({length: 1000}, () => 'a'.repeat(63) + 'b');\nconst s = 'a'.repeat(63) + 'c';"),
    AdversaryProgram(
      "includes of arrays", "xs.includes(y)", setup: "const xs = Array.from({length: 1000}, () => [1]);\nconst y = [2];"
    ),
    AdversaryProgram(
      "includes of empty arrays", "xs.includes(y)",
      setup: "const xs = Array.from({length: 1000}, () => []);\nconst y = [2];"),
    AdversaryProgram(
      "includes of records", "xs.includes(y)",
      setup: "const xs = Array.from({length: 1000}, () => ({a: 1}));\nconst y = {b: 2};"),
    AdversaryProgram(
      "includes of closures", "xs.includes(y)",
      setup:
        "const make = (n) => () => n;\nconst xs = Array.from({length: 1000}, (x, i) => make(i));\nconst y = make(-1);"),
    AdversaryProgram(
      "includes of boxed integers", "xs.includes(y)",
      setup: "const xs = Array.from({length: 1000}, (x, i) => 9223372036854775807 - i);\nconst y = 9223372036854000000;"
    ),
    AdversaryProgram(
      "includes of decimals", "xs.includes(y)",
      setup: "const xs = Array.from({length: 1000}, (x, i) => Decimal.from(i));\nconst y = Decimal('0.5');"),
    AdversaryProgram(
      "includes of maps", "xs.includes(y)",
      setup: "const xs = Array.from({length: 1000}, (x, i) => Map.of([[i, 1]]));\nconst y = Map.of([[-1, 1]]);"),
    AdversaryProgram("lastIndexOf in an array", "xs.lastIndexOf(-1)", setup: integers),
    AdversaryProgram("map", "xs.map(g)", setup: integers + "\nconst g = (x) => x;"),
    AdversaryProgram("map with a library function", "xs.map(Math.abs)", setup: integers),
    AdversaryProgram("map of an empty array", "xs.map(g)", setup: "const xs = [];\nconst g = (x) => x;"),
    AdversaryProgram("filter", "xs.filter(g)", setup: integers + "\nconst g = () => true;"),
    AdversaryProgram("flatMap", "xs.flatMap(g)", setup: integers + "\nconst e = [];\nconst g = () => e;"),
    AdversaryProgram("forEach", "xs.forEach(g)", setup: integers + "\nconst g = () => {};"),
    AdversaryProgram("forEach of one", "xs.forEach(g)", setup: "const xs = [1];\nconst g = () => {};"),
    AdversaryProgram("every", "xs.every(g)", setup: integers + "\nconst g = () => true;"),
    AdversaryProgram("some of one", "xs.some(g)", setup: integers + "\nconst g = () => true;"),
    AdversaryProgram("findLastIndex", "xs.findLastIndex(g)", setup: integers + "\nconst g = () => false;"),
    AdversaryProgram("Array.find", "Array.find(xs, g)", setup: integers + "\nconst g = () => true;"),
    AdversaryProgram("reduce", "xs.reduce(g)", setup: integers + "\nconst g = (a) => a;"),
    AdversaryProgram(
      "reduce with four parameters", "xs.reduce(g)", setup: integers + "\nconst g = (a, x, i, all) => a;"),
    AdversaryProgram(
      "nested library callbacks", "xs.map(ys => ys.map(g))", setup: "const xs = [[1]];\nconst g = (x) => x;"),
    AdversaryProgram(
      "toSorted of strings", "xs.toSorted()",
      setup: "const xs = Array.from({length: 10000}, (x, i) => `${i * 7919 % 10000}`);"),
    AdversaryProgram("toSorted of two strings", "xs.toSorted()", setup: "const xs = ['b', 'a'];"),
    AdversaryProgram(
      "toSorted of eight strings", "xs.toSorted()", setup: "const xs = ['b', 'a', 'h', 'e', 'c', 'd', 'g', 'f'];"),
    AdversaryProgram(
      "toSorted of long strings", "xs.toSorted()",
      setup: "const xs = Array.from({length: 1000}, (x, i) => 'a'.repeat(58) + `${1000 + i * 7919 % 1000}`);"),
    AdversaryProgram(
      "toSorted, in order already", "xs.toSorted()",
      setup: "const xs = Array.from({length: 10000}, (x, i) => `${10000 + i}`);"),
    AdversaryProgram(
      "toSorted with a function", "xs.toSorted(g)",
      setup: "const xs = Array.from({length: 10000}, (x, i) => i * 7919 % 10000);\nconst g = (a, b) => a - b;"),
    AdversaryProgram("toSorted with a constant function", "xs.toSorted(g)", setup: integers + "\nconst g = () => 0;"),
    AdversaryProgram("toSorted with a function, in order", "xs.toSorted(g)", setup: integers + "\nconst g = () => -1;"),
    AdversaryProgram(
      "toSorted with a function, one element over", "xs.toSorted(g)",
      setup: "const xs = Array.from({length: 513}, (x, i) => i);\nconst g = () => 1;"),
    AdversaryProgram("join of an empty array", "xs.join()", setup: "const xs = [];"),
  ]
}
