internal import Compiler
internal import Engine

/// A request, its budgets, the results of its effects, and the gas limits under which it runs, one after another.
struct Run {
  /// A recorded call of an effect.
  struct Call {
    let name: [UInt8]
    let reply: Reply
    /// The canonical CBOR of the result; empty for other replies.
    let result: [UInt8]
  }

  /// The kinds of replies of a host.
  enum Reply: UInt8 {
    case result = 0
    case notGranted = 1
    case invalidArgument = 2
    case continuationMismatch = 3
  }

  private let request: [UInt8]
  private let seed: (UInt64, UInt64, UInt64, UInt64)
  private let heapBytes: UInt64
  private let stackWords: UInt64
  private let collectsAlways: Bool
  private let fill: UInt64
  private let calls: [Call]
  private let gasLimits: [UInt64]

  /// The request; the seed as four words; the heap budget in bytes and the stack budget in words; a byte that is not 0 if
  /// every reservation of memory is to collect; a number from which the memory is filled with random bytes, or 0; a list
  /// of calls (name, kind of reply, result); a list of gas limits.
  init(_ reader: inout MessageReader) {
    request = reader.text()
    seed = (reader.number(), reader.number(), reader.number(), reader.number())
    heapBytes = reader.number()
    stackWords = reader.number()
    collectsAlways = reader.byte() != 0
    fill = reader.number()
    calls = reader.list { reader in
      let name = reader.text()
      let reply = Reply(rawValue: reader.byte())
      let result = reader.text()
      if reply == nil { reader.refuse() }
      return Call(name: name, reply: reply ?? .notGranted, result: result)
    }
    gasLimits = reader.list { $0.number() }
  }

  /// The largest region that a run may ask for. Pointers of 32 bits reach 4 GiB, which the snapshot, the compiler and the
  /// answers share; a region of 1 GiB fits beside them.
  private static let maximumRegion = Int.bitWidth == 32 ? 1 << 30 : 1 << 36

  /// Runs the image under each limit. If `hashes`, the answer begins with the image's hash.
  ///
  /// Each outcome is: the error's code, empty for a value; the body and its SHA-256; gas used; the peaks of heap and
  /// stack; the number of effects that were called.
  func answer(image: [UInt8], hashes: Bool) -> [UInt8] {
    guard
      (UInt64(MachineLayout.Budgets.heapRange.lowerBound)...UInt64(MachineLayout.Budgets.heapRange.upperBound))
        .contains(heapBytes)
    else { return Portable.refusal("HeapLimitOutOfRange") }
    guard
      (UInt64(MachineLayout.Budgets.stackRange.lowerBound)...UInt64(MachineLayout.Budgets.stackRange.upperBound))
        .contains(stackWords)
    else { return Portable.refusal("StackLimitOutOfRange") }
    for limit in gasLimits where limit < 1 || limit > UInt64(Machine.maximumGasLimit) {
      return Portable.refusal("GasLimitOutOfRange")
    }
    // The region holds both semispaces and the stack twice.
    if 2 * heapBytes + 16 * stackWords + UInt64(image.count) > UInt64(Run.maximumRegion) - (16 << 20) {
      return Portable.refusal("MemoryUnavailable")
    }
    let front = OwnedMemory(byteCount: image.count)
    front.memory.write(image.span, at: HeapOffset(0))
    do throws(ImageDefect) {
      try ImageCheck.check(front.memory, byteCount: image.count)
    } catch {
      return Portable.refusal("DefectiveSnapshot")
    }
    let budgets = MachineLayout.Budgets(
      stackWords: Int(stackWords), heapBytes: Int(heapBytes), collectsAlways: collectsAlways)
    let layout = MachineLayout(image: Image(front.memory), budgets: budgets)
    let region = OwnedMemory(byteCount: layout.end.bytes)
    region.memory.write(image.span, at: HeapOffset(0))
    if fill != 0 { fillUnused(region.memory, layout) }
    var writer = MessageWriter()
    writer.put(byte: Portable.AnswerStatus.success.rawValue)
    if hashes { writer.put(text: Run.hash(of: image)) }
    writer.put(count: gasLimits.count)
    for limit in gasLimits { run(region.memory, layout, gasLimit: Int64(limit), into: &writer) }
    return writer.bytes
  }

  private func run(
    _ memory: LinearMemory, _ layout: MachineLayout, gasLimit: Int64, into writer: inout MessageWriter
  ) {
    var machine = Machine(memory: memory, image: Image(memory), layout: layout, gasLimit: gasLimit, seed: seed)
    var callCount = 0
    let outcome = machine.run(request: request.span) { call, machine in
      defer { callCount += 1 }
      guard callCount < calls.count, calls[callCount].name == machine.name(of: call) else { return .notGranted }
      switch calls[callCount].reply {
      case .result: return .result(calls[callCount].result)
      case .notGranted: return .notGranted
      case .invalidArgument: return .invalidArgument
      case .continuationMismatch: return .continuationMismatch
      }
    }
    let body = memory.bytes(at: outcome.body, count: outcome.byteCount)
    if let trap = outcome.trap { writer.put(text: trap.code) } else { writer.put(text: "") }
    writer.put(text: body)
    writer.put(text: Run.hash(of: body))
    let figures = machine.figures
    writer.put(number: UInt64(figures.gasUsed))
    writer.put(number: UInt64(figures.heapPeakBytes))
    writer.put(number: UInt64(figures.stackPeakWords))
    writer.put(count: callCount)
    let written = WrittenMemory(of: machine)
    for range in [
      written.globals, written.frames, written.workLists, written.stackEnd, written.liveness, written.heaps.0,
      written.heaps.1,
    ] {
      memory.clear(range.lowerBound, byteCount: range.upperBound.bytes - range.lowerBound.bytes)
    }
  }

  /// Fills the heap and the stack with bytes that nobody may depend on. Global slots stay 0, as does the table of
  /// liveness, because 0 has a meaning there.
  private func fillUnused(_ memory: LinearMemory, _ layout: MachineLayout) {
    var state = fill
    for range in [layout.stack..<layout.liveness, layout.heap..<layout.end] {
      var offset = range.lowerBound
      while offset < range.upperBound {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        memory[offset] = state
        offset = offset.advanced(words: 1)
      }
    }
  }

  private static func hash(of bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.add(bytes)
    return hash.digest()
  }
}

extension Portable {
  /// An answer with the listing of a snapshot's code.
  static func listing(of image: [UInt8]) -> [UInt8] {
    let memory = OwnedMemory(byteCount: image.count)
    memory.memory.write(image.span, at: HeapOffset(0))
    do throws(ImageDefect) {
      try ImageCheck.check(memory.memory, byteCount: image.count)
    } catch {
      return refusal("DefectiveSnapshot")
    }
    var writer = MessageWriter()
    writer.put(byte: AnswerStatus.success.rawValue)
    writer.put(text: Disassembler.listing(of: image))
    return writer.bytes
  }
}
