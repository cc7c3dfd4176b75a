/// The interpreter: one loop over the instructions of the register machine.
///
/// What it works with most lies in locals: registers, next instruction, gas, stack words. Everything that is not the
/// common case of an instruction is a function of its own (`Interpreter+Operators.swift`, `Interpreter+Data.swift`,
/// `Interpreter+Calls.swift`) that works on the machine; `save` and `g = gas` stand around such calls.
extension Machine {
  /// Runs code until the frame at `registers`, whose return address is the `halt` instruction, returns.
  ///
  /// - Throws: the trap that ended the run. The machine then holds gas, peak and details.
  mutating func interpret(_ start: CodePointer, _ registers: Registers) throws(Trap) -> Value {
    let memory = self.memory
    let image = self.image
    let globals = layout.globals
    var r = registers
    var pc = start
    var g = gas
    var words = stackWords
    while true {
      let i = pc.instruction
      pc = pc.advanced(by: 1)
      if Machine.countsGas {
        g &-= Int64(truncatingIfNeeded: i.charge)
        if g <= 0 { throw exhaustion(i, pc, g, r) }
      }
      switch i.checkedOpcode {

      // MARK: Moving values

      case .halt:
        gas = g
        stackWords = words
        return r[0]
      case .charge:
        if Machine.countsGas {
          g &-= Int64(truncatingIfNeeded: i.wide)
          if g <= 0 { throw exhaustion(i, pc, g, r) }
        }
      case .move:
        r[i.a] = r[i.b]
      case .loadConstant:
        r[i.a] = image.constant(i.wide)
      case .loadInteger:
        r[i.a] = Value(small: i.signedWide)
      case .loadImmediate:
        r[i.a] = Value(bits: UInt64(truncatingIfNeeded: i.wide))
      case .loadGlobal:
        let value = Value(bits: memory[globals.advanced(words: i.wide)])
        if value == .uninitialized { throw trap(.uninitializedBinding, pc, g) }
        r[i.a] = value
      case .storeGlobal:
        memory[globals.advanced(words: i.wide)] = r[i.a].bits
      case .loadCapture:
        r[i.a] = FunctionView(memory, r[Frame.callee].offset)[i.b]
      case .loadCaptureCell:
        let cell = FunctionView(memory, r[Frame.callee].offset)[i.b].offset
        let value = Value(bits: memory[cell.advanced(words: 1)])
        if value == .uninitialized { throw trap(.uninitializedBinding, pc, g) }
        r[i.a] = value
      case .loadCallee:
        r[i.a] = r[Frame.callee]
      case .newCell:
        save(pc, g, r, words)
        try reserve(words: 2)
        r[i.a] = heap.makeCell(.uninitialized)
      case .storeCell:
        memory[r[i.a].offset.advanced(words: 1)] = r[i.b].bits
      case .loadCell:
        let value = Value(bits: memory[r[i.b].offset.advanced(words: 1)])
        if value == .uninitialized { throw trap(.uninitializedBinding, pc, g) }
        r[i.a] = value
      case .uninitialized:
        throw trap(.uninitializedBinding, pc, g)
      case .closure:
        save(pc, g, r, words)
        r[i.a] = try makeClosure(function: i.b, captures: r.advanced(by: i.c))

      // MARK: Operators

      case .add:
        let (left, right) = (r[i.b], r[i.c])
        let (sum, overflow) = left.addingInline(right)
        if left.bits & right.bits & 1 != 0 && !overflow {
          r[i.a] = sum
        } else {
          save(pc, g, r, words)
          r[i.a] = try addSlowly(left, right)
          g = gas
        }
      case .addImmediate:
        let left = r[i.b]
        let (sum, overflow) = left.addingInline(Value(small: i.signedC))
        if left.isInlineInteger && !overflow {
          r[i.a] = sum
        } else {
          save(pc, g, r, words)
          r[i.a] = try arithmetic(.add, left, Value(small: i.signedC))
        }
      case .subtract:
        let (left, right) = (r[i.b], r[i.c])
        let (difference, overflow) = left.subtractingInline(right)
        if left.bits & right.bits & 1 != 0 && !overflow {
          r[i.a] = difference
        } else {
          save(pc, g, r, words)
          r[i.a] = try arithmetic(.subtract, left, right)
        }
      case .multiply:
        let (left, right) = (r[i.b], r[i.c])
        let (product, overflow) = left.multipliedInline(right)
        if left.bits & right.bits & 1 != 0 && !overflow {
          r[i.a] = product
        } else {
          save(pc, g, r, words)
          r[i.a] = try arithmetic(.multiply, left, right)
        }
      case .divide:
        save(pc, g, r, words)
        r[i.a] = try arithmetic(.divide, r[i.b], r[i.c])
      case .remainder:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 && right.inlineInteger > 0 {
          r[i.a] = Value(inlineUnchecked: left.inlineInteger % right.inlineInteger)
        } else {
          save(pc, g, r, words)
          r[i.a] = try arithmetic(.remainder, left, right)
        }
      case .negate:
        save(pc, g, r, words)
        r[i.a] = try negate(r[i.b])
      case .not:
        let value = r[i.b]
        guard value.isBool else { throw trap(.typeMismatch, pc, g) }
        r[i.a] = Value(value == .false)
      case .less:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left.signedBits < right.signedBits)
        } else {
          save(pc, g, r, words)
          r[i.a] = Value(try order(left, right) < 0)
          g = gas
        }
      case .lessOrEqual:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left.signedBits <= right.signedBits)
        } else {
          save(pc, g, r, words)
          r[i.a] = Value(try order(left, right) <= 0)
          g = gas
        }
      case .equal:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left == right)
        } else {
          save(pc, g, r, words)
          r[i.a] = Value(try equal(left, right))
          g = gas
        }
      case .notEqual:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left != right)
        } else {
          save(pc, g, r, words)
          r[i.a] = Value(try !equal(left, right))
          g = gas
        }

      // MARK: Control flow

      case .jump:
        pc = pc.advanced(by: i.wide)
      case .jumpIfTrue:
        let value = r[i.a]
        guard value.isBool else { throw trap(.typeMismatch, pc, g) }
        if value == .true { pc = pc.advanced(by: i.wide) }
      case .jumpIfFalse:
        let value = r[i.a]
        guard value.isBool else { throw trap(.typeMismatch, pc, g) }
        if value == .false { pc = pc.advanced(by: i.wide) }
      case .jumpIfDefined:
        if r[i.a] != .undefined { pc = pc.advanced(by: i.wide) }
      case .jumpIfLess:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left.signedBits < right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try order(left, right) < 0 { pc = pc.advanced(by: i.c) }
          g = gas
        }
      case .jumpIfLessOrEqual:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left.signedBits <= right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try order(left, right) <= 0 { pc = pc.advanced(by: i.c) }
          g = gas
        }
      case .jumpIfEqual:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left == right { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try equal(left, right) { pc = pc.advanced(by: i.c) }
          g = gas
        }
      case .jumpIfNotEqual:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left != right { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try !equal(left, right) { pc = pc.advanced(by: i.c) }
          g = gas
        }
      case .jumpIfLessImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits < right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try order(left, right) < 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfLessOrEqualImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits <= right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try order(left, right) <= 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfGreaterImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits > right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try order(left, right) > 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfGreaterOrEqualImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits >= right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          save(pc, g, r, words)
          if try order(left, right) >= 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfEqualImmediate:
        // An Int that fits the operand is always inline, so equal values are equal words.
        if r[i.a] == Value(small: i.signedB) { pc = pc.advanced(by: i.c) }
      case .jumpIfNotEqualImmediate:
        if r[i.a] != Value(small: i.signedB) { pc = pc.advanced(by: i.c) }

      // MARK: Data

      case .checkText:
        guard hasText(r[i.a]) else { throw trap(.typeMismatch, pc, g) }
      case .template:
        save(pc, g, r, words)
        r[i.a] = try template(r, base: i.b, count: i.c)
        g = gas
      case .checkSpread:
        let header = header(of: r[i.a])
        guard let header, header.is(.array) || header.is(.string) else { throw trap(.typeMismatch, pc, g) }
      case .checkArray:
        guard let header = header(of: r[i.a]), header.is(.array) else { throw trap(.typeMismatch, pc, g) }
      case .checkRecord:
        guard let header = header(of: r[i.a]), header.is(.record) else { throw trap(.typeMismatch, pc, g) }
      case .checkKey:
        guard let header = header(of: r[i.a]), header.is(.string) else { throw trap(.typeMismatch, pc, g) }
      case .newArray:
        save(pc, g, r, words)
        r[i.a] = try makeArray(r.advanced(by: i.b), count: i.c)
      case .buildArray:
        save(pc, g, r, words)
        r[i.a] = try buildArray(r.advanced(by: i.b), pieces: image.constant(i.c))
        g = gas
      case .newRecord:
        save(pc, g, r, words)
        r[i.a] = try makeRecord(r.advanced(by: i.b), layout: image.constant(i.c))
      case .buildRecord:
        save(pc, g, r, words)
        r[i.a] = try buildRecord(r.advanced(by: i.b), pieces: image.constant(i.c))
        g = gas
      case .getField:
        let (object, key) = (r[i.b], image.constant(i.c))
        if let header = header(of: object), header.is(.record) {
          let record = RecordView(memory, object.offset)
          let index = record.shape.index(ofInterned: key)
          if index >= 0 {
            r[i.a] = record[index]
            continue
          }
        }
        save(pc, g, r, words)
        r[i.a] = try getFieldSlowly(object, key)
      case .getIndex:
        let (object, index) = (r[i.b], r[i.c])
        if index.isInlineInteger, let header = header(of: object), header.is(.array),
          index.bits >> 1 < UInt64(truncatingIfNeeded: header.first)
        {
          r[i.a] = ArrayView(memory, object.offset)[Int(truncatingIfNeeded: index.inlineInteger)]
        } else {
          save(pc, g, r, words)
          r[i.a] = try getIndexSlowly(object, index)
          g = gas
        }
      case .takeField:
        save(pc, g, r, words)
        let record = try record(r[i.b])
        r[i.a] = try field(image.constant(i.c), of: record)
      case .takeFieldOrUndefined:
        save(pc, g, r, words)
        let record = try record(r[i.b])
        let index = record.shape.index(ofInterned: image.constant(i.c))
        r[i.a] = index < 0 ? .undefined : record[index]
      case .takeComputed:
        save(pc, g, r, words)
        r[i.a] = try takeComputed(r[i.b], r[i.c])
        g = gas
      case .takeComputedOrUndefined:
        save(pc, g, r, words)
        r[i.a] = try takeComputedOrUndefined(r[i.b], r[i.c])
        g = gas
      case .takeElement:
        save(pc, g, r, words)
        r[i.a] = try takeElement(r[i.b], i.c)
      case .takeElementOrUndefined:
        save(pc, g, r, words)
        let array = try array(r[i.b])
        r[i.a] = i.c < array.count ? array[i.c] : .undefined
      case .takeRestElements:
        save(pc, g, r, words)
        r[i.a] = try takeRestElements(of: r, i.b, from: i.c)
        g = gas
      case .takeRestFields:
        save(pc, g, r, words)
        r[i.a] = try takeRestFields(of: r, i.a, except: i.b, count: i.c)
        g = gas

      // MARK: Calls

      case .callFunction:
        let entry = image.function(i.c)
        words &-= entry.stackWords
        if words < leastStackWords {
          if words < 0 { throw trap(.stackExhausted, pc, g) }
          leastStackWords = words
        }
        let callee = r.advanced(by: i.a)
        callee.link(callee: .undefined, distance: i.a, return: memory.offset(of: pc))
        r = callee
        pc = memory.code(at: image.code.advanced(words: entry.firstInstruction))
      case .call:
        save(pc, g, r, words)
        (r, pc) = try call(r, pc, base: i.a, count: i.b)
        g = gas
        words = stackWords
      case .tailCallFunction:
        let entry = image.function(i.c)
        words = words &+ i.b &- entry.stackWords
        if words < leastStackWords {
          if words < 0 { throw trap(.stackExhausted, pc, g) }
          leastStackWords = words
        }
        r.moveArguments(from: i.a, count: entry.parameterCount)
        r[Frame.callee] = .undefined
        pc = memory.code(at: image.code.advanced(words: entry.firstInstruction))
      case .return:
        words &+= i.b
        let value = r[i.a]
        pc = memory.code(at: r.returnAddress)
        let distance = r.callerDistance
        r[0] = value
        r = r.advanced(by: 0 &- distance)
      case .resume:
        save(pc, g, r, words)
        (r, pc) = try resume(r)
        g = gas
        words = stackWords
      case .throw:
        trapDetail = (r[i.a], .undefined)
        throw trap(.thrown, pc, g)
      case .arityMismatch:
        throw trap(.arityMismatch, pc, g)
      default:
        save(pc, g, r, words)
        (r, pc) = try perform(i, r, pc)
        g = gas
        words = stackWords
      }
    }
  }

  /// Whether instructions are charged. Only `make bench-metering` builds an engine in which they are not, to measure what
  /// that costs.
  @inline(__always)
  private static var countsGas: Bool {
    #if UNMETERED
    false
    #else
    true
    #endif
  }

  /// Writes the locals that others need back to the machine.
  @inline(__always)
  private mutating func save(_ pc: CodePointer, _ remaining: Int64, _ r: Registers, _ words: Int) {
    gas = remaining
    site = memory.offset(of: pc)
    frame = memory.offset(of: r)
    stackWords = words
  }

  /// Saves, for a trap of an instruction that has done nothing yet.
  @inline(never)
  private mutating func trap(_ trap: Trap, _ pc: CodePointer, _ remaining: Int64) -> Trap {
    gas = remaining
    site = memory.offset(of: pc)
    return trap
  }

  /// Finds the first of an instruction's charges that reaches the limit: there the run ends.
  @inline(never)
  private mutating func exhaustion(
    _ instruction: Instruction, _ pc: CodePointer, _ remaining: Int64, _ r: Registers
  ) -> Trap {
    save(pc, remaining, r, stackWords)
    let index = (site.bytes &- image.code.bytes) >> 3 &- 1
    let total = instruction.opcode == .charge ? instruction.wide : instruction.charge
    let table = ChargeTable(memory: memory, offset: image.charges)
    let charges = table.charges(ofInstruction: index, total: total)
    gas = remaining &+ Int64(total)
    for step in 0..<charges.count {
      let isOwn = step == charges.count &- 1
      let units = isOwn ? ownCharge(of: instruction, charging: charges[step], r) : charges[step]
      gas &-= Int64(units)
      if gas <= 0 { break }
    }
    return .gasExhausted
  }
}

extension Value {
  /// The word as a signed number; inline integers have the order of these.
  @inline(__always)
  var signedBits: Int64 { Int64(bitPattern: bits) }

  /// The sum of two inline integers; meaningless if either is not one.
  @inline(__always)
  func addingInline(_ other: Value) -> (Value, overflow: Bool) {
    let (sum, overflow) = signedBits.addingReportingOverflow(other.signedBits &- 1)
    return (Value(bits: UInt64(bitPattern: sum)), overflow)
  }

  /// The difference of two inline integers; meaningless if either is not one.
  @inline(__always)
  func subtractingInline(_ other: Value) -> (Value, overflow: Bool) {
    let (difference, overflow) = signedBits.subtractingReportingOverflow(other.signedBits &- 1)
    return (Value(bits: UInt64(bitPattern: difference)), overflow)
  }

  /// The product of two inline integers; meaningless if either is not one.
  @inline(__always)
  func multipliedInline(_ other: Value) -> (Value, overflow: Bool) {
    let (product, overflow) = (signedBits &- 1).multipliedReportingOverflow(by: other.signedBits >> 1)
    return (Value(bits: UInt64(bitPattern: product | 1)), overflow)
  }
}
