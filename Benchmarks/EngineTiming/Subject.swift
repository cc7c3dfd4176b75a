internal import Compiler
public import Engine
internal import Glibc

/// A program that can run repeatedly in the same memory. The memory has been touched before, so measurements show the
/// engine and not the system's page allocation.
public struct Subject {
  /// The name in results.
  public let name: String
  private let image: [UInt8]
  private let layout: MachineLayout
  private let request: [UInt8]

  /// A failure to prepare or run a program.
  public struct Failure: Error, CustomStringConvertible {
    /// One line of text.
    public let description: String

    /// A failure with this description.
    public init(description: String) { self.description = description }
  }

  /// Compiles a program of one file.
  ///
  /// - Parameters:
  ///   - request: the JSON of the request. A script needs none.
  ///   - budgets: stack and heap of each run.
  public init(
    name: String, source: String, request: String, budgets: MachineLayout.Budgets = .standard
  ) throws(Failure) {
    self.name = name
    self.request = Array(request.utf8)
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: Array(source.utf8))
    guard let compiled = analysis.program,
      case .image(let bytes) = ProgramGenerator.build(compiled, sources: analysis.sources, options: .init(strips: true))
    else { throw Failure(description: "\(name): the compiler rejects the program") }
    image = bytes
    let front = OwnedMemory(byteCount: bytes.count)
    front.memory.write(bytes.span, at: HeapOffset(0))
    layout = MachineLayout(image: Image(front.memory), budgets: budgets)
  }

  /// The memory that a run needs, in bytes.
  public var byteCount: Int { layout.end.bytes }

  /// The measurements of a run.
  public struct Measurement {
    /// Processor time.
    public let nanoseconds: Double
    /// Gas.
    public let units: Double
    /// The code of the error that ended the run, or nil for a value.
    public let error: String?
  }

  /// Runs the program once, until it ends or has used `gasLimit`. Only the run itself is timed.
  public func run(in memory: LinearMemory, gasLimit: Int64) -> Measurement {
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

/// The processor time of this thread, in nanoseconds.
private func processorTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
