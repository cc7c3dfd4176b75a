extension AdversaryProgram {
  private static let entries = "const es = Array.from({length: 1000}, (x, i) => [`key${i * 7919 % 1000}`, i]);"

  /// Records.
  static let records = [
    AdversaryProgram(
      "record literal of 8", "({a: x, b: x, c: x, d: x, e: x, g: x, h: x, i: x})", setup: "const x = 1;"),
    AdversaryProgram("record spread", "({...r, a: 2})", setup: "const r = {a: 1, b: 2, c: 3};"),
    AdversaryProgram(
      "record spread of 8", "({...r})", setup: "const r = {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8};"),
    AdversaryProgram(
      "record spread of two", "({...r, ...q})",
      setup: "const r = {a: 1, b: 2, c: 3, d: 4};\nconst q = {h: 1, i: 2, j: 3, k: 4};"),
    AdversaryProgram(
      "record spread of 300", "({...r, ...q})",
      setup:
        "const t = (k) => Object.fromEntries(Array.from({length: 300}, (x, i) => [`${k}${i}`, i]));\nconst r = "
        + "t('a');\nconst q = t('b');"
    ),
    AdversaryProgram(
      "record spread of empty records", "({...r, ...r, ...r, ...r, ...r, ...r, ...r, ...r})", setup: "const r = {};"),
    AdversaryProgram("record with a computed key", "({[k]: 1})", setup: "const k = 'abc';"),
    AdversaryProgram(
      "record with 8 computed keys", "({[a]: 1, [b]: 1, [c]: 1, [d]: 1, [e]: 1, [g]: 1, [h]: 1, [i]: 1})",
      setup:
        "const [a, b, c, d, e, g, h, i] = ['key1', 'key2', 'key3', 'key4', 'key5', 'key6', 'key7', "
        + "'key8'].map((x) => x + 'x');"
    ),
    AdversaryProgram("record with a fresh long key", "({['x'.repeat(100000)]: 1})"),
    AdversaryProgram(
      "record with a long key", "({[k]: 1, [l]: 1})", setup: "const k = 'x'.repeat(100000);\nconst l = k + 'y';"),
    AdversaryProgram(
      "record with two equal long keys", "({[k]: 1, [l]: 1})",
      setup: "const k = 'x'.repeat(100000);\nconst l = 'x'.repeat(100000);"),
    AdversaryProgram("Object.keys", "Object.keys(r)", setup: entries + "\nconst r = Object.fromEntries(es);"),
    AdversaryProgram("Object.values", "Object.values(r)", setup: entries + "\nconst r = Object.fromEntries(es);"),
    AdversaryProgram("Object.entries", "Object.entries(r)", setup: entries + "\nconst r = Object.fromEntries(es);"),
    AdversaryProgram(
      "Object.entries of 8", "Object.entries(r)", setup: "const r = {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8};"),
    AdversaryProgram("Object.fromEntries", "Object.fromEntries(es)", setup: entries),
    AdversaryProgram(
      "Object.fromEntries of 8", "Object.fromEntries(es)",
      setup: "const es = Array.from({length: 8}, (x, i) => [`key${i}`, i]);"),
    AdversaryProgram(
      "Object.fromEntries of one key", "Object.fromEntries(es)",
      setup: "const es = Array.from({length: 1000}, (x, i) => ['a', i]);"),
    AdversaryProgram(
      "Object.fromEntries of 20000", "Object.fromEntries(es)",
      setup: "const es = Array.from({length: 20000}, (x, i) => [`key${i}`, i]);"),
    AdversaryProgram(
      "Object.fromEntries of fresh keys", "Object.fromEntries(Array.from(r, g))",
      setup: "const r = {length: 1000};\nconst g = (x, i) => [`key${i}`, i];"),
    AdversaryProgram("Object.get", "Object.get(r, 'key77')", setup: entries + "\nconst r = Object.fromEntries(es);"),
    AdversaryProgram(
      "Object.get of a fresh key", "Object.get(r, `key${x}`)",
      setup: entries + "\nconst r = Object.fromEntries(es);\nconst x = 77;"),
    AdversaryProgram(
      "Object.hasOwn of a fresh long key", "Object.hasOwn(r, 'x'.repeat(100000))", setup: "const r = {a: 1};"),
    AdversaryProgram("Object.hasOwn", "Object.hasOwn(r, k)", setup: "const r = {a: 1};\nconst k = 'b';"),
    AdversaryProgram(
      "Object.get among colliding keys", "Object.get(r, k)",
      setup: """
        const ends = ['UYXJXibwO3M', '5-TqMX2wOjI'];
        const es = ['T_LztURz1MB', 'YuM_l04re6O'].flatMap((a) => ends.map((b) => [a + b, 1]));
        const r = Object.fromEntries(es);
        const k = 'YuM_l04re6O5-TqMX2wOjI';
        """),
    AdversaryProgram("Option.map", "Option.map(o, g)", setup: "const o = Some(1);\nconst g = (x) => x;"),
    AdversaryProgram("Some", "Some(x)", setup: "const x = 1;"),
    AdversaryProgram("Result.unwrapOr", "Result.unwrapOr(o, 1)", setup: "const o = Ok(1);"),
  ]
}
