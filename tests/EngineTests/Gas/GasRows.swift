import Engine
import Testing

/// Evidence for a row of Annex A.
enum RowEvidence: Sendable {
  /// A program that pays for the row, and everything that it pays for, in order.
  case paid(String, [GasRow])
  /// A call of an effect in a handler, and everything that the call pays for, in order. GAS_CONSUME is for the
  /// values in the list of arguments.
  case performed(String, [GasRow])
  /// Programs with the row's construct, and the code with which each is rejected.
  case rejected([(source: String, code: String)])
  /// The row is never charged, for this reason.
  case unused(String)
}

/// Annex A of MTPScript 5.1 as published, row by row, and the evidence for each row.
///
/// This is an oracle: names and units were copied from the annex, not from `GasRow`, which is compared with them.
struct RowCase: Sendable, CustomTestStringConvertible {
  let row: GasRow
  /// The name and the units in the published table.
  let name: String
  let units: Int
  let evidence: RowEvidence
  var testDescription: String { name }

  private init(_ row: GasRow, _ name: String, _ units: Int, _ evidence: RowEvidence) {
    (self.row, self.name, self.units, self.evidence) = (row, name, units, evidence)
  }

  static let all = operators + control + data + texts + arrays + library + effects + others

  /// The price of a value in a list of arguments, or in a response.
  private static let value = Array(repeating: GasRow.gasConsume, count: BulkWork.unitsPerNode)

  private static func rejected(_ source: String, _ code: String) -> RowEvidence { .rejected([(source, code)]) }

  private static let operators = [
    RowCase(.add, "ADD", 2, .paid("1 + 2", [.stackPush, .stackPush, .add])),
    RowCase(.sub, "SUB", 2, .paid("2 - 1", [.stackPush, .stackPush, .sub])),
    RowCase(.mul, "MUL", 3, .paid("1 * 2", [.stackPush, .stackPush, .mul])),
    RowCase(.div, "DIV", 4, .paid("4 / 2", [.stackPush, .stackPush, .div])),
    RowCase(.mod, "MOD", 4, .paid("4 % 2", [.stackPush, .stackPush, .mod])),
    RowCase(.neg, "NEG", 1, .paid("-1", [.stackPush, .neg])),
    RowCase(.lt, "LT", 2, .paid("1 < 2", [.stackPush, .stackPush, .lt])),
    RowCase(.le, "LE", 2, .paid("1 <= 2", [.stackPush, .stackPush, .le])),
    RowCase(.gt, "GT", 2, .paid("1 > 2", [.stackPush, .stackPush, .gt])),
    RowCase(.ge, "GE", 2, .paid("1 >= 2", [.stackPush, .stackPush, .ge])),
    RowCase(.eq, "EQ", 2, rejected("1 == 1", "MQ3016")),
    RowCase(.ne, "NE", 2, rejected("1 != 1", "MQ3017")),
    RowCase(.strictEq, "STRICT_EQ", 2, .paid("1 === 1", [.stackPush, .stackPush, .strictEq])),
    RowCase(.strictNe, "STRICT_NE", 2, .paid("1 !== 1", [.stackPush, .stackPush, .strictNe])),
    RowCase(.lnot, "LNOT", 1, .paid("!true", [.stackPush, .lnot])),
    RowCase(.land, "LAND", 2, .paid("true && 1", [.stackPush, .land, .stackPush])),
    RowCase(.lor, "LOR", 2, .paid("true || 1", [.stackPush, .lor])),
  ]

  private static let control = [
    RowCase(.if, "IF", 3, .paid("if (false) {} 1", [.stackPush, .if, .stackPush])),
    RowCase(.ifElse, "IF_ELSE", 4, .paid("true ? 1 : 2", [.stackPush, .ifElse, .stackPush])),
    RowCase(
      .while, "WHILE", 5,
      .rejected([("while (true) {} 1", "MQ2005"), ("do {} while (true); 1", "MQ2006")])),
    RowCase(
      .for, "FOR", 6,
      .rejected([
        ("for (;;) {} 1", "MQ2002"), ("for (const x of []) {} 1", "MQ2003"), ("for (const x in {}) {} 1", "MQ2004"),
      ])),
    RowCase(.break, "BREAK", 2, .paid("switch (1) { default: break; } 1", [.stackPush, .match, .break, .stackPush])),
    RowCase(.continue, "CONTINUE", 2, rejected("continue; 1", "MQ2012")),
    RowCase(
      .return, "RETURN", 3,
      .paid("function f() { return 1; } f()", [.stackPush, .funcCall, .stackPush, .return])),
    RowCase(
      .throw, "THROW", 10, .paid("function f() { throw 1; } f()", [.stackPush, .funcCall, .stackPush, .throw] + thrown)),
    RowCase(.try, "TRY", 5, rejected("try { 1; } catch (e) {} 1", "MQ2008")),
    RowCase(.catch, "CATCH", 3, rejected("try { 1; } catch {} 1", "MQ2008")),
    RowCase(.finally, "FINALLY", 2, rejected("try { 1; } finally {} 1", "MQ2008")),
  ]

  /// The body `{"error":"Thrown","value":1}` has 28 bytes, which are three blocks of 8 beyond the first. They are paid
  /// for when they are printed and when they are copied. It has two keys and two values besides the body itself.
  private static let thrown = Array(repeating: GasRow.gasConsume, count: 3 + 3 + 4 * BulkWork.unitsPerNode)

  private static let data = [
    RowCase(.varDecl, "VAR_DECL", 3, .paid("const x = 1; x", [.stackPush, .varDecl, .stackPush])),
    RowCase(
      .assign, "ASSIGN", 2,
      .rejected([
        ("const x = 1; x = 2; x", "MQ3005"), ("const x = 1; x += 2; x", "MQ3006"), ("const x = 1; x++; x", "MQ3007"),
        ("const x = 1; --x; x", "MQ3008"),
      ])),
    RowCase(.propAccess, "PROP_ACCESS", 3, .paid("({a: 1}).a", [.stackPush, .objectNew, .propAccess])),
    RowCase(.propAssign, "PROP_ASSIGN", 4, rejected("const r = {a: 1}; r.a = 2; r", "MQ3005")),
    RowCase(
      .arrayAccess, "ARRAY_ACCESS", 2, .paid("[1][0]", [.stackPush, .arrayNew, .stackPush, .arrayAccess])),
    RowCase(.arrayAssign, "ARRAY_ASSIGN", 3, rejected("const xs = [1]; xs[0] = 2; xs", "MQ3005")),
    RowCase(.delete, "DELETE", 5, rejected("const r = {a: 1}; delete r.a; r", "MQ3009")),
    RowCase(
      .funcDecl, "FUNC_DECL", 10,
      .paid("(() => 1)()", [.funcDecl, .funcCall, .stackPush, .return])),
    RowCase(
      .funcCall, "FUNC_CALL", 5,
      .paid("function f() {} f(); 1", [.stackPush, .funcCall, .return, .stackPush])),
    RowCase(.new, "NEW", 20, rejected("function f() {} new f()", "MQ3003")),
    RowCase(
      .tailCall, "TAIL_CALL", 0,
      .paid(
        "function f() { return g(); } function g() { return 1; } f()",
        [.stackPush, .funcCall, .stackPush, .tailCall, .stackPush, .return])),
    RowCase(.typeof, "TYPEOF", 2, rejected("typeof 1", "MQ3010")),
    RowCase(.instanceof, "INSTANCEOF", 3, rejected("function f() {} 1 instanceof f", "MQ3012")),
    RowCase(.in, "IN", 2, rejected("'a' in {}", "MQ3013")),
    RowCase(.match, "MATCH", 10, .paid("switch (1) {} 1", [.stackPush, .match, .stackPush])),
    RowCase(
      .matchCase, "MATCH_CASE", 5,
      .paid("switch (1) { case 1: } 1", [.stackPush, .match, .stackPush, .matchCase, .stackPush])),
    RowCase(.stackPush, "STACK_PUSH", 1, .paid("1", [.stackPush])),
    RowCase(
      .gasConsume, "GAS_CONSUME", 1,
      .paid(
        "[0, 0, 0, 0, 0].length",
        Array(repeating: .stackPush, count: 5) + [.arrayNew, .gasConsume, .propAccess])),
  ]

  private static let texts = [
    RowCase(.strConcat, "STR_CONCAT", 3, .paid("'a' + 'b'", [.stackPush, .stackPush, .strConcat])),
    RowCase(.strIndex, "STR_INDEX", 2, .paid("'a'[0]", [.stackPush, .stackPush, .strIndex])),
    RowCase(.strSlice, "STR_SLICE", 4, .paid("'a'.slice()", [.stackPush, .strSlice])),
    RowCase(.strSplit, "STR_SPLIT", 10, .paid("'a'.split(',')", [.stackPush, .stackPush, .strSplit] + value)),
    RowCase(
      .strReplace, "STR_REPLACE", 8,
      .paid("'a'.replace('b', 'c')", [.stackPush, .stackPush, .stackPush, .strReplace])),
    RowCase(.strSearch, "STR_SEARCH", 6, .paid("'a'.indexOf('b')", [.stackPush, .stackPush, .strSearch])),
    RowCase(.strMatch, "STR_MATCH", 15, .unused("there are no regular expressions")),
    RowCase(.strFormat, "STR_FORMAT", 5, .paid("String(1)", [.stackPush, .strFormat])),
  ]

  private static let arrays = [
    RowCase(.arrayNew, "ARRAY_NEW", 5, .paid("[]", [.arrayNew])),
    RowCase(.arrayPush, "ARRAY_PUSH", 3, .unused("an Array is never changed")),
    RowCase(.arrayPop, "ARRAY_POP", 2, .unused("an Array is never changed")),
    RowCase(.arrayShift, "ARRAY_SHIFT", 3, .unused("an Array is never changed")),
    RowCase(.arrayUnshift, "ARRAY_UNSHIFT", 4, .unused("an Array is never changed")),
    RowCase(.arraySlice, "ARRAY_SLICE", 5, .paid("[].slice()", [.arrayNew, .arraySlice])),
    RowCase(.arraySplice, "ARRAY_SPLICE", 8, .paid("[].toSpliced(0)", [.arrayNew, .stackPush, .arraySplice])),
    RowCase(.arrayJoin, "ARRAY_JOIN", 6, .paid("[].join()", [.arrayNew, .arrayJoin])),
    RowCase(.arraySort, "ARRAY_SORT", 20, .paid("[].toSorted()", [.arrayNew, .arraySort])),
    RowCase(.arrayReverse, "ARRAY_REVERSE", 3, .paid("[].toReversed()", [.arrayNew, .arrayReverse])),
  ]

  private static let library = [
    RowCase(.objectNew, "OBJECT_NEW", 5, .paid("({})", [.objectNew])),
    RowCase(.objectKeys, "OBJECT_KEYS", 4, .paid("Object.keys({})", [.objectNew, .objectKeys])),
    RowCase(.objectValues, "OBJECT_VALUES", 4, .paid("Object.values({})", [.objectNew, .objectValues])),
    RowCase(.objectEntries, "OBJECT_ENTRIES", 5, .paid("Object.entries({})", [.objectNew, .objectEntries])),
    RowCase(
      .jsonParse, "JSON_PARSE", 20,
      .paid("JSON.parse('1').Ok", [.stackPush, .jsonParse, .propAccess])),
    RowCase(.jsonStringify, "JSON_STRINGIFY", 15, .paid("JSON.stringify(1)", [.stackPush, .jsonStringify])),
    RowCase(
      .cryptoSha256, "CRYPTO_SHA256", 50,
      .paid("Text.sha256('').length", [.stackPush, .cryptoSha256, .propAccess])),
    RowCase(.cryptoMd5, "CRYPTO_MD5", 30, .unused("MD5 is broken; there is SHA-256")),
    RowCase(
      .cryptoHmacSha256, "CRYPTO_HMAC_SHA256", 60,
      .paid("Text.hmacSha256('', '').length", [.stackPush, .stackPush, .cryptoHmacSha256, .propAccess])),
    RowCase(.cryptoSign, "CRYPTO_SIGN", 200, .unused("programs hold no private keys")),
    RowCase(.cryptoVerify, "CRYPTO_VERIFY", 150, .unused("programs hold no public keys")),
    RowCase(.optionSome, "OPTION_SOME", 3, .paid("Some(1).Some", [.stackPush, .optionSome, .propAccess])),
    RowCase(.optionNone, "OPTION_NONE", 2, .unused("None is a constant: STACK_PUSH")),
    RowCase(.resultOk, "RESULT_OK", 3, .paid("Ok(1)", [.stackPush, .resultOk] + value + value)),
    RowCase(.resultErr, "RESULT_ERR", 3, .paid("Err(1).Err", [.stackPush, .resultErr, .propAccess])),
  ]

  private static let effects = [
    RowCase(.effectPerform, "EFFECT_PERFORM", 100, .performed("Clock.now()", [.effectPerform])),
    RowCase(
      .cryptoRandom, "CRYPTO_RANDOM", 10,
      .performed("Random.int(0, 1)", [.stackPush, .stackPush, .effectPerform, .cryptoRandom] + value + value)),
    RowCase(
      .dbRead, "DB_READ", 100,
      .performed("DbRead.query('', [])", [.stackPush, .arrayNew, .effectPerform, .dbRead] + value + value)),
    RowCase(
      .dbWrite, "DB_WRITE", 150,
      .performed(
        "DbWrite.execute('', [])", [.stackPush, .arrayNew, .effectPerform, .dbWrite] + value + value)),
    RowCase(
      .httpGet, "HTTP_GET", 100, .performed("HttpOut.get('')", [.stackPush, .effectPerform, .httpGet] + value)),
    RowCase(
      .httpPost, "HTTP_POST", 120,
      .performed("HttpOut.post('', '')", [.stackPush, .stackPush, .effectPerform, .httpPost] + value + value)),
    RowCase(
      .httpPut, "HTTP_PUT", 120,
      .performed("HttpOut.put('', '')", [.stackPush, .stackPush, .effectPerform, .httpPut] + value + value)),
    RowCase(
      .httpDelete, "HTTP_DELETE", 100,
      .performed("HttpOut.delete('')", [.stackPush, .effectPerform, .httpDelete] + value)),
    RowCase(
      .httpRequest, "HTTP_REQUEST", 80,
      .performed("HttpOut.request({})", [.objectNew, .effectPerform, .httpRequest] + value)),
    RowCase(
      .logDebug, "LOG_DEBUG", 5, .performed("Log.debug('')", [.stackPush, .effectPerform, .logDebug] + value)),
    RowCase(.logInfo, "LOG_INFO", 5, .performed("Log.info('')", [.stackPush, .effectPerform, .logInfo] + value)),
    RowCase(.logWarn, "LOG_WARN", 5, .performed("Log.warn('')", [.stackPush, .effectPerform, .logWarn] + value)),
    RowCase(
      .logError, "LOG_ERROR", 5, .performed("Log.error('')", [.stackPush, .effectPerform, .logError] + value)),
    RowCase(.dbConnect, "DB_CONNECT", 50, .unused("connecting is the host's affair")),
    RowCase(.dbQuery, "DB_QUERY", 80, .unused("a query is DB_READ")),
    RowCase(.dbTransaction, "DB_TRANSACTION", 30, .unused("each DbWrite is a transaction of its own")),
    RowCase(.httpResponse, "HTTP_RESPONSE", 60, .unused("the response is part of the request's effect")),
    RowCase(.effectRegister, "EFFECT_REGISTER", 20, .unused("effects are injected by the host, for nothing")),
    RowCase(.effectHandler, "EFFECT_HANDLER", 15, .unused("handlers are the host's")),
  ]

  private static let others = [
    RowCase(.fileRead, "FILE_READ", 50, .unused("there are no files")),
    RowCase(.fileWrite, "FILE_WRITE", 60, .unused("there are no files")),
    RowCase(.fileOpen, "FILE_OPEN", 20, .unused("there are no files")),
    RowCase(.fileClose, "FILE_CLOSE", 5, .unused("there are no files")),
    RowCase(.fileStat, "FILE_STAT", 15, .unused("there are no files")),
    RowCase(.pipeline, "PIPELINE", 3, .unused("there is no such operator; calls are FUNC_CALL")),
    RowCase(.pipelineCall, "PIPELINE_CALL", 4, .unused("there is no such operator; calls are FUNC_CALL")),
    RowCase(.unionCreate, "UNION_CREATE", 8, .unused("a union's value is a Record: OBJECT_NEW")),
    RowCase(.unionMatch, "UNION_MATCH", 12, .unused("matching is a switch: MATCH")),
    RowCase(.cloneVm, "CLONE_VM", 200, .unused("cloning costs a request nothing")),
    RowCase(.snapshotLoad, "SNAPSHOT_LOAD", 150, .unused("loading costs a request nothing")),
    RowCase(.snapshotSave, "SNAPSHOT_SAVE", 100, .unused("a snapshot is saved at build time")),
    RowCase(.gasCheck, "GAS_CHECK", 1, .unused("metering costs nothing")),
    RowCase(.stackPop, "STACK_POP", 1, .unused("what is pushed is paid for once")),
    RowCase(.scopeEnter, "SCOPE_ENTER", 2, .unused("blocks cost nothing")),
    RowCase(.scopeExit, "SCOPE_EXIT", 2, .unused("blocks cost nothing")),
  ]
}
