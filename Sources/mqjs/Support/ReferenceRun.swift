import CommandSupport
import Compiler
import Host
import ReferenceEvaluator

/// A program in the hands of the reference evaluator.
struct ReferenceRun {
  /// The program's trees.
  let program: Program
  /// What the machine has instead of them.
  let image: [UInt8]

  /// Takes a program that the compiler accepts and that calls no effects.
  ///
  /// - Throws: the end of the command, or a refusal if it names effects.
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

  /// Runs the program, prints the body, and says what the exit status is.
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

  /// What the reference evaluator makes of a program.
  ///
  /// - Throws: a fault if the system gives it no thread.
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
