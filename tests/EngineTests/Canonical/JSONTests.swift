import Engine
import Foundation
import TestSupport
import Testing

/// JSON input and output.
@Suite struct JSONTests {
  /// An image whose handler returns the request, if it is accepted.
  static let echo = Result { try Guest.image("export default function (request) { return request; }") }

  /// Folders of files in the style of JSONTestSuite. Names begin with `y_` (must be accepted), `n_` (must be rejected)
  /// or `i_` (either). Our own small folder is always tested. `MQJS_JSON_SUITE` adds another one.
  static let folders = [
    Repository.url("tests/Data/json"),
    ProcessInfo.processInfo.environment["MQJS_JSON_SUITE"].map { URL(fileURLWithPath: $0) },
  ].compactMap { $0 }

  @Test(arguments: JSONTests.folders) func filesAreAcceptedOrRefusedAsTheirNamesSay(folder: URL) throws {
    let image = try JSONTests.echo.get()
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let cases = files.filter { $0.pathExtension == "json" }
    #expect(!cases.isEmpty)
    for file in cases.sorted(by: { $0.path < $1.path }) {
      let name = file.lastPathComponent
      let bytes = [UInt8](try Data(contentsOf: file))
      let result = Guest.run(image: image, request: bytes, budgets: MachineBudgets.medium)
      let isOutOfRange = result.body.contains(#""DuplicateKey""#) || result.body.contains(#""NumberOutOfRange""#)
      if name.hasPrefix("y_") { #expect(result.error == nil || isOutOfRange, "\(name): \(result.body)") }
      if name.hasPrefix("n_") {
        // The stack budget limits nesting.
        #expect(["InvalidRequest", "StackExhausted"].contains(result.error), "\(name): \(result.body)")
      }
    }
  }

  @Test(arguments: [
    (#"{"a":1,"a":1}"#, "DuplicateKey", 12), (#"[[{"x":{"b":1,"c":[],"b":2}}]]"#, "DuplicateKey", 26),
    (#"{"\u0061":1,"a":2}"#, "DuplicateKey", 17), (#"["\ud800"]"#, "LoneSurrogate", 2),
    (#"["\udc00\ud800"]"#, "LoneSurrogate", 2), (#"["\ud800\u0041"]"#, "LoneSurrogate", 2),
    (#"["é\ud83d"]"#, "LoneSurrogate", 4), (#"{"é":tru}"#, "UnexpectedCharacter", 9),
    ("[1,]", "UnexpectedCharacter", 3),
    ("", "UnexpectedEnd", 0), ("[1", "UnexpectedEnd", 2), ("1 2", "UnexpectedCharacter", 2),
    ("01", "UnexpectedCharacter", 1),
    (#""\x""#, "InvalidEscape", 1), ("\"a\tb\"", "ControlCharacter", 2), ("\u{feff}1", "UnexpectedCharacter", 0),
    ("99999999999999999999999999999999999999999", "NumberOutOfRange", 0),
  ])
  func defectsAreNamedWithTheirOffset(text: String, code: String, offset: Int) throws {
    let result = try Guest.body(
      "const {Err: {code, offset}} = JSON.parse(\(Expressions.literal(text))); [code, offset]")
    #expect(result == #"["\#(code)",\#(offset)]"#)
    let request = Guest.run(image: try JSONTests.echo.get(), request: text, budgets: MachineBudgets.small)
    #expect(request.error == "InvalidRequest" && request.body.contains("\"\(code)\""))
  }

  /// 100,000 nested arrays are parsed, walked and printed, and a missing end is detected.
  @Test func nestingIsBoundedByTheStackBudget() throws {
    let opening = String(repeating: "[", count: 100_000)
    let closing = String(repeating: "]", count: 100_000)
    let image = try JSONTests.echo.get()
    #expect(Guest.run(image: image, request: opening + closing).body == opening + closing)
    #expect(Guest.run(image: image, request: opening).body.contains(#""UnexpectedEnd""#))
    #expect(Guest.run(image: image, request: String(repeating: "[", count: 200_000)).error == "StackExhausted")
  }

  /// A Map of Strings has the same order and the same text as the Record with the same keys.
  @Test func mapsPrintLikeRecords() throws {
    var random = Expressions(seed: 82)
    for _ in 0..<40 {
      guard case .record(let fields) = random.record(depth: 1) else { continue }
      let record = SampleValue.record(fields).guest
      let map = SampleValue.map(fields.map { (.string($0.key), $0.value) }).guest
      let source =
        "\(SampleValue.prelude)[JSON.stringify(\(map)), JSON.stringify(\(record)), Map.keys(\(map)) === Object.keys(\(record))]"
      let body = try Guest.run(source, budgets: MachineBudgets.medium).body
      let row = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [Any])
      #expect(row[0] as? String == row[1] as? String && row[2] as? Bool == true)
    }
  }

  /// RFC 8785: the examples of sections 3.2.2 and 3.2.3 without floating point, in strict order.
  @Test func strictOrderIsThatOfTheStandard() throws {
    let examples = [
      (
        #"{"\u20ac":"Euro Sign","\r":"Carriage Return","\u000a":"Newline","1":"One","\u0080":"Control\u007f","\ud83d\ude02":"Smiley","\u00f6":"Latin Small Letter O With Diaeresis","\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}"#,
        "{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\u{80}\":\"Control\u{7f}\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😂\":\"Smiley\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
      ),
      (
        #"{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#,
        #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
      ),
      (#"[56,{"d":true,"10":null,"1":[]}]"#, #"[56,{"1":[],"10":null,"d":true}]"#),
      (#"{"":{"b":{"y":1,"x":2},"a":[{"z":1,"c":2}]}}"#, #"{"":{"a":[{"c":2,"z":1}],"b":{"x":2,"y":1}}}"#),
    ]
    let image = try JSONTests.echo.get()
    for (input, output) in examples {
      let canonical = Guest.run(image: image, request: input)
      let strict = Guest.run(image: image, request: input, keys: .utf16)
      #expect(strict.body == output)
      #expect(strict.gas == canonical.gas && strict.body.utf8.count == canonical.body.utf8.count)
    }
    let map = try Guest.image("({b: Map.of([['z', 1], ['a', 2], ['\\u{1f600}', 3], ['\\ufb33', 4]]), a: 1})")
    #expect(Guest.run(image: map, keys: .utf16).body == "{\"a\":1,\"b\":{\"a\":2,\"z\":1,\"😀\":3,\"\u{fb33}\":4}}")
    let failure = try Guest.image("throw {b: 1, a: 2}")
    #expect(Guest.run(image: failure, keys: .utf16).body == #"{"error":"Thrown","value":{"a":2,"b":1}}"#)
  }
}
