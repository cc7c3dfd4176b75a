import Compiler
import Engine
public import ProgramGeneration
import ReferenceEvaluator
import Synchronization
import TestSupport

/// A program in the engine and in the reference evaluator.
public struct Comparison {
  /// The visible results of a run.
  public struct Observation: Equatable, Sendable {
    /// The response, or the error's body.
    public let body: String
    /// The error's code, or nil for a value.
    public let error: String?
    /// Units used.
    public let gas: Int
    /// The most stack words that were in use at a time.
    public let stackPeak: Int
    /// The effects that were performed, in order, with their arguments.
    public let effects: [String]
  }

  /// A program or run on which the two disagree.
  public struct Disagreement: Error, CustomStringConvertible {
    /// The kind of disagreement.
    public enum Cause: Sendable {
      case rejected, refused, different
    }

    /// Whether the compiler rejects the program, the load check refuses its image, or the runs differ.
    public let cause: Cause
    /// The gas limit of the runs, or nil if there were none.
    public let gasLimit: Int?
    /// The engine's result.
    public let engine: String
    /// The reference evaluator's result.
    public let reference: String

    /// Both results, for people to read.
    public var description: String {
      "gas limit \(gasLimit.map { "\($0)" } ?? "none")\n  engine:    \(engine)\n  reference: \(reference)"
    }
  }

  /// The stack budget of all runs. It is small, so that deep recursion ends soon.
  public static let stackWords = 4096

  private let engine: LoadedGuest
  private let evaluator: Evaluator
  private let request: [UInt8]

  /// Compiles a program for both.
  ///
  /// - Throws: a disagreement if the compiler rejects the program, although the generator promises valid ones, or if
  ///   the load check refuses its image.
  public init(_ program: GeneratedProgram) throws(Disagreement) {
    try self.init(files: program.sources, request: program.request)
  }

  /// Compiles the files of a program. The entry file is `main.js`.
  public init(files: [String: String], request: String) throws(Disagreement) {
    let source = Array((files["main.js"] ?? "").utf8)
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: source) { path in
      ImportedFile(files[String(decoding: path, as: UTF8.self)].map { Array($0.utf8) })
    }
    guard let program = analysis.program,
      case .image(let image) = ProgramGenerator.build(program, sources: analysis.sources, options: .init(strips: true))
    else {
      let codes = analysis.diagnostics.map { "\($0.code)" }
      throw Disagreement(cause: .rejected, gasLimit: nil, engine: "rejected: \(codes)", reference: "")
    }
    // Every reservation collects, so objects that the engine fails to keep alive are noticed.
    let budgets = MachineLayout.Budgets(stackWords: Comparison.stackWords, heapBytes: 1 << 19, collectsAlways: true)
    do throws(ImageDefect) {
      engine = try LoadedGuest(checking: image, budgets: budgets)
    } catch {
      throw Disagreement(cause: .refused, gasLimit: nil, engine: "refused: \(error)", reference: "")
    }
    evaluator = Evaluator(program)
    self.request = Array(request.utf8)
  }

  /// Runs the program in the engine.
  public func runEngine(gasLimit: Int) -> Observation {
    var host = CannedHost()
    let result = engine.run(request: request, gasLimit: gasLimit) { host.reply(to: $0, $1) }
    return Observation(
      body: result.body, error: result.error, gas: result.gas, stackPeak: result.stackPeakWords, effects: host.calls)
  }

  /// Runs the program in the reference evaluator.
  public func runReference(gasLimit: Int) -> Observation {
    let host = Mutex(CannedHost())
    let outcome: ReferenceOutcome
    do throws(NoDeepStack) {
      outcome = try evaluator.run(
        request: request, gasLimit: Int64(gasLimit), stackWords: Comparison.stackWords,
        effects: { name, arguments in
          host.withLock { $0.reply(to: String(decoding: name, as: UTF8.self), arguments) }
        })
    } catch {
      fatalError("the reference evaluator gets no thread: error \(error.errorNumber)")
    }
    let body = String(decoding: outcome.body, as: UTF8.self)
    let effects = host.withLock { $0.calls }
    return Observation(
      body: body, error: outcome.error, gas: Int(outcome.gasUsed), stackPeak: outcome.stackPeakWords, effects: effects)
  }

  /// Runs both under a limit.
  ///
  /// - Returns: the engine's results. The evaluator has no heap, so a run of the engine that ends in `MemoryExhausted`
  ///   agrees with anything.
  public func compare(gasLimit: Int) throws(Disagreement) -> Observation {
    let (ours, theirs) = (runEngine(gasLimit: gasLimit), runReference(gasLimit: gasLimit))
    if ours != theirs, ours.error != "MemoryExhausted" {
      throw Disagreement(cause: .different, gasLimit: gasLimit, engine: "\(ours)", reference: "\(theirs)")
    }
    return ours
  }

  /// Runs both under the limits from 1 to one more than the program uses. A charge that reaches a limit reaches every
  /// limit up to the sum in the same way, so only the first and the last of these are tried.
  public func compareAllLimits(upTo gas: Int) throws(Disagreement) {
    var limit = 1
    while limit <= gas + 1 {
      let run = try compare(gasLimit: limit)
      limit = limit < run.gas ? run.gas : limit + 1
    }
  }
}
