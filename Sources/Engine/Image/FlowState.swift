/// What is true at a place in a function's code, on every path to it from the function's entry.
struct FlowState {
  /// What is known about the registers.
  var facts: RegisterFacts
  /// Units charged since the function was entered, at least. Units above `paidLimit` are not counted.
  private(set) var paid = 0
  /// Work done since the last charge, at most.
  private(set) var unpaidWork = 0

  /// No rule needs more.
  private static let paidLimit = 255

  /// A state in which nothing is known about the registers.
  init(registerCount: Int) { facts = RegisterFacts(registerCount: registerCount) }

  /// Counts an instruction: first what it charges, then the work that it does.
  mutating func count(units: Int, work: Int) {
    paid = min(FlowState.paidLimit, paid + units)
    unpaidWork = (units > 0 ? 0 : unpaidWork) + work
  }

  /// Notes that the callee charges by itself: a built-in or an effect charges its row, which is at least 1 unit.
  mutating func countOwnCharge() {
    paid = min(FlowState.paidLimit, paid + 1)
    unpaidWork = 0
  }

  /// Keeps only what is also true on another path.
  mutating func meet(_ other: FlowState) {
    facts.meet(other.facts)
    paid = min(paid, other.paid)
    unpaidWork = max(unpaidWork, other.unpaidWork)
  }
}

/// What is true at later places that are the targets of jumps.
struct JumpTargets {
  /// For each instruction of the function, the slot of its state, plus 1; 0 if no jump leads to it.
  private var slots: [Int32]
  private var states: [FlowState] = []
  private var freeSlots: [Int32] = []

  /// The most targets that may be ahead of a place. It bounds the memory of a check. Code from the compiler does not
  /// come near it.
  static let limit = 1 << 16

  init(instructionCount: Int) { slots = Array(repeating: 0, count: instructionCount) }

  /// Notes a jump.
  ///
  /// - Returns: false if there are too many targets.
  mutating func add(_ target: Int, _ state: FlowState) -> Bool {
    if slots[target] > 0 {
      states[Int(slots[target]) - 1].meet(state)
    } else if let slot = freeSlots.popLast() {
      states[Int(slot) - 1] = state
      slots[target] = slot
    } else {
      if states.count == JumpTargets.limit { return false }
      states.append(state)
      slots[target] = Int32(states.count)
    }
    return true
  }

  /// What is true on all jumps to a place; nil if there are none. Call it once for each place: the slot of its state is
  /// free afterwards.
  mutating func take(_ target: Int) -> FlowState? {
    if slots[target] == 0 { return nil }
    freeSlots.append(slots[target])
    return states[Int(slots[target]) - 1]
  }
}
