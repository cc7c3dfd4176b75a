// Invariants of the frames on the stack, and of their registers, while code runs.

extension Machine {
  /// Checks the headers of all frames, from the running one to the first, and has `walk` visit their live registers.
  ///
  /// Call this only where a collection may happen: there the frame and the instruction have been written back.
  func checkFrames(_ walk: inout HeapWalk) throws(InvariantViolation) {
    let first = layout.stack.advanced(words: Frame.headerWords)
    var live = LiveRegisters(image, layout)
    var offset = frame
    var next = programCounter
    var result: Int?
    while true {
      guard first <= offset, offset < layout.liveness, offset.bytes & 7 == 0 else {
        throw InvariantViolation(.frameIsInStack, at: offset)
      }
      let registers = memory.registers(at: offset)
      try checkRegisters(registers, next, result, &live, &walk)
      let (address, distance) = (registers.returnAddress, registers.callerDistance)
      if offset == first {
        // The caller of the first frame is the host.
        guard address == image.code, distance == 0 else { throw InvariantViolation(.chainEndsAtFirstFrame, at: offset) }
        return
      }
      guard registers[Frame.callerDistance].isInlineInteger,
        (Frame.headerWords...Frame.maximumRegisters).contains(distance)
      else { throw InvariantViolation(.frameDistanceFitsCall, at: offset) }
      let caller = registers.advanced(by: 0 &- distance)
      guard registers[Frame.returnAddress].isInlineInteger, returns(to: address, in: caller) else {
        throw InvariantViolation(.returnAddressIsBehindCall, at: offset)
      }
      guard isBegun(at: distance, byCallBefore: address, in: caller) else {
        throw InvariantViolation(.frameDistanceFitsCall, at: offset)
      }
      (offset, next, result) = (memory.offset(of: caller), address, distance)
    }
  }

  /// Whether a frame can return to an address: in a built-in, to the `resume` instruction; in a function, to the
  /// instruction after a call.
  private func returns(to address: HeapOffset, in caller: Registers) -> Bool {
    if isBuiltinFrame(caller) { return address == image.code.advanced(words: 1) }
    return instruction(before: address)?.checkedOpcode.behavior.calls == true
  }

  /// Whether the call before an address begins a frame at this distance from its own.
  private func isBegun(at distance: Int, byCallBefore address: HeapOffset, in caller: Registers) -> Bool {
    if isBuiltinFrame(caller) { return distance == BuiltinFrame.callbackBase }
    return instruction(before: address)?.a == distance
  }

  /// The instruction before an address; nil if there is none in the code.
  private func instruction(before address: HeapOffset) -> Instruction? {
    let index = (address.bytes &- image.code.bytes) >> 3 &- 1
    guard address.bytes & 7 == 0, (0..<image.instructionCount).contains(index) else { return nil }
    return image.instruction(index)
  }

  /// Checks the callee of a frame, and the registers that may still be read.
  ///
  /// - Parameters:
  ///   - next: where the frame continues.
  ///   - result: the register that receives the result of the call that the frame waits for; nil for the running frame.
  private func checkRegisters(
    _ registers: Registers, _ next: HeapOffset, _ result: Int?, _ live: inout LiveRegisters, _ walk: inout HeapWalk
  ) throws(InvariantViolation) {
    let offset = memory.offset(of: registers)
    func visit(_ register: Int) throws(InvariantViolation) {
      let place = offset.advanced(words: register)
      do throws(InvariantViolation) { try walk.visit(registers[register], in: .register, at: place) } catch {
        // If an object is wrong, the violation names the object.
        throw error.offset == place ? InvariantViolation(.registerHoldsValue, at: place) : error
      }
    }
    if isBuiltinFrame(registers) {
      for register in 0..<BuiltinFrame.stateCount { try visit(register) }
      if result != nil { return }
      try visit(BuiltinFrame.stateCount)
      for register in BuiltinFrame.callbackBase..<BuiltinFrame.registerCount { try visit(register) }
      return
    }
    let index = (next.bytes &- image.code.bytes) >> 3
    guard next.bytes & 7 == 0, (1..<image.instructionCount).contains(index) else {
      throw InvariantViolation(.calleeFitsCode, at: offset)
    }
    // A frame that waits for a call continues after it; the running frame is at its instruction.
    let read = result == nil ? live.registers(before: index &- 1) : live.registers(before: index)
    for register in read where register != result { try visit(register) }
    let callee = registers[Frame.callee]
    if callee.isReference && callee != .uninitialized && read.contains(Frame.callee) {
      guard ObjectHeader(bits: memory[callee.offset]).is(.function),
        image.function(FunctionView(memory, callee.offset).functionIndex).instructions.contains(index &- 1)
      else { throw InvariantViolation(.calleeFitsCode, at: offset) }
    }
  }
}

extension FunctionEntry {
  /// The function's instructions, as indices into the code.
  fileprivate var instructions: Range<Int> { firstInstruction..<firstInstruction &+ instructionCount }
}
