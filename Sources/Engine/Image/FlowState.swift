/// What holds at a place in a function's code, on every way that leads there from the function's entry.
struct FlowState {
  /// What is known of the registers.
  var facts: RegisterFacts
  /// Units that were charged since the function was entered, at least; no more than `paidLimit` are counted.
  private(set) var paid = 0
  /// Work that was done since the last charge, at most.
  private(set) var unpaidWork = 0

  /// No rule asks for more.
  private static let paidLimit = 255

  /// Nothing is known of the registers.
  init(registerCount: Int) { facts = RegisterFacts(registerCount: registerCount) }

  /// Counts an instruction: first what it charges, then the work that it does.
  mutating func count(units: Int, work: Int) {
    paid = min(FlowState.paidLimit, paid + units)
    unpaidWork = (units > 0 ? 0 : unpaidWork) + work
  }

  /// Notes that what is called here charges by itself: a built-in or an effect its row, which is at least 1 unit.
  mutating func countOwnCharge() {
    paid = min(FlowState.paidLimit, paid + 1)
    unpaidWork = 0
  }

  /// Keeps what holds on another way too.
  mutating func meet(_ other: FlowState) {
    facts.meet(other.facts)
    paid = min(paid, other.paid)
    unpaidWork = max(unpaidWork, other.unpaidWork)
  }
}

/// What holds at the places ahead that jumps lead to.
struct JumpTargets {
  /// For each instruction of the function the slot of its state, plus 1; 0 if no jump leads there.
  private var slots: [Int32]
  private var states: [FlowState] = []
  private var freeSlots: [Int32] = []

  /// Targets that may be ahead of one place. No code that the compiler makes comes near, since its jumps reach no
  /// further; it bounds the memory that a check takes.
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

  /// What holds on the ways that jump to a place; nil if none does. The place is behind us then.
  mutating func take(_ target: Int) -> FlowState? {
    if slots[target] == 0 { return nil }
    freeSlots.append(slots[target])
    return states[Int(slots[target]) - 1]
  }
}
