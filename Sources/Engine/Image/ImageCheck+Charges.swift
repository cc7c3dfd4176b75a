/// The charges of which merged charges consist (`ChargeTable`).
extension ImageCheck {
  /// Checks the charge section. Its lists follow one another without gaps, in the order in which the entries first
  /// refer to them. Each entry is for a different instruction, in order, and its list adds up to the units that the
  /// instruction charges.
  func checkCharges(_ instructionCount: Int) throws(ImageDefect) {
    let range = range(of: .charges)
    guard range.count >= 8, let count = number(range.lowerBound, atMost: range.count / 8 - 1) else {
      throw .section(.charges)
    }
    let units = ChargeUnits(check: self, first: range.lowerBound + 8 + count * 8, end: range.upperBound)
    // For a unit that begins a list, the sum of the list and its last charge; 0 for all others.
    var totals = Array(repeating: 0, count: units.count)
    var lasts = Array(repeating: 0, count: units.count)
    var next = 0
    var previous = 1
    for entry in 0..<count {
      let bits = word(range.lowerBound + 8 + entry * 8)
      let (place, first) = (Int(bits >> 32), Int(bits & 0xffff_ffff))
      guard place > previous, place < instructionCount, first <= next else { throw .charge(entry) }
      previous = place
      if first == next {
        guard let list = units.list(at: first) else { throw .charge(entry) }
        (totals[first], lasts[first]) = (list.total, list.last)
        next += 1 + list.count
      }
      let carrier = instruction(place)
      // An index into the middle of a list is refused, too: its total is 0, and no list adds up to 0.
      guard let behavior = behavior(of: carrier), totals[first] > 0, totals[first] == behavior.units(of: carrier),
        lasts[first] >= behavior.charging.row?.cost ?? 0
      else { throw .charge(entry) }
    }
    // A word has two units. If the last one is unused, it is 0.
    guard units.count - next == next % 2, next == units.count || units[next] == 0 else { throw .section(.charges) }
  }
}

/// The units of the charge section: lists, each preceded by its length.
private struct ChargeUnits {
  let check: ImageCheck
  let first: Int
  let count: Int

  init(check: ImageCheck, first: Int, end: Int) {
    self.check = check
    self.first = first
    count = (end - first) / 4
  }

  subscript(index: Int) -> Int {
    let word = check.word(first + index / 2 * 8)
    return Int(index % 2 == 0 ? word & 0xffff_ffff : word >> 32)
  }

  /// The list that begins at a unit: at least two charges, none of them 0. Nil if there is no such list.
  func list(at start: Int) -> (count: Int, total: Int, last: Int)? {
    guard start < count, self[start] >= 2, self[start] < count - start else { return nil }
    var total = 0
    for index in start + 1...start + self[start] {
      if self[index] == 0 { return nil }
      total += self[index]
    }
    return (self[start], total, self[start + self[start]])
  }
}
