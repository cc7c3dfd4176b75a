internal import Engine

/// Collects the instructions of one function and the gas that they carry.
///
/// Gas is defined over the program as written: every construct has its charges, in the order in which it happens. Many
/// constructs need no instruction of their own (reading a local, say), so charges are *pending* until the next
/// instruction, which carries their sum; the single charges are kept beside the code. A jump leaves with nothing
/// pending, but what is charged right after it on the way to its target (an `if`'s own cost, after a comparison that
/// jumps) is pending on that edge. Where edges meet with different charges pending, the ones that have more pay on the
/// way.
struct Assembler {
  /// A place in the code that jumps refer to before it is known.
  struct Label {
    fileprivate struct Edge {
      var instruction: Int
      var pending: [Int]
    }
    fileprivate var edges: [Edge] = []

    /// Whether nothing jumps here (yet).
    var isUnused: Bool { edges.isEmpty }
  }

  private(set) var instructions: [Instruction] = []
  /// The single charges of the instructions that carry more than one.
  private(set) var charges: [(instruction: Int, units: [Int])] = []
  /// Where the instructions come from, for those that can trap.
  private(set) var spans: [(instruction: Int, span: SourceSpan)] = []
  /// Whether the next instruction can be reached.
  private(set) var isReachable = true
  /// Where the code that is being written comes from.
  var span: SourceSpan
  private var pending: [Int] = []
  /// The last place that a jump goes to.
  private var lastTarget = 0
  /// Whether a jump was too far for its instruction.
  private(set) var hasFarJump = false

  init(span: SourceSpan) { self.span = span }

  // MARK: Gas

  /// Charges units at this point of the program.
  mutating func charge(_ units: Int) {
    if units > 0 && isReachable { pending.append(units) }
  }

  /// Charges a row at this point of the program.
  mutating func charge(_ row: GasRow) { charge(row.cost) }

  /// Charges a row and, in the same charge, work whose size is known.
  mutating func charge(_ row: GasRow, _ work: BulkWork, _ count: Int) { charge(row.cost + work.units(count)) }

  // MARK: Instructions

  mutating func emit(_ opcode: Opcode, a: Int = 0, b: Int = 0, c: Int = 0) {
    guard isReachable else { return }
    let units = takePending()
    instructions.append(Instruction(opcode, charge: units, a: a, b: b, c: c))
    note(opcode)
  }

  mutating func emit(_ opcode: Opcode, a: Int = 0, wide: Int) {
    guard isReachable else { return }
    let units = takePending()
    instructions.append(Instruction(opcode, charge: units, a: a, wide: wide))
    note(opcode)
  }

  private mutating func note(_ opcode: Opcode) {
    if spans.last?.span != span || spans.isEmpty { spans.append((instructions.count - 1, span)) }
    if opcode.behavior.endsBlock { isReachable = false }
  }

  /// The sum of what is pending, for the instruction that comes next. What is more than an instruction's field holds
  /// gets an instruction of its own, but for the last charge: that may be the instruction's own operation.
  private mutating func takePending() -> Int {
    defer { pending = [] }
    let total = pending.reduce(0, +)
    if total <= Instruction.maximumCharge {
      if pending.count > 1 { charges.append((instructions.count, pending)) }
      return total
    }
    let last = pending.removeLast()
    if last > Instruction.maximumCharge {
      emitCharge(pending + [last])
      return 0
    }
    emitCharge(pending)
    return last
  }

  private mutating func emitCharge(_ units: [Int]) {
    if units.count > 1 { charges.append((instructions.count, units)) }
    instructions.append(Instruction(.charge, wide: units.reduce(0, +)))
  }

  // MARK: Jumps

  /// A jump with a 16-bit distance in c.
  mutating func jump(_ opcode: Opcode, a: Int, b: Int, to label: inout Label) {
    guard isReachable else { return }
    emit(opcode, a: a, b: b)
    label.edges.append(Label.Edge(instruction: instructions.count - 1, pending: []))
  }

  /// A jump with a 32-bit distance in b and c.
  mutating func jump(_ opcode: Opcode = .jump, a: Int = 0, to label: inout Label) {
    guard isReachable else { return }
    if opcode == .jump {
      // The charges before an unconditional jump need no instruction: they wait on its edge.
      let waiting = pending
      pending = []
      emit(.jump, wide: 0)
      label.edges.append(Label.Edge(instruction: instructions.count - 1, pending: waiting))
    } else {
      emit(opcode, a: a, wide: 0)
      label.edges.append(Label.Edge(instruction: instructions.count - 1, pending: []))
    }
  }

  /// How many edges a label has, to name those that come after in `charge(_:onEdgesOf:from:)`.
  func edgeCount(of label: Label) -> Int { label.edges.count }

  /// Charges on the way to a label what is charged here on the way past the jump: on the edges from `first` on.
  func charge(_ row: GasRow, onEdgesOf label: inout Label, from first: Int) {
    guard row.cost > 0 else { return }
    for index in first..<label.edges.count { label.edges[index].pending.append(row.cost) }
  }

  /// Places a label here. What all ways to it have pending in common stays pending; the rest is paid on the way.
  mutating func bind(_ label: inout Label) {
    guard !label.edges.isEmpty else { return }
    var common = isReachable ? pending : label.edges[0].pending
    for edge in label.edges { common = Assembler.commonSuffix(common, edge.pending) }
    let extra = { (pending: [Int]) in Array(pending.dropLast(common.count)) }
    let detours = label.edges.filter { $0.pending.count > common.count }
    if isReachable {
      let own = extra(pending)
      pending = []
      if detours.isEmpty {
        if !own.isEmpty { emitCharge(own) }
      } else {
        // The way from above goes around the detours.
        pending = own
        emit(.jump, wide: 0)
        label.edges.append(Label.Edge(instruction: instructions.count - 1, pending: common))
      }
    }
    for edge in detours {
      patch(edge.instruction)
      isReachable = true
      pending = extra(edge.pending)
      emit(.jump, wide: 0)
      label.edges.append(Label.Edge(instruction: instructions.count - 1, pending: common))
    }
    label.edges.removeAll { $0.pending.count > common.count }
    if let last = label.edges.last, last.instruction == instructions.count - 1, isPlainJump(last),
      lastTarget < instructions.count
    {
      // A jump to the next instruction is none, unless others already go to the place behind it. It may have carried
      // charges, which then wait for what comes.
      dropLastJump(carrying: common)
      label.edges.removeLast()
    } else {
      pending = common
    }
    for edge in label.edges { patch(edge.instruction) }
    isReachable = true
    label.edges = []
  }

  private func isPlainJump(_ edge: Label.Edge) -> Bool {
    instructions[edge.instruction].opcode == .jump && instructions[edge.instruction].charge == 0
  }

  private mutating func dropLastJump(carrying common: [Int]) {
    instructions.removeLast()
    if spans.last?.instruction == instructions.count { spans.removeLast() }
    pending = common
  }

  /// Lets a jump go to the next instruction.
  private mutating func patch(_ index: Int) {
    lastTarget = instructions.count
    let distance = instructions.count - index - 1
    let old = instructions[index]
    guard let opcode = old.opcode else { return }
    if opcode.behavior.jumpsNear {
      if distance > 0xffff { hasFarJump = true }
      instructions[index] = Instruction(opcode, charge: old.charge, a: old.a, b: old.b, c: distance & 0xffff)
    } else {
      instructions[index] = Instruction(opcode, charge: old.charge, a: old.a, wide: distance)
    }
  }

  private static func commonSuffix(_ left: [Int], _ right: [Int]) -> [Int] {
    var count = 0
    while count < left.count && count < right.count
      && left[left.count - 1 - count] == right[right.count - 1 - count]
    {
      count += 1
    }
    return Array(left.suffix(count))
  }
}
