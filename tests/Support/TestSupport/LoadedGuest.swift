public import Engine

/// An image that has passed the load check. It can run any number of times, each time in a separate region.
public struct LoadedGuest: Sendable {
  private let image: [UInt8]
  private let layout: MachineLayout

  /// An image from the compiler, which the load check must accept.
  public init(image: [UInt8], budgets: MachineLayout.Budgets = .standard) {
    do throws(ImageDefect) {
      try self.init(checking: image, budgets: budgets)
    } catch {
      preconditionFailure("the compiler made an image that the load check refuses: \(error)")
    }
  }

  /// Checks an image.
  public init(checking image: [UInt8], budgets: MachineLayout.Budgets) throws(ImageDefect) {
    let front = OwnedMemory(byteCount: image.count)
    front.memory.write(image.span, at: HeapOffset(0))
    try ImageCheck.check(front.memory, byteCount: image.count)
    self.image = image
    layout = MachineLayout(image: Image(front.memory), budgets: budgets)
  }

  /// Runs the image on a request of arbitrary bytes.
  public func run(
    request: [UInt8], gasLimit: Int = 100_000_000, keys: JSONKeyOrder = .canonical,
    effects: Guest.Performer = Guest.noEffects
  ) -> Guest.Result {
    withMachine(gasLimit: gasLimit) { machine in
      let outcome = machine.run(request: request.span, keys: keys) { call, machine in
        let arguments = machine.withArguments(of: call) { span in span.indices.map { span[$0] } }
        return effects(String(decoding: machine.name(of: call), as: UTF8.self), arguments)
      }
      let body = machine.memory.bytes(at: outcome.body, count: outcome.byteCount)
      return Guest.Result(
        body: String(decoding: body, as: UTF8.self), error: outcome.trap.map { "\($0.code)" },
        gas: Int(machine.gasUsed), stackPeakWords: machine.stackPeakWords, heapPeakBytes: machine.heapPeakBytes)
    }
  }

  /// Makes a machine in a separate region, which is freed when the call returns.
  public func withMachine<Value>(gasLimit: Int, _ body: (inout Machine) -> Value) -> Value {
    let region = OwnedMemory(byteCount: layout.end.bytes)
    region.memory.write(image.span, at: HeapOffset(0))
    var machine = Machine(
      memory: region.memory, image: Image(region.memory), layout: layout, gasLimit: Int64(gasLimit), seed: (0, 0, 0, 0))
    return body(&machine)
  }
}
