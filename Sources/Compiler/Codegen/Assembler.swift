internal import Engine

/// Collects the instructions of one function and the gas that they carry.
///
/// Gas is defined over the program as written: every construct has its charges, in execution order. Many constructs
/// need no instruction of their own, such as reading a local. So a charge is *pending* until the next instruction,
/// which carries the sum. The single charges are recorded separately.
///
/// Nothing is pending after a jump. A charge can follow the jump on the edge to its target, such as the cost of an `if`
/// after a comparison that jumps. That charge is pending on the edge. Where edges with different pending charges meet,
/// each edge pays its surplus before it gets there.
struct Assembler {
  /// A position in the code. Jumps can refer to it before it is known.
  struct Label {
    fileprivate struct Edge {
      var instruction: Int
      var pending: [Int]
    }
    fileprivate var edges: [Edge] = []

    /// Whether nothing jumps here yet.
    var isUnused: Bool { edges.isEmpty }
  }

  private(set) var instructions: [Instruction] = []
  /// The single charges of the instructions that carry more than one.
  private(set) var charges: [(instruction: Int, units: [Int])] = []
  /// Source positions. An entry applies from its instruction on, up to the next entry.
  private(set) var spans: [(instruction: Int, span: SourceSpan)] = []
  /// Whether the next instruction can be reached.
  private(set) var isReachable = true
  /// The source position of the instructions that are emitted.
  var span: SourceSpan
  private var pending: [Int] = []
  /// The last position that a jump was patched to.
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

  /// Charges a row and work of known size, as one charge.
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

  /// Returns the sum of the pending charges, for the next instruction. If the sum does not fit into an instruction's
  /// field, all but the last charge get an instruction of their own. The last one may belong to the next instruction's
  /// own operation.
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

  /// The number of edges of a label. It marks the edges that are added later, for `charge(_:onEdgesOf:from:)`.
  func edgeCount(of label: Label) -> Int { label.edges.count }

  /// Charges a row on the edges of a label from `first` on. The caller charges the same row on the path that does not
  /// jump.
  func charge(_ row: GasRow, onEdgesOf label: inout Label, from first: Int) {
    guard row.cost > 0 else { return }
    for index in first..<label.edges.count { label.edges[index].pending.append(row.cost) }
  }

  /// Binds a label to this position. Charges that are pending on all paths to it stay pending; each path pays the rest
  /// before it gets here.
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
        // The path from above jumps over the detours.
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
      // A jump to the next instruction is dropped, unless another jump already goes to the position after it. Its
      // charges become pending.
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

  /// Makes a jump go to the next instruction.
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
