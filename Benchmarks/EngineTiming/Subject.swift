import Compiler
import Engine
import Glibc

/// A program that can be run again and again in the same memory, which has been touched before: what is measured is the
/// engine, not the system's handing out of pages.
struct Subject {
  let name: String
  private let image: [UInt8]
  private let layout: MachineLayout
  private let request: [UInt8]

  /// What went wrong while a program was prepared.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  init(_ program: AdversaryProgram) throws {
    name = program.name
    request = Array(program.request.utf8)
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: Array(program.source.utf8)) { _ in nil }
    guard let compiled = analysis.program,
      case .image(let bytes) = ProgramGenerator.build(compiled, sources: analysis.sources, options: .init(strips: true))
    else { throw Failure(description: "\(program.name): the compiler rejects the program") }
    image = bytes
    let front = OwnedMemory(byteCount: bytes.count)
    front.memory.write(bytes.span, at: HeapOffset(0))
    layout = MachineLayout(image: Image(front.memory), budgets: .standard)
  }

  /// Bytes of memory that a run takes.
  var byteCount: Int { layout.end.bytes }

  /// What a run took.
  struct Measurement {
    var nanoseconds: Double
    var units: Double
    let error: String?
  }

  /// Runs the program once, until it ends or has used `gasLimit`. Only the run itself is timed.
  func run(in memory: LinearMemory, gasLimit: Int64) -> Measurement {
    memory.clear(HeapOffset(0), byteCount: layout.end.bytes)
    memory.write(image.span, at: HeapOffset(0))
    var machine = Machine(
      memory: memory, image: Image(memory), layout: layout, gasLimit: gasLimit, seed: (0, 0, 0, 0))
    let start = processorTime()
    let outcome = machine.run(request: request.span)
    let time = processorTime() - start
    return Measurement(
      nanoseconds: time, units: Double(machine.gasUsed), error: outcome.trap.map { "\($0.code)" })
  }
}

/// Nanoseconds that this thread has run.
private func processorTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
