import TestSupport
import Testing

/// `mqjs eval`: a script's value or its error, and the limits.
@Suite struct EvalTests {
  @Test(arguments: [
    ("7 / 2", "3"), ("-7 % 3", "-1"), ("9007199254740993 + 0", "9007199254740993"), ("-9223372036854775808", nil),
    ("'a' + \"b\"", "\"ab\""), ("[1, [true, {}]]", nil), ("const x = 2; x * 21", "42"),
  ])
  func valuesArePrintedAsCanonicalJSON(source: String, value: String?) throws {
    expect(try Tool()("eval", source), .done, output: "\(value ?? source.filter { $0 != " " })\n")
  }

  @Test(arguments: [
    ("9223372036854775807 + 1", #"{"error":"IntegerOverflow"}"#), ("1 / 0", #"{"error":"DivisionByZero"}"#),
    ("1 + 'a'", #"{"error":"TypeMismatch"}"#), ("const f = n => 1 + f(n); f(1)", #"{"error":"StackExhausted"}"#),
  ])
  func errorsArePrintedAsTheirBody(source: String, body: String) throws {
    expect(try Tool()("eval", source), .guestError, output: "\(body)\n")
  }

  @Test func rejectedSourceIsAUsageErrorWithAHint() throws {
    expect(try Tool()("eval", "1.5"), .usage, output: "", says: #"hint: Write Decimal("1.5")"#)
    expect(try Tool()("eval", "import {a} from './a.js'; a"), .usage, output: "", says: "error[")
  }

  @Test func handlersBelongInFiles() throws {
    let ending = try Tool()("eval", "export default function (r) { return r; }")
    expect(ending, .usage, output: "", says: "hint: put it in a file")
  }

  /// A file that is opened later must not get the descriptor of a closed standard stream.
  @Test func closedStreamsAreReported() throws {
    let tool = try Tool()
    let shell = { (line: String) in try tool.folder.run("sh", ["-c", line.replacing("mqjs", with: Tool.path)]) }
    expect(try shell("mqjs eval 1 >&-"), .fault, output: "", says: "standard output: can't be written: Bad file")
    expect(try shell("mqjs eval 1/0 2>&-"), .guestError, output: #"{"error":"DivisionByZero"}"# + "\n")
    try tool.write("export default function (r) { return r; }", to: "app.js")
    expect(try shell("mqjs run app.js --request - <&-"), .usage, output: "", says: "can't be read: Bad file")
  }

  @Test func exhaustedGasIsReportedInTheBody() throws {
    let tool = try Tool()
    let ending = try tool("eval", "const f = () => f(); f()", "--gas-limit", "1000")
    expect(ending, .guestError)
    let script = "import json, sys; b = json.load(sys.stdin); print(b['error'], b['gasLimit'], b['gasUsed'], end='')"
    #expect(try tool.folder.run("python3", ["-c", script], input: ending.output).output == "GasExhausted 1000 1000")
  }

  /// The rule for `MTP_GAS_LIMIT`. The option follows the same rule.
  @Test(arguments: [
    (nil, true), ("1", true), ("2000000000", true), ("0", false), ("2000000001", false), ("-1", false), ("007", false),
    ("1e6", false), (" 5", false), ("abc", false), ("", false),
  ])
  func gasLimitsOutOfRangeAreRefused(text: String?, isAccepted: Bool) throws {
    let tool = try Tool()
    let refusal = #"{"error":"GasLimitOutOfRange","value":"\#(text ?? "")"}"# + "\n"
    var endings = [try tool("eval", "7", environment: text.map { ["MTP_GAS_LIMIT": $0] } ?? [:])]
    // An empty option is reported by the argument parser itself.
    if let text, text != "" { endings.append(try tool("eval", "7", "--gas-limit=\(text)")) }
    for ending in endings {
      switch (text, isAccepted) {
      case ("1", _): expect(ending, .guestError, output: #"{"error":"GasExhausted","gasUsed":1,"gasLimit":1}"# + "\n")
      case (_, true): expect(ending, .done, output: "7\n")
      case (_, false): expect(ending, .guestError, output: refusal)
      }
    }
  }

  @Test func theOptionIsStrongerThanTheEnvironment() throws {
    expect(try Tool()("eval", "7", "--gas-limit", "9", environment: ["MTP_GAS_LIMIT": "0"]), .done, output: "7\n")
  }

  @Test(arguments: ["4095", "1073741825", "0", "-1", "1e6", "", "08192"])
  func heapLimitsOutOfRangeAreRefused(text: String) throws {
    expect(try Tool()("eval", "7", "--heap-limit=\(text)"), .usage, output: "", says: "4096 to 1073741824")
  }

  @Test func theHeapLimitIsEnforced() throws {
    let source = "const grow = (s, n) => n === 0 ? s.length : grow(s + s, n - 1); grow('0123456789abcdef', 10)"
    expect(try Tool()("eval", source), .done, output: "16384\n")
    let ending = try Tool()("eval", source, "--heap-limit", "8192")
    expect(ending, .guestError, output: #"{"error":"MemoryExhausted"}"# + "\n")
  }

  @Test func programsThatNameEffectsAreRefused() throws {
    let ending = try Tool()("eval", "Log.info(1)")
    expect(ending, .refused, output: "", says: "GrantMissing: the program calls Log")
  }
}
