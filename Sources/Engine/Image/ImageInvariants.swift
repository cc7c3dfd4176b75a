extension Image {
  /// Asserts the invariants of an image that the load check has accepted.
  @inline(__always)
  func assertInvariants() {
    #if !hasFeature(Embedded)
    assert(violation == nil, violation?.message ?? "")
    #endif
  }

  private var violation: InvariantViolation? {
    do throws(InvariantViolation) {
      try checkInvariants()
      return nil
    } catch {
      return error
    }
  }

  /// Checks what the machine relies on when it reads the image: that its parts are where the handle says, and that its
  /// tables are in order. The load check checks all of this and more. So if it accepts an image that breaks a rule
  /// here, one of the two is wrong.
  func checkInvariants() throws(InvariantViolation) {
    func require(_ invariant: Invariant, _ offset: HeapOffset, _ holds: Bool) throws(InvariantViolation) {
      if !holds { throw InvariantViolation(invariant, at: offset) }
    }
    var end = HeapOffset(ImageLayout.headerSize)
    for section in ImageLayout.Section.allCases {
      let range = range(of: section)
      try require(.sectionsAreInOrder, range.lowerBound, range.lowerBound == end)
      end = HeapOffset((range.upperBound.bytes &+ 7) & ~7)
    }
    try require(.sectionsAreInOrder, end, end.bytes == byteCount && byteCount <= memory.byteCount)
    try require(.entryPointsExist, functions, initializer == 0 && functionCount > 0)
    try require(.entryPointsExist, functions, handler.map { $0 > 0 && $0 < functionCount } ?? true)
    try checkFunctions()
    for index in 0..<range(of: .constants).words {
      let value = constant(index)
      let isKnown = !value.isReference || objects.contains(value.offset)
      try require(.constantsAreValues, constants.advanced(words: index), isKnown)
    }
    try checkCharges()
    try require(
      .internedStringsAreStrings, internedStrings, internedSlotCount > 0 && internedSlotCount.nonzeroBitCount == 1)
    for slot in 0..<internedSlotCount {
      let place = internedStrings.advanced(words: slot)
      let value = Value(bits: memory[place])
      if value == .uninitialized { continue }
      let isString = value.isReference && objects.contains(value.offset) && memory.isString(value)
      try require(.internedStringsAreStrings, place, isString)
    }
  }

  private func checkCharges() throws(InvariantViolation) {
    let count = memory[charges]
    guard count < UInt64(range(of: .charges).words) else { throw InvariantViolation(.chargesAreSorted, at: charges) }
    var previous: UInt64 = 1
    for index in 0..<Int(truncatingIfNeeded: count) {
      let place = charges.advanced(words: 1 &+ index)
      let instruction = memory[place] >> 32
      guard instruction > previous, instruction < UInt64(instructionCount) else {
        throw InvariantViolation(.chargesAreSorted, at: place)
      }
      previous = instruction
    }
  }

  private func checkFunctions() throws(InvariantViolation) {
    guard instructionCount >= 2, instruction(0) == Instruction(.halt), instruction(1) == Instruction(.resume) else {
      throw InvariantViolation(.codeBeginsWithHaltAndResume, at: code)
    }
    var next = 2
    for index in 0..<functionCount {
      let entry = function(index)
      guard entry.firstInstruction == next, entry.instructionCount > 0 else {
        throw InvariantViolation(.functionsCoverCode, at: entry.offset)
      }
      next += entry.instructionCount
    }
    if next != instructionCount { throw InvariantViolation(.functionsCoverCode, at: code) }
  }
}

extension Image {
  /// The range of a section, according to the header.
  private func range(of section: ImageLayout.Section) -> Range<HeapOffset> {
    let entry = HeapOffset(ImageLayout.Header.sections &+ section.rawValue &* 16)
    let (offset, size) = (
      Int(truncatingIfNeeded: memory[entry]), Int(truncatingIfNeeded: memory[entry.advanced(words: 1)])
    )
    return HeapOffset(offset)..<HeapOffset(max(offset, offset &+ size))
  }

  /// The range of the objects.
  var objects: Range<HeapOffset> { range(of: .objects) }

  /// The number of instructions, including those that are in no function.
  var instructionCount: Int { range(of: .code).words }
}

extension Range<HeapOffset> {
  fileprivate var words: Int { (upperBound.bytes &- lowerBound.bytes) >> 3 }
}
