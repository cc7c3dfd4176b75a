public import Engine
import ReferenceEvaluator

/// Compares the engine with the reference evaluator: body, error and gas must be the same.
public struct Agreement {
  private let evaluator: Evaluator
  private let effects: Guest.Performer
  private let image: [UInt8]

  /// Compiles a program of several files.
  ///
  /// - Parameter effects: the host's replies to calls of effects.
  public init(
    _ files: [String: String], entry: String, effects: @escaping Guest.Performer = Guest.noEffects
  ) throws(Guest.Rejected) {
    self.effects = effects
    image = try Guest.image(files, entry: entry)
    evaluator = Evaluator(try Guest.program(files, entry: entry))
  }

  /// Compiles a program of one file.
  public init(_ source: String, effects: @escaping Guest.Performer = Guest.noEffects) throws(Guest.Rejected) {
    try self.init(["main.js": source], entry: "main.js", effects: effects)
  }

  /// The difference between the two under one gas limit, or nil. Runs of the engine that end in `MemoryExhausted` are
  /// not compared, because the evaluator has no memory limit.
  public func difference(
    request: String = "{}", gasLimit: Int = 100_000_000, budgets: MachineLayout.Budgets = .standard
  ) -> String? {
    let engine = Guest.run(
      image: image, request: request, gasLimit: gasLimit, budgets: budgets, effects: effects)
    let reference: ReferenceOutcome
    do throws(NoDeepStack) {
      reference = try evaluator.run(
        request: Array(request.utf8), gasLimit: Int64(gasLimit), stackWords: budgets.stackWords,
        effects: { name, arguments in effects(String(decoding: name, as: UTF8.self), arguments) })
    } catch {
      return "the reference evaluator gets no thread: error \(error.errorNumber)"
    }
    if engine.error == "MemoryExhausted" { return nil }
    let body = String(decoding: reference.body, as: UTF8.self)
    if engine.body == body, engine.error == reference.error, engine.gas == Int(reference.gasUsed) { return nil }
    return "limit \(gasLimit): engine \(engine.body) for \(engine.gas), reference \(body) for \(reference.gasUsed)"
  }

  /// The first difference at any gas limit up to what the program uses and one more, or nil. All limits between two
  /// sums of charges give the same result, so one of them is tried.
  public func differenceAtAnyLimit(
    request: String = "{}", budgets: MachineLayout.Budgets = .standard
  ) -> String? {
    let whole = gas(request, 100_000_000, budgets)
    var limit = 1
    while limit <= whole {
      if let difference = difference(request: request, gasLimit: limit, budgets: budgets) { return difference }
      limit = gas(request, limit, budgets) + 1
    }
    return difference(request: request, gasLimit: whole + 1, budgets: budgets)
  }

  private func gas(_ request: String, _ limit: Int, _ budgets: MachineLayout.Budgets) -> Int {
    Guest.run(image: image, request: request, gasLimit: limit, budgets: budgets, effects: effects).gas
  }
}
