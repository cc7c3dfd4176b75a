import Engine
import TestSupport
import Testing

/// The price of built-ins: rows of Annex A, and the bulk in addition.
@Suite struct BuiltinGasTests {
  /// Gas of an expression, calculated by hand: 1 for each literal and name, then the row, then the blocks of 32 bytes
  /// or 4 elements beyond the first.
  @Test(arguments: [
    ("'x'.repeat(32)", 1 + 1 + 3),
    ("'x'.repeat(33)", 1 + 1 + 3 + 1),
    ("'x'.repeat(1000)", 1 + 1 + 3 + 31),
    // The haystack is charged, however early the match is.
    ("'ab'.repeat(64).indexOf('a')", (1 + 1 + 3 + 3) + 1 + 6 + 7),
    ("'ab'.repeat(64).slice(64)", (1 + 1 + 3 + 3) + 1 + 4 + 1),
    // If a String is not all ASCII, the code units up to the end of the slice count, or those before the index.
    ("'é'.repeat(64).slice(63)", (1 + 1 + 3 + 3) + 1 + 4 + 3),
    ("'é'.repeat(64)[63]", (1 + 1 + 3 + 3) + 1 + 2 + 3),
    ("'e'.repeat(128)[127]", (1 + 1 + 3 + 3) + 1 + 2),
    // Out of range: only the row.
    ("'é'.repeat(64).charAt(64)", (1 + 1 + 3 + 3) + 1 + 2),
    // 17 parts: one step for each beyond the first. As code units: 17 × 4 words.
    ("'a,'.repeat(16).split(',')", (1 + 1 + 3) + 1 + 10 + 1 + 16),
    ("'a'.repeat(17).split('')", (1 + 1 + 3) + 1 + 10 + 1 + 16),
    // Two matches, with two patterns in each replacement: 6 steps.
    ("'abab'.replaceAll('a', '$&$&')", 3 + 8 + 5),
    ("'ß'.repeat(8).toUpperCase()", (1 + 1 + 3) + 5 + 7),
    ("'ΐ'.repeat(8).toUpperCase()", (1 + 1 + 3) + 5 + 7 + 16),
    ("Array.from({length: 17}).toReversed()", (5 + 1 + 5 + 4) + 3 + 4),
    ("Array.from({length: 17}).includes(1)", (5 + 1 + 5 + 4) + 1 + 2 + 8),
    // Each callback is a call and a return. Here its body is a name.
    ("[1, 2].map((x) => x)", (1 + 1 + 5) + 10 + 5 + 2 * (5 + 1 + 3)),
    ("[1, 2].reduce((a, x) => x)", (1 + 1 + 5) + 10 + 2 + (5 + 1 + 3)),
    ("Option.map(Some(1), Some)", (1 + 3) + 1 + 3 + (5 + 3 + 3)),
    // ⌈log2(4 + 1)⌉ = 3 steps for each of 4 elements. The first step is free.
    ("['d', 'c', 'b', 'a'].toSorted()", (4 + 5) + 20 + 11),
    ("Math.max(1, 2, 3)", 3 + 2 + 1),
    ("Object.get({a: 1}, 'a')", (1 + 5) + 1 + 3),
  ])
  func callsCostTheirRowAndTheirBulk(expression: String, units: Int) throws {
    // The expression is not the last statement, because printing its value would also cost gas.
    let rest = try Guest.run("1;", budgets: MachineBudgets.tiny).gas
    #expect(try Guest.run("(\(expression)); 1;", budgets: MachineBudgets.tiny).gas - rest == units)
  }

  /// An operation that fails costs only its row.
  @Test(arguments: [
    ("'x'.repeat(64).repeat()", "ArityMismatch", (1 + 1 + 3 + 1) + 3),
    ("'x'.repeat(640).indexOf(1)", "TypeMismatch", (1 + 1 + 3 + 19) + 1 + 6),
    ("'x'.repeat(-1)", "InvalidArgument", 1 + (1 + 1) + 3),
    ("Array.from({length: 80}).map(1)", "NotCallable", (5 + 1 + 5 + 19) + 1 + 5),
  ])
  func errorsCostTheRowAlone(expression: String, error: String, units: Int) throws {
    let result = try Guest.run("(\(expression)); 1;", budgets: MachineBudgets.tiny)
    #expect(result.error == error && result.gas == units)
  }

  static let programs = [
    "'aXbXc'.repeat(30).split('X').join('-').length",
    "'aé💩'.repeat(40).replaceAll('é', (m, i) => `${i}`).length",
    "'aé'.repeat(40).replaceAll('a', '<$&$`>').length",
    "'Straße ΑΣ'.repeat(20).toUpperCase().toLowerCase().length",
    "Array.from('a💩b'.repeat(9), (c, i) => c + `${i}`).toSorted().join('')",
    "[5, 3, 9, 1, 7, 3].toSorted((a, b) => a - b).concat([1, [2, [3]]]).flat(9)",
    "Array.from({length: 30}, (x, i) => i).filter((x) => x % 3 === 0).flatMap((x) => [x, [x]])",
    "Object.fromEntries(Array.from({length: 30}, (x, i) => [`k${i % 20}`, i]))",
    "Object.entries({a: 1, b: [2], c: {d: 3}}).map((entry) => JSON.stringify(entry))",
    "[[1, 2], [3, 4], {a: [5]}].indexOf({a: [5]}) + [[1], [2]].lastIndexOf([2])",
    "JSON.parse('[1,2,{\"a\":[true,null,\"x\"]}]').Ok.length + Result.unwrapOr(JSON.parse('['), 1)",
    "['a'.padEnd(200, 'xy'), 'b'.padStart(99), ' c '.trim(), String(12345), `${true}`].join('')",
    "Array.from({length: 20}, (x, i) => i).toSpliced(3, 4, 'a', 'b').with(-1, 'z').slice(2).reduceRight((a, x) => [x, a.length], [])",
  ]

  /// Every limit up to the gas that a program uses ends the run with `GasExhausted`. The run uses at least the limit,
  /// and never more than the whole run. A higher limit never ends a run earlier.
  @Test(arguments: programs)
  func everyGasLimitEndsTheRunAtOrAboveIt(program: String) throws {
    let image = try Guest.image("(\(program))")
    let whole = Guest.run(image: image, budgets: MachineBudgets.tiny)
    #expect(whole.error == nil)
    var last = 0
    for limit in 1...whole.gas {
      let result = Guest.run(image: image, gasLimit: limit, budgets: MachineBudgets.tiny)
      #expect(result.body == #"{"error":"GasExhausted","gasUsed":\#(result.gas),"gasLimit":\#(limit)}"#)
      #expect(result.gas >= max(limit, last) && result.gas <= whole.gas)
      last = result.gas
    }
    #expect(Guest.run(image: image, gasLimit: whole.gas + 1, budgets: MachineBudgets.tiny).body == whole.body)
  }

  /// With any heap, a program gives the same value for the same gas, or ends with `MemoryExhausted`. If it fits one
  /// heap, it fits every larger one.
  @Test(arguments: programs)
  func everyHeapGivesTheSameValueOrMemoryExhausted(program: String) throws {
    let image = try Guest.image("(\(program))")
    let whole = Guest.run(image: image, budgets: MachineBudgets.small)
    var fitted = false
    for heapBytes in stride(from: 4096, through: 65536, by: 512) {
      let result = Guest.run(image: image, budgets: .init(stackWords: 4096, heapBytes: heapBytes))
      if result.error == nil {
        fitted = true
        #expect(result.body == whole.body && result.gas == whole.gas)
      } else {
        #expect(result.error == "MemoryExhausted" && !fitted)
      }
    }
    #expect(fitted)
  }

  /// A result too large for any heap costs as much as the largest possible one, and is refused.
  @Test(arguments: [
    "'ab'.repeat(9223372036854775807)", "'a'.padEnd(9223372036854775807)", "'a'.padStart(9223372036854775807, 'xyz')",
    "Array.from({length: 9223372036854775807})",
  ])
  func unattainableSizesArePaidForAndRefused(program: String) throws {
    let budgets = MachineBudgets.tiny
    #expect(try Guest.run(program, gasLimit: 2_000_000_000, budgets: budgets).error == "MemoryExhausted")
    #expect(try Guest.run(program, gasLimit: 10_000_000, budgets: budgets).error == "GasExhausted")
  }
}
