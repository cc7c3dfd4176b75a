extension AdversaryProgram {
  private static func map(_ count: Int, _ key: String = "i") -> String {
    "const m = Map.of(Array.from({length: \(count)}, (x, i) => [\(key), i]));"
  }

  /// Keys whose CBOR has the same hash.
  private static let colliding = """
    const ends = ['UYXJXibwO3M', '5-TqMX2wOjI'];
    const keys = ['T_LztURz1MB', 'YuM_l04re6O'].flatMap((a) => ends.map((b) => a + b));
    """

  /// Maps.
  static let maps = [
    AdversaryProgram("Map.get of one", "Map.get(m, 0)", setup: map(1)),
    AdversaryProgram("Map.get", "Map.get(m, 77)", setup: map(1000)),
    AdversaryProgram("Map.has", "Map.has(m, 77)", setup: map(100000)),
    AdversaryProgram("Map.get of strings", "Map.get(m, k)", setup: map(1000, "`key${i}`") + "\nconst k = 'key77';"),
    AdversaryProgram(
      "Map.get of a fresh string", "Map.get(m, `key${x}`)", setup: map(1000, "`key${i}`") + "\nconst x = 77;"),
    AdversaryProgram("Map.has of a long key", "Map.has(m, k)", setup: "const k = 'x'.repeat(10000);\n" + map(10)),
    AdversaryProgram("Map.get of arrays", "Map.get(m, k)", setup: map(1000, "[i]") + "\nconst k = [77];"),
    AdversaryProgram(
      "Map.get of decimals", "Map.get(m, k)", setup: map(1000, "Decimal.from(i)") + "\nconst k = Decimal('77');"),
    AdversaryProgram(
      "Map.get of colliding keys", "Map.get(m, keys[3])",
      setup: colliding + "const m = Map.of(keys.map((k) => [k, 1]));"),
    AdversaryProgram("Map.set of one", "Map.set(m, 0, 1)", setup: map(1)),
    AdversaryProgram("Map.set in an empty map", "Map.set(Map.empty, 0, 1)"),
    AdversaryProgram("Map.set, replacing", "Map.set(m, 77, 1)", setup: map(1000)),
    AdversaryProgram("Map.set, adding", "Map.set(m, -77, 1)", setup: map(1000)),
    AdversaryProgram("Map.set in 16", "Map.set(m, 7, 1)", setup: map(16)),
    AdversaryProgram("Map.set in 120", "Map.set(m, 77, 1)", setup: map(120)),
    AdversaryProgram("Map.set in a large map", "Map.set(m, 77, 1)", setup: map(100000)),
    AdversaryProgram("Map.set of strings", "Map.set(m, 'key77', 1)", setup: map(1000, "`key${i}`")),
    AdversaryProgram("Map.set of arrays", "Map.set(m, [77], 1)", setup: map(1000, "[i]")),
    AdversaryProgram(
      "Map.set of colliding keys", "Map.set(m, keys[3], 1)",
      setup: colliding + "const m = Map.of(keys.map((k) => [k, 1]));"),
    AdversaryProgram("Map growing", source: "const f = (m, i) => f(Map.set(m, i, i), i + 1);\nf(Map.empty, 0)"),
    AdversaryProgram("Map.delete", "Map.delete(m, 77)", setup: map(1000)),
    AdversaryProgram("Map.delete in 120", "Map.delete(m, 77)", setup: map(120)),
    AdversaryProgram("Map.delete of two", "Map.delete(m, 1)", setup: map(2)),
    AdversaryProgram("Map.delete, not there", "Map.delete(m, -1)", setup: map(1000)),
    AdversaryProgram(
      "Map.of", "Map.of(es)", setup: "const es = Array.from({length: 1000}, (x, i) => [i * 7919 % 1000, i]);"),
    AdversaryProgram("Map.of one", "Map.of(es)", setup: "const es = [[1, 1]];"),
    AdversaryProgram("Map.of eight", "Map.of(es)", setup: "const es = Array.from({length: 8}, (x, i) => [i, i]);"),
    AdversaryProgram("Map.of 20000", "Map.of(es)", setup: "const es = Array.from({length: 20000}, (x, i) => [i, i]);"),
    AdversaryProgram(
      "Map.of strings", "Map.of(es)", setup: "const es = Array.from({length: 1000}, (x, i) => [`key${i}`, i]);"),
    AdversaryProgram(
      "Map.of decimals", "Map.of(es)", setup: "const es = Array.from({length: 1000}, (x, i) => [Decimal.from(i), i]);"),
    AdversaryProgram(
      "Map.of one key many times", "Map.of(es)", setup: "const es = Array.from({length: 1000}, (x, i) => [1, i]);"),
    AdversaryProgram(
      "Map.of long equal strings", "Map.of(es)",
      setup: "const es = Array.from({length: 300}, (x, i) => ['x'.repeat(100), i]);"),
    AdversaryProgram("Map.keys", "Map.keys(m)", setup: map(10000)),
    AdversaryProgram("Map.values of 8", "Map.values(m)", setup: map(8)),
    AdversaryProgram("Map.entries", "Map.entries(m)", setup: map(10000)),
    AdversaryProgram("Map.entries of 8", "Map.entries(m)", setup: map(8)),
    AdversaryProgram("Array.from of a map", "Array.from(m)", setup: map(10000)),
    AdversaryProgram(
      "Array.from of a map with a function", "Array.from(m, g)", setup: map(10000) + "\nconst g = () => 1;"),
    AdversaryProgram("equality of maps", "m === n", setup: map(10000) + "\nconst n = Map.set(Map.delete(m, 1), 1, 1);"),
  ]
}
