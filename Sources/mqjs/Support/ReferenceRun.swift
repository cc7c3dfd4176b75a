import CommandSupport
import Compiler
import Host
import ReferenceEvaluator

/// A program for the reference evaluator.
struct ReferenceRun {
  /// The program's syntax trees.
  let program: Program
  /// The image of the same program, for the machine.
  let image: [UInt8]

  /// Prepares a program that the compiler accepts and that calls no effects.
  ///
  /// - Throws: `ExitStatusReached` if the program has errors, or a refusal if it calls effects.
  init(_ file: ProgramFile) throws {
    image = try file.image()
    guard let program = file.analysis.program else { throw ExitStatusReached(status: .usage) }
    if !program.effects.isEmpty {
      throw CommandError(
        "the program calls effects, which the reference evaluator does not have", status: .refused,
        hint: "run it in the machine, with --grant")
    }
    self.program = program
  }

  /// Runs the program and prints the body.
  ///
  /// - Throws: `ExitStatusReached` if the run ended in a run-time error.
  func show(request: [UInt8], limits: LimitSettings) throws {
    let gasLimit: GasLimit
    do {
      gasLimit = try limits.gasLimit()
    } catch {
      try Console.put(error.body + [UInt8(ascii: "\n")])
      throw ExitStatusReached(status: .guestError)
    }
    let outcome = try ReferenceRun.evaluate(program, request: request, gasLimit: gasLimit)
    try Console.put(outcome.body + [UInt8(ascii: "\n")])
    if let code = outcome.error {
      Console.say(line: "\(Console.styled("error[\(code)]", .error)), according to the reference evaluator")
      throw ExitStatusReached(status: .guestError)
    }
  }

  /// Runs a program in the reference evaluator.
  ///
  /// - Throws: a fault if the system provides no thread.
  static func evaluate(
    _ program: Program, request: [UInt8], gasLimit: GasLimit, observer: ChargeObserver? = nil
  ) throws(CommandError) -> ReferenceOutcome {
    do throws(NoDeepStack) {
      return try Evaluator(program).run(request: request, gasLimit: gasLimit.units, observer: observer)
    } catch {
      throw CommandError(
        "the reference evaluator can't run: no thread is available (error \(error.errorNumber))", status: .fault,
        reason: "it needs a thread whose stack has at least 1 GiB of address space",
        hint: "raise the limits of threads and memory (ulimit -u, ulimit -v), or run the program in the machine")
    }
  }
}
