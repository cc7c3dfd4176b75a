import Compiler
import Engine

/// One run of a program: the gas, the stack budget and the names so far.
final class Evaluation {
  let program: Program
  let effects: EffectHandler
  var codes: CodeComparison
  /// Cells of the names at the top level, by `BindingID`.
  private var globals: [Int: Cell] = [:]
  /// By `BindingID`, for names inside functions: the position among the names of their function.
  private let places: [Int]
  /// Cells that were captured before they had a value. Values can refer to each other in a cycle only through them.
  private var earlyCaptures: [Cell] = []
  private var texts: [Symbol: Text] = [:]

  private(set) var gasUsed: Int64 = 0
  let gasLimit: Int64
  let stackBudget: Int
  private(set) var stackWords: Int
  /// The least that `stackWords` has been.
  var leastStackWords: Int
  /// The words of the functions that were called.
  var frameWords: [FunctionID: Int] = [:]

  /// Whether effects can be called: once the static initialisers are done.
  var hasEffects = false
  /// The value that `throw` threw.
  var thrown = Value.undefined
  /// The current position in the program; nil outside the program.
  var chargedSpan: SourceSpan?
  /// The active calls.
  var path = CallPath.root
  let observer: ChargeObserver?

  init(
    _ program: Program, gasLimit: Int64, stackWords: Int, effects: @escaping EffectHandler,
    observer: ChargeObserver?
  ) {
    self.program = program
    self.effects = effects
    self.gasLimit = gasLimit
    self.stackWords = stackWords
    stackBudget = stackWords
    leastStackWords = stackWords
    self.observer = observer
    codes = CodeComparison(program)
    var places = Array(repeating: 0, count: program.bindings.count)
    for function in program.functions {
      for (place, binding) in function.bindings.enumerated() { places[binding.index] = place }
    }
    self.places = places
  }

  /// Releases everything that refers to itself.
  func end() {
    for cell in globals.values { cell.value = nil }
    for cell in earlyCaptures { cell.value = nil }
  }

  // MARK: Gas

  /// Charges for the next operation. When the sum reaches the limit, the run ends.
  func charge(_ units: Int64) throws(Stop) {
    gasUsed += units
    observer?(Charge(units: units, span: chargedSpan, path: path))
    if gasUsed >= gasLimit { throw .gasExhausted(used: gasUsed, limit: gasLimit) }
  }

  func charge(_ row: GasRow) throws(Stop) { try charge(row.units) }

  /// One charge of a row and the work of the operation.
  func charge(_ row: GasRow, _ work: BulkWork, _ size: Int) throws(Stop) {
    try charge(row.units + work.units(of: size))
  }

  /// Charges unit by unit for work whose size shows only as it goes, so that a run that ends here has used exactly its
  /// limit.
  func chargeUnits(_ units: Int64) throws(Stop) { try charge(min(units, gasLimit - gasUsed)) }

  // MARK: Stack

  /// The words for one level of equality, of printing or of parsing.
  static let levelWords = 4

  /// The words of a function of the library while it calls functions.
  static let callbackWords = 24

  func takeStack(_ words: Int) throws(Stop) {
    stackWords -= words
    if stackWords < 0 { throw .stackExhausted }
    leastStackWords = min(leastStackWords, stackWords)
  }

  /// The most words that were in use at a time.
  var stackPeakWords: Int { stackBudget - leastStackWords }

  func giveStackBack(_ words: Int) { stackWords += words }

  /// Clears all active calls, when a run has ended in an error.
  func clearStack() { stackWords = stackBudget }

  // MARK: Names

  /// The text of a name or of a String literal.
  func text(_ symbol: Symbol) -> Text {
    if let text = texts[symbol] { return text }
    let text = Text(utf8: program.symbols[symbol])
    texts[symbol] = text
    return text
  }

  /// The cell of a name, for an activation.
  func cell(of id: BindingID, in activation: Activation) -> Cell {
    guard let owner = program.bindings[id.index].owner else {
      let cell = globals[id.index] ?? Cell()
      globals[id.index] = cell
      return cell
    }
    if owner == activation.closure?.node.id { return activation.cells[places[id.index]] }
    guard let closure = activation.closure,
      let index = program.functions[closure.node.id.index].captures.firstIndex(of: id)
    else { preconditionFailure("a function captures every outer name that it uses") }
    return closure.captures[index]
  }

  /// The value of a name: `UninitializedBinding` if it has none yet.
  func value(of id: BindingID, in activation: Activation) throws(Stop) -> Value {
    guard let value = cell(of: id, in: activation).value else { throw .uninitializedBinding }
    return value
  }

  /// The function that an expression or a declaration represents, made here.
  func closure(_ node: FunctionNode, in activation: Activation) -> Closure {
    let captures = program.functions[node.id.index].captures.map { cell(of: $0, in: activation) }
    earlyCaptures += captures.filter { $0.value == nil }
    return Closure(node, captures: captures)
  }
}

/// One active call, or the top level of the program. Nothing in it ever runs twice, so each name has one cell.
final class Activation {
  /// The function; nil for the top level.
  let closure: Closure?
  let cells: [Cell]

  init(_ closure: Closure?, names: Int) {
    self.closure = closure
    cells = (0..<names).map { _ in Cell() }
  }
}
