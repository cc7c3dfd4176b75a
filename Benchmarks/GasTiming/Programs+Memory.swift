extension AdversaryProgram {
  /// The expression with the most garbage per unit: 64 bytes.
  private static let waste = "xs.slice(0, 4096)"
  /// An Array whose copies become garbage.
  private static let copied = "const xs = Array.from({length: 8192});\n"

  /// A program that keeps a value alive and makes garbage. `setup` makes the value with few units.
  private static func keeping(_ name: String, _ setup: String) -> AdversaryProgram {
    AdversaryProgram("half of the heap alive, \(name)", waste, setup: copied + setup)
  }

  /// Programs that keep the collector busy, with nearly half of the heap alive or with many frames.
  static let garbage = [
    keeping("one large array", "const live = Array.from({length: 1000000});"),
    keeping("strings", "const live = 'ä'.repeat(240000).split('');"),
    keeping("empty arrays", "const live = JSON.parse('[' + '[],'.repeat(320000) + '1]').Ok;"),
    keeping(
      "objects in another order than their references",
      """
      const t = ('abcdefgh'.repeat(5) + 'abcdefg,').repeat(50000).split(',');
      const us = Array.from({length: 50000}, (x, i) => t[i * 7919 % 50000]);
      const live = [...us, ...us, ...us, ...us, ...us, ...us, ...us, ...us, ...us, ...us];
      """),
    AdversaryProgram(
      "deep stack alive",
      source: "\(copied)const f = () => { \(waste); return f() };\n"
        + "const g = (n) => n === 0 ? f() : 1 + g(n - 1);\ng(80000)"),
    AdversaryProgram(
      "deep stack and half of the heap alive",
      source: "\(copied)const live = 'ä'.repeat(235000).split('');\n"
        + "const f = () => { \(waste); return f() };\nconst g = (n) => n === 0 ? f() : 1 + g(n - 1);\ng(80000)"),
  ]
}
