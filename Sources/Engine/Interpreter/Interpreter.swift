/// The interpreter: one loop over the instructions of the register machine.
///
/// The values that it uses most are in local variables: registers, next instruction, gas, stack words. The loop handles
/// the common case of each instruction. The other cases are functions (`Interpreter+Operators.swift`,
/// `Interpreter+Data.swift`, `Interpreter+Calls.swift`), called through one of the contracts of `RunningMachine`, which
/// keep the local variables and the machine consistent.
extension RunningMachine {
  /// Runs code until the frame at `registers`, whose return address is the `halt` instruction, returns.
  mutating func interpret(_ start: CodePointer, _ registers: Registers) throws(Trap) -> Value {
    let memory = self.memory
    let image = self.image
    let globals = self.globals
    var r = registers
    var pc = start
    var g = savedGas
    var words = savedStackWords
    while true {
      let i = pc.instruction
      pc = pc.advanced(by: 1)
      if RunningMachine.countsGas {
        g &-= Int64(truncatingIfNeeded: i.charge)
        if g <= 0 { throw exhaustion(i, pc, g, r) }
      }
      switch i.checkedOpcode {

      // MARK: Moving values

      case .halt:
        finish(g, words)
        return r[0]
      case .charge:
        if RunningMachine.countsGas {
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
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.newCell() }
      case .storeCell:
        memory[r[i.a].offset.advanced(words: 1)] = r[i.b].bits
      case .loadCell:
        let value = Value(bits: memory[r[i.b].offset.advanced(words: 1)])
        if value == .uninitialized { throw trap(.uninitializedBinding, pc, g) }
        r[i.a] = value
      case .uninitialized:
        throw trap(.uninitializedBinding, pc, g)
      case .closure:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in
          try m.makeClosure(function: i.b, captures: r.advanced(by: i.c))
        }

      // MARK: Operators

      case .add:
        let (left, right) = (r[i.b], r[i.c])
        let (sum, overflow) = left.addingInline(right)
        if left.bits & right.bits & 1 != 0 && !overflow {
          r[i.a] = sum
        } else {
          r[i.a] =
            memory.areStrings(left, right)
            ? try charging(pc, &g, r, words) { m throws(Trap) in try m.addStrings(left, right) }
            : try uncharged(pc, g, r, words) { m throws(Trap) in try m.arithmetic(.add, left, right) }
        }
      case .addImmediate:
        let left = r[i.b]
        let (sum, overflow) = left.addingInline(Value(small: i.signedC))
        if left.isInlineInteger && !overflow {
          r[i.a] = sum
        } else {
          r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in
            try m.arithmetic(.add, left, Value(small: i.signedC))
          }
        }
      case .subtract:
        let (left, right) = (r[i.b], r[i.c])
        let (difference, overflow) = left.subtractingInline(right)
        if left.bits & right.bits & 1 != 0 && !overflow {
          r[i.a] = difference
        } else {
          r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.arithmetic(.subtract, left, right) }
        }
      case .multiply:
        let (left, right) = (r[i.b], r[i.c])
        let (product, overflow) = left.multipliedInline(right)
        if left.bits & right.bits & 1 != 0 && !overflow {
          r[i.a] = product
        } else {
          r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.arithmetic(.multiply, left, right) }
        }
      case .divide:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.arithmetic(.divide, r[i.b], r[i.c]) }
      case .remainder:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 && right.inlineInteger > 0 {
          r[i.a] = Value(inlineUnchecked: left.inlineInteger % right.inlineInteger)
        } else {
          r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.arithmetic(.remainder, left, right) }
        }
      case .negate:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.negate(r[i.b]) }
      case .not:
        let value = r[i.b]
        guard value.isBool else { throw trap(.typeMismatch, pc, g) }
        r[i.a] = Value(value == .false)
      case .less:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left.signedBits < right.signedBits)
        } else {
          r[i.a] = Value(try charging(pc, &g, r, words) { m throws(Trap) in try m.order(left, right) } < 0)
        }
      case .lessOrEqual:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left.signedBits <= right.signedBits)
        } else {
          r[i.a] = Value(try charging(pc, &g, r, words) { m throws(Trap) in try m.order(left, right) } <= 0)
        }
      case .equal:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left == right)
        } else {
          r[i.a] = Value(try charging(pc, &g, r, words) { m throws(Trap) in try m.equal(left, right) })
        }
      case .notEqual:
        let (left, right) = (r[i.b], r[i.c])
        if left.bits & right.bits & 1 != 0 {
          r[i.a] = Value(left != right)
        } else {
          r[i.a] = Value(try !charging(pc, &g, r, words) { m throws(Trap) in try m.equal(left, right) })
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
          let order = try charging(pc, &g, r, words) { m throws(Trap) in try m.order(left, right) }
          if order < 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfLessOrEqual:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left.signedBits <= right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          let order = try charging(pc, &g, r, words) { m throws(Trap) in try m.order(left, right) }
          if order <= 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfEqual:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left == right { pc = pc.advanced(by: i.c) }
        } else {
          let areEqual = try charging(pc, &g, r, words) { m throws(Trap) in try m.equal(left, right) }
          if areEqual { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfNotEqual:
        let (left, right) = (r[i.a], r[i.b])
        if left.bits & right.bits & 1 != 0 {
          if left != right { pc = pc.advanced(by: i.c) }
        } else {
          let areEqual = try charging(pc, &g, r, words) { m throws(Trap) in try m.equal(left, right) }
          if !areEqual { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfLessImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits < right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          let order = try uncharged(pc, g, r, words) { m throws(Trap) in try m.orderOfNumbers(left, right) }
          if order < 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfLessOrEqualImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits <= right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          let order = try uncharged(pc, g, r, words) { m throws(Trap) in try m.orderOfNumbers(left, right) }
          if order <= 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfGreaterImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits > right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          let order = try uncharged(pc, g, r, words) { m throws(Trap) in try m.orderOfNumbers(left, right) }
          if order > 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfGreaterOrEqualImmediate:
        let (left, right) = (r[i.a], Value(small: i.signedB))
        if left.isInlineInteger {
          if left.signedBits >= right.signedBits { pc = pc.advanced(by: i.c) }
        } else {
          let order = try uncharged(pc, g, r, words) { m throws(Trap) in try m.orderOfNumbers(left, right) }
          if order >= 0 { pc = pc.advanced(by: i.c) }
        }
      case .jumpIfEqualImmediate:
        // An Int that fits the operand is always inline, so equal values have equal words.
        if r[i.a] == Value(small: i.signedB) { pc = pc.advanced(by: i.c) }
      case .jumpIfNotEqualImmediate:
        if r[i.a] != Value(small: i.signedB) { pc = pc.advanced(by: i.c) }

      // MARK: Data

      case .checkText:
        let value = r[i.a]
        if !value.isInlineInteger { try uncharged(pc, g, r, words) { m throws(Trap) in try m.checkText(value) } }
      case .template:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.template(r, base: i.b, count: i.c) }
      case .checkSpread:
        let header = memory.header(of: r[i.a])
        guard let header, header.is(.array) || header.is(.string) else { throw trap(.typeMismatch, pc, g) }
      case .checkArray:
        guard let header = memory.header(of: r[i.a]), header.is(.array) else { throw trap(.typeMismatch, pc, g) }
      case .checkRecord:
        guard let header = memory.header(of: r[i.a]), header.is(.record) else { throw trap(.typeMismatch, pc, g) }
      case .checkKey:
        guard let header = memory.header(of: r[i.a]), header.is(.string) else { throw trap(.typeMismatch, pc, g) }
      case .newArray:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.makeArray(r.advanced(by: i.b), count: i.c) }
      case .buildArray:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in
          try m.buildArray(r.advanced(by: i.b), pieces: image.constant(i.c))
        }
      case .newRecord:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in
          try m.makeRecord(r.advanced(by: i.b), layout: image.constant(i.c))
        }
      case .buildRecord:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in
          try m.buildRecord(r.advanced(by: i.b), pieces: image.constant(i.c))
        }
      case .getField:
        let (object, key) = (r[i.b], image.constant(i.c))
        if let header = memory.header(of: object), header.is(.record) {
          let record = RecordView(memory, object.offset)
          let shape = record.shape
          let index = shape.isLarge ? -1 : shape.index(ofInterned: key)
          if index >= 0 {
            r[i.a] = record[index]
            continue
          }
        }
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.getFieldSlowly(object, key) }
      case .getIndex:
        let (object, index) = (r[i.b], r[i.c])
        if index.isInlineInteger, let header = memory.header(of: object), header.is(.array),
          index.bits >> 1 < UInt64(truncatingIfNeeded: header.first)
        {
          r[i.a] = ArrayView(memory, object.offset)[Int(truncatingIfNeeded: index.inlineInteger)]
        } else {
          r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.getIndexSlowly(object, index) }
        }
      case .takeField:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.takeField(r[i.b], image.constant(i.c)) }
      case .takeFieldOrUndefined:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in
          try m.takeFieldOrUndefined(r[i.b], image.constant(i.c))
        }
      case .takeComputed:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.takeComputed(r[i.b], r[i.c]) }
      case .takeComputedOrUndefined:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.takeComputedOrUndefined(r[i.b], r[i.c]) }
      case .takeElement:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.takeElement(r[i.b], i.c) }
      case .takeElementOrUndefined:
        r[i.a] = try uncharged(pc, g, r, words) { m throws(Trap) in try m.takeElementOrUndefined(r[i.b], i.c) }
      case .takeRestElements:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in try m.takeRestElements(of: r, i.b, from: i.c) }
      case .takeRestFields:
        r[i.a] = try charging(pc, &g, r, words) { m throws(Trap) in
          try m.takeRestFields(of: r, i.a, except: i.b, count: i.c)
        }

      // MARK: Calls

      case .prepareMethod:
        try charging(pc, &g, r, words) { m throws(Trap) in try m.prepareMethod(r, base: i.a, receiver: r[i.b], key: i.c)
        }
      case .callFunction:
        let entry = image.function(i.c)
        words &-= entry.stackWords
        try noteStackWords(words, pc, g)
        let callee = r.advanced(by: i.a)
        callee.link(callee: .undefined, distance: i.a, return: memory.offset(of: pc))
        r = callee
        pc = memory.code(at: image.code.advanced(words: entry.firstInstruction))
      case .call:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.call(r, pc, base: i.a, count: i.b) }
      case .callSpread:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.callSpread(r, pc, base: i.a) }
      case .callMethod:
        let arguments = Arguments(registers: r.advanced(by: i.a), count: i.b)
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.callMethod(arguments, r, pc) }
      case .callMethodSpread:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.callMethod(m.spreadArguments(r, i.a), r, pc)
        }
      case .callBuiltin:
        let arguments = Arguments(registers: r.advanced(by: i.a), count: i.b)
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.callBuiltin(i.c, arguments, r, pc) }
      case .callBuiltinSpread:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in
          try m.callBuiltin(i.c, m.spreadArguments(r, i.a), r, pc)
        }
      case .callEffect:
        let name = StringView(memory, image.constant(i.c).offset)
        let arguments = Arguments(registers: r.advanced(by: i.a), count: i.b)
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.callEffect(named: name, arguments, r, pc) }
      case .callEffectSpread:
        let name = StringView(memory, image.constant(i.c).offset)
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in
          try m.callEffect(named: name, m.spreadArguments(r, i.a), r, pc)
        }
      case .tailCallFunction:
        let entry = image.function(i.c)
        words = words &+ i.b &- entry.stackWords
        try noteStackWords(words, pc, g)
        r.moveArguments(from: i.a, count: entry.parameterCount)
        r[Frame.callee] = .undefined
        pc = memory.code(at: image.code.advanced(words: entry.firstInstruction))
      case .tailCall:
        let arguments = Arguments(registers: r.advanced(by: i.a), count: i.b)
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.tailCall(arguments, r, pc, ownWords: i.c) }
      case .tailCallSpread:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in
          try m.tailCall(m.spreadArguments(r, i.a), r, pc, ownWords: i.c)
        }
      case .tailCallMethod:
        let arguments = Arguments(registers: r.advanced(by: i.a), count: i.b)
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in
          try m.tailCallMethod(arguments, r, pc, ownWords: i.c)
        }
      case .tailCallMethodSpread:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in
          try m.tailCallMethod(m.spreadArguments(r, i.a), r, pc, ownWords: i.c)
        }
      case .restArguments:
        try charging(pc, &g, r, words) { m throws(Trap) in try m.chargeRestArguments(r[i.a]) }
      case .return:
        words &+= i.b
        let value = r[i.a]
        pc = memory.code(at: r.returnAddress)
        let distance = r.callerDistance
        r[0] = value
        r = r.advanced(by: 0 &- distance)
      case .resume:
        (r, pc) = try calling(pc, &g, r, &words) { m throws(Trap) in try m.resume(r) }
      case .throw:
        throw thrown(r[i.a], pc, g)
      }
    }
  }

  /// Whether instructions are charged. Only `make bench-metering` builds an engine that does not charge, to measure the
  /// cost of charging.
  @inline(__always)
  private static var countsGas: Bool {
    #if UNMETERED
    false
    #else
    true
    #endif
  }
}
