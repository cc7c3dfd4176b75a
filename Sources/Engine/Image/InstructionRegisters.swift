/// The functions and constants of an image, to which instructions refer by index.
protocol InstructionTables {
  var memory: LinearMemory { get }

  func function(_ index: Int) -> FunctionEntry

  func constant(_ index: Int) -> Value
}

/// The registers that an instruction reads in addition to those that its operands name. The load check and the liveness
/// of registers both use this, so they can't disagree.
extension InstructionTables {
  /// The number of registers of a call's arguments.
  func argumentRegisters(of arguments: Opcode.Arguments, _ i: Instruction) -> Int {
    switch arguments {
    case .declared: function(i.c).parameterCount
    case .counted: i.b
    case .spread: 1
    }
  }

  /// The consecutive registers that an instruction reads; nil if the constant that describes them is malformed, which
  /// the load check refuses.
  func registers(of row: Opcode.Row, _ i: Instruction) -> Range<Int>? {
    switch row {
    case .none: return 0..<0
    case .counted: return i.b..<i.b &+ i.c
    case .captures: return i.c..<i.c &+ function(i.b).captureCount
    case .fields: return i.b..<i.b &+ RecordLayoutView(memory, constant(i.c).offset).count
    case .elements, .members:
      let pieces = ArrayView(memory, constant(i.c).offset)
      guard pieces.count <= ImageLayout.maximumPieces else { return nil }
      var end = i.b
      for index in 0..<pieces.count {
        guard let count = LiteralPiece(pieces[index])?.registers(in: row) else { return nil }
        end &+= count
      }
      return i.b..<end
    }
  }
}

extension Image: InstructionTables {}

extension ImageCheck: InstructionTables {}
