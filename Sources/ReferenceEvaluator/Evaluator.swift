public import Compiler
public import Engine

/// A second, independent interpreter that tests compare with. It evaluates the syntax tree of a program, with its own values,
/// its own library and its own counting of gas, and is plain enough to be read as their definition. It shares no code with
/// the engine except the tables of prices, of the library's names, and of Unicode's case mappings.
///
/// For every program and every limit, it gives the engine's response and gas, to the byte and to the unit. The exception is
/// `MemoryExhausted`: there is no heap here, so a run ends for lack of memory only if a single value would be larger than any
/// heap of the standard size.
public struct Evaluator: Sendable {
  private let program: Program

  /// An evaluator of a program without errors.
  public init(_ program: Program) { self.program = program }

  /// Runs the program: for a handler on a request, for a script on none.
  ///
  /// - Parameters:
  ///   - request: JSON text, of any bytes. A script takes none and ignores it.
  ///   - gasLimit: 1 to 2,000,000,000 units.
  ///   - stackWords: the stack's budget, in abstract words.
  ///   - keys: in which order the body's keys are printed.
  ///   - effects: what the host says to calls of its effects.
  ///   - observer: is told of every charge; nil for nobody.
  /// - Throws: the system gives no thread with a stack that is deep enough.
  public func run(
    request: [UInt8] = [], gasLimit: Int64, stackWords: Int = 524_288, keys: JSONKeyOrder = .canonical,
    effects: @escaping EffectHandler = { _, _ in .notGranted }, observer: ChargeObserver? = nil
  ) throws(NoDeepStack) -> ReferenceOutcome {
    try DeepStack.run {
      let evaluation = Evaluation(
        program, gasLimit: gasLimit, stackWords: stackWords, effects: effects, observer: observer)
      defer { evaluation.end() }
      return evaluation.outcome(of: request, keys)
    }
  }
}

/// What a run came to.
public struct ReferenceOutcome: Equatable, Sendable {
  /// JSON: the program's value, or the error's body.
  public let body: [UInt8]
  /// The error's code; nil if the run ended in a value.
  public let error: String?
  /// Units, the last charge included.
  public let gasUsed: Int64
  /// The most stack words that were in use at a time.
  public let stackPeakWords: Int
}

extension Evaluation {
  /// Runs the program and prints what it came to.
  fileprivate func outcome(of request: [UInt8], _ keys: JSONKeyOrder) -> ReferenceOutcome {
    do throws(Stop) {
      let value = try respond(to: request)
      return made(of: try printed(value, keys), error: nil)
    } catch {
      return outcome(of: error, keys)
    }
  }

  private func respond(to request: [UInt8]) throws(Stop) -> Value {
    guard let handler = program.handler else { return try initialize() }
    let value = try parse(request: request)
    _ = try initialize()
    hasEffects = true
    return try callBack(.function(Closure(handler, captures: [])), [value])
  }

  private func parse(request: [UInt8]) throws(Stop) -> Value {
    try charge(BulkWork.jsonParsing.units(of: request.count))
    if let offset = Evaluation.firstInvalidByte(of: request) {
      throw .invalidRequest(TextDefect(code: "InvalidUtf8", offset: offset))
    }
    switch try parseJSON(request) {
    case .success(let value): return value
    case .failure(let defect): throw .invalidRequest(defect)
    }
  }

  private func printed(_ value: Value, _ keys: JSONKeyOrder) throws(Stop) -> [UInt8] {
    let text = try printJSON(value)
    try charge(BulkWork.canonicalText.units(of: text.count))
    return keys == .utf16 ? JSON.textSortedByCodeUnits(value) : text
  }

  /// The outcome of an error. A value that was thrown is printed at its price, like a response, and if that fails the
  /// failure is the error; all other bodies are free.
  private func outcome(of stop: Stop, _ keys: JSONKeyOrder) -> ReferenceOutcome {
    (chargedSpan, path) = (nil, .root)
    clearStack()
    if case .thrown = stop {
      do throws(Stop) {
        return made(of: try printed(stop.body(thrown: thrown), keys), error: name(of: stop))
      } catch {
        return free(error, keys)
      }
    }
    return free(stop, keys)
  }

  private func free(_ stop: Stop, _ keys: JSONKeyOrder) -> ReferenceOutcome {
    let printer = Evaluation(program, gasLimit: .max, stackWords: .max, effects: effects, observer: nil)
    do throws(Stop) {
      let body = try printer.printed(stop.body(thrown: .undefined), keys)
      // Gas and stack have no limit here, but printing takes its words.
      leastStackWords = min(leastStackWords, stackBudget - printer.stackPeakWords)
      return made(of: body, error: name(of: stop))
    } catch {
      preconditionFailure("without limits, Strings and Ints can be printed")
    }
  }

  private func made(of body: [UInt8], error: String?) -> ReferenceOutcome {
    ReferenceOutcome(body: body, error: error, gasUsed: gasUsed, stackPeakWords: stackPeakWords)
  }

  private func name(of stop: Stop) -> String { String(decoding: stop.code.utf8, as: UTF8.self) }
}
