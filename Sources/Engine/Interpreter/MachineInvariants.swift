// When the invariants of a machine are checked, and the roots from which its objects are reached. Builds without
// assertions do not contain the checks. Nor does Embedded Swift, whose assertions can't take a message that is put
// together at run time.

extension Machine {
  /// Bytes in use above which the objects are not walked: visiting all of them at each collection would take too long.
  private static let walkLimit = 1 << 16

  /// Bytes of a heap above which unwritten memory is not searched.
  private static let searchLimit = 1 << 16

  /// Asserts the invariants at the end of a collection: everything in the heap is live.
  @inline(__always)
  func assertInvariantsAfterCollection() {
    #if !hasFeature(Embedded)
    assert(violationAfterCollection() == nil, violationAfterCollection()?.message ?? "")
    #endif
  }

  /// Asserts the invariants between two steps of a run, when no code of the program runs.
  ///
  /// - Parameters:
  ///   - value: the result of the step.
  ///   - keepsGlobals: whether global slots are still in use.
  @inline(__always)
  func assertInvariants(with value: Value, keepsGlobals: Bool) {
    #if !hasFeature(Embedded)
    assert(
      violation(with: value, keepsGlobals: keepsGlobals) == nil,
      violation(with: value, keepsGlobals: keepsGlobals)?.message ?? "")
    #endif
  }

  private func violationAfterCollection() -> InvariantViolation? {
    do throws(InvariantViolation) {
      try checkInvariantsAfterCollection()
      return nil
    } catch {
      return error
    }
  }

  private func violation(with value: Value, keepsGlobals: Bool) -> InvariantViolation? {
    do throws(InvariantViolation) {
      try checkInvariants(with: value, keepsGlobals: keepsGlobals)
      return nil
    } catch {
      return error
    }
  }

  /// Checks the heap, and the frames if code runs, when a collection has just ended: the heap holds only objects that
  /// can be reached.
  func checkInvariantsAfterCollection() throws(InvariantViolation) {
    try checkAccount()
    guard heap.top.bytes &- heap.start.bytes <= Machine.walkLimit else { return }
    var walk = HeapWalk(heap, image)
    for index in 0..<2 { try visitHostWord(HostWord.kept + index, &walk) }
    if isRunning {
      try visitHostWord(HostWord.request, &walk)
      try visitGlobals(&walk)
      try checkFrames(&walk)
    } else {
      try walk.visit(Value(bits: memory[frame]), in: .hostWord, at: frame)
    }
    try walk.finish()
    try walk.checkNothingElse()
  }

  /// Checks the machine between two steps of a run, and the objects that can be reached from a value and the global
  /// slots.
  func checkInvariants(with value: Value, keepsGlobals: Bool) throws(InvariantViolation) {
    try checkAccount()
    let kept = layout.start.advanced(words: HostWord.kept)
    guard memory[kept] == 0, memory[kept.advanced(words: 1)] == 0 else {
      throw InvariantViolation(.keptWordsAreCleared, at: kept)
    }
    guard leastStackWords <= stackWords, stackWords <= layout.stackBudget else {
      throw InvariantViolation(.stackWordsAreInBudget, at: layout.stack)
    }
    if layout.budgets.heapBytes <= Machine.searchLimit { try heap.checkUnwrittenMemory() }
    guard heap.top.bytes &- heap.start.bytes <= Machine.walkLimit else { return }
    var walk = HeapWalk(heap, image)
    try walk.visit(value, in: .value, at: frame)
    if keepsGlobals { try visitGlobals(&walk) }
    try walk.finish()
  }

  private func checkAccount() throws(InvariantViolation) {
    try heap.checkInvariants()
    guard heap.start == layout.heap || heap.start == layout.secondHeap else {
      throw InvariantViolation(.heapLiesWhereLayoutSays, at: heap.start)
    }
  }

  private func visitHostWord(_ index: Int, _ walk: inout HeapWalk) throws(InvariantViolation) {
    let place = layout.start.advanced(words: index)
    try walk.visit(Value(bits: memory[place]), in: .hostWord, at: place)
  }

  private func visitGlobals(_ walk: inout HeapWalk) throws(InvariantViolation) {
    for slot in 0..<layout.globalCount {
      let place = layout.globals.advanced(words: slot)
      try walk.visit(Value(bits: memory[place]), in: .binding, at: place)
    }
  }
}

#if !hasFeature(Embedded)
extension InvariantViolation {
  /// The text to print: the rule and the place.
  var message: String { "an invariant does not hold at byte \(offset.bytes) of the region: \(invariant.rule)" }
}
#endif
