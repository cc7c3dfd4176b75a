import ArgumentParser
import CommandSupport
import Compiler
import Engine
import Host
import Snapshot
import System

/// Gas and memory of a run.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Gas that the request may use, 1 to 2000000000 units.",
      discussion: "Without it MTP_GAS_LIMIT says it, and without that it is 10000000.",
      valueName: "units"))
  var gasLimit: String?

  @Option(
    help: ArgumentHelp(
      "Memory for the request's values, 4096 to 1073741824 bytes.", discussion: "16777216 if not given.",
      valueName: "bytes"))
  var heapLimit: String?

  /// The gas limit of the command line, of the environment, or the standard one.
  func gas() throws(GasLimitOutOfRange) -> GasLimit {
    guard let gasLimit else { return try GasLimit.fromEnvironment() }
    return try GasLimit(gasLimit)
  }

  /// The budgets of the machine.
  func budgets() throws -> MachineLayout.Budgets {
    var budgets = MachineLayout.Budgets.standard
    guard let heapLimit else { return budgets }
    let range = MachineLayout.Budgets.heapRange
    let isDecimal = heapLimit.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDecimal, heapLimit.utf8.first != UInt8(ascii: "0"), let bytes = Int(heapLimit), range.contains(bytes) else {
      throw CommandError(
        "--heap-limit \(heapLimit): can't be the heap's limit",
        hint: "give bytes as plain digits, \(range.lowerBound) to \(range.upperBound)")
    }
    budgets.heapBytes = bytes
    return budgets
  }
}

/// Which request it is.
struct IdentityOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The request's id, part of its seed.", discussion: "A new random one if not given.", valueName: "text"))
  var requestID: String?

  @Option(help: ArgumentHelp("The account's id, part of the seed.", valueName: "text"))
  var accountID = RequestIdentity.standard().accountID

  @Option(help: ArgumentHelp("The function's version, part of the seed.", valueName: "text"))
  var functionVersion = RequestIdentity.standard().functionVersion

  var identity: RequestIdentity {
    var identity = RequestIdentity.standard(requestID: requestID)
    identity.accountID = accountID
    identity.functionVersion = functionVersion
    return identity
  }
}

/// A request that was answered: the part of a run that scripts on the command line, files and snapshots have in common.
struct Execution {
  private let host: RequestHost
  private let sources: [SourceFile]
  private let answer: Answer

  /// Answers the request.
  ///
  /// - Parameters:
  ///   - sources: the program's files, if it was compiled here.
  ///   - protection: how the memory of the request is to be treated.
  ///   - isNewAttempt: whether it is run although another snapshot, version or gas limit has answered it.
  init(
    host: RequestHost, limits: LimitOptions, identity: RequestIdentity, sources: [SourceFile], request: SecretBytes,
    protection: MemoryProtection = .standard, isNewAttempt: Bool = false
  ) throws {
    self.host = host
    self.sources = sources
    answer = try host.answer(
      request, identity: identity, protection: protection, isNewAttempt: isNewAttempt, readingGasLimit: limits.gas)
  }

  /// Prints the body, and says what the exit status is.
  func show(report path: String? = nil) throws {
    let earlier = answer.report.snapshotHash
    if earlier != host.pool.contentHash {
      let advice = "--new-attempt runs it again"
      Console.say(
        line: "\(Console.styled("note:", .note)) the request was answered before, by snapshot \(earlier.hex); \(advice)"
      )
    }
    try answer.deliver(endingLine: true, report: path)
    if let trap = answer.trap {
      TrapReport(trap, instruction: answer.instruction, pool: host.pool, sources: sources).report()
      throw ExitStatusReached(status: .guestError)
    }
  }
}
