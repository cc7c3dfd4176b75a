/// A virtual machine in its linear memory: the image first, then global slots, stack and heap.
///
/// ```
/// 0            start      globals        stack                      liveness    heap       secondHeap   end
/// ┌─────────────┬──────────┬──────────────┬──────────────────────────┬───────────┬──────────┬────────────┐
/// │ image       │ VM words │ global slots │ frames, growing upwards  │ of code   │ two semispaces: objects │
/// │ (read only) │          │              │                          │           │ in one of them (bump    │
/// │             │          │              │                          │           │ pointer)                │
/// └─────────────┴──────────┴──────────────┴──────────────────────────┴───────────┴──────────┴────────────┘
/// ```
///
/// The machine owns nothing outside its region and allocates nothing. Everything that a request leaves is in the
/// private part, where a wipe finds it.
///
/// Calling a method that doesn't change the machine copies all words of the machine, unless the call is inlined. So
/// small methods that are called often are inlined, or take what they need instead of the machine.
public struct Machine: ~Copyable {
  /// The region that holds the machine.
  public let memory: LinearMemory
  /// The image at the start of the region.
  public let image: Image
  /// How the private part is divided.
  public let layout: MachineLayout
  /// The objects of this request.
  public internal(set) var heap: Heap
  /// Units left. The run ends when this is 0 or less: the gas used is then at or above the limit.
  var gas: Int64
  /// The limit, 1 to 2,000,000,000 units.
  public let gasLimit: Int64
  /// Abstract stack words left.
  var stackWords: Int
  /// The fewest abstract stack words that were ever left.
  var leastStackWords: Int
  /// The address of the instruction after the running one. The interpreter's loop writes it back before it calls
  /// anything.
  var programCounter: HeapOffset
  /// Register 0 of the running frame, written back like `programCounter`. Work lists are above the registers that a
  /// frame can have.
  var frame: HeapOffset
  /// Whether code of the program runs. While it does, its frames and global slots keep values alive.
  var isRunning = false
  /// Whether the request has effects. They are injected after the static initialisers have run.
  var hasEffects = false
  /// The call of an effect that waits for the host's reply; nil if there is none.
  var pendingEffect: EffectCall?
  /// The lowest address that the table of a comparison ever had. The table is at the far end of the stack.
  var comparisonTable: HeapOffset
  /// The values in the error body in addition to the code. Their meaning depends on the trap.
  public internal(set) var trapDetail: (Value, Value) = (.undefined, .undefined)

  /// Units used so far.
  public var gasUsed: Int64 { gasLimit &- gas }

  /// Words of the abstract stack budget that were in use at the peak.
  public var stackPeakWords: Int { layout.stackBudget &- leastStackWords }

  /// Bytes of the heap budget that were in use at the peak: what was live after the last due collection, and everything
  /// allocated since.
  public var heapPeakBytes: Int { heap.peakByteCount }

  /// Where the written part of each semispace ends, scratch memory included: of `layout.heap` and of
  /// `layout.secondHeap`. Nothing beyond was ever written.
  public var writtenHeaps: (HeapOffset, HeapOffset) { heap.filledSpaces }

  /// Where the written part of `layout.liveness` ends.
  public var writtenLiveness: HeapOffset { layout.liveness.advanced(words: Int(memory[layout.liveness])) }
}

// MARK: - Gas

extension Machine {
  /// Charges units before the work that they pay for. This is a single charge: each operation needs its own, since the
  /// sum at which a run ends is visible in its result.
  @inline(__always)
  mutating func charge(_ units: Int) throws(Trap) {
    gas &-= Int64(truncatingIfNeeded: units)
    if gas <= 0 { throw .gasExhausted }
  }

  /// Charges, unit by unit, for work whose amount is known only at run time. So an exhausted run has used exactly its
  /// limit.
  @inline(__always)
  mutating func chargeUnits(_ units: Int) throws(Trap) {
    gas &-= Int64(truncatingIfNeeded: units)
    if gas <= 0 {
      gas = 0
      throw .gasExhausted
    }
  }

  /// Charges, in one charge, for a row and for the work that the sizes of the operands determine.
  @inline(__always)
  mutating func charge(row: GasRow, _ work: BulkWork, _ count: Int) throws(Trap) {
    try charge(row.cost &+ work.units(count))
  }
}

// MARK: - Values

extension Machine {
  /// The kind of a value.
  @inline(__always)
  func kind(of value: Value) -> Kind { memory.kind(of: value) }

  /// The header of the object that a value refers to; nil if it is not a reference.
  @inline(__always)
  func header(of value: Value) -> ObjectHeader? { memory.header(of: value) }

  /// Whether a value is a String.
  @inline(__always)
  func isString(_ value: Value) -> Bool { memory.isString(value) }

  /// The value as a String, or `TypeMismatch`.
  @inline(__always)
  func string(_ value: Value) throws(Trap) -> StringView { try memory.string(value) }

  /// The value as an Array, or `TypeMismatch`.
  @inline(__always)
  func array(_ value: Value) throws(Trap) -> ArrayView { try memory.array(value) }

  /// The value as a Record, or `TypeMismatch`.
  @inline(__always)
  func record(_ value: Value) throws(Trap) -> RecordView { try memory.record(value) }

  /// The value as an Int, or `TypeMismatch`.
  @inline(__always)
  func integer(_ value: Value) throws(Trap) -> Int64 { try memory.integer(value) }

  /// The value as a Bool, or `TypeMismatch`.
  @inline(__always)
  func bool(_ value: Value) throws(Trap) -> Bool {
    guard value.isBool else { throw .typeMismatch }
    return value == .true
  }
}
