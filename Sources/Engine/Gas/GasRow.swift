/// The rows of the gas cost table: all of Annex A of MTPScript 5.1.
///
/// Costs are written only here. The compiler charges constructs with these rows, the built-in table (`Builtin`) names
/// the row of each function, and the published table is generated from them. Costs are in β-reduction units.
public enum GasRow: UInt8, CaseIterable, Sendable {
  // Arithmetic
  case add, sub, mul, div, mod, neg
  // Comparison
  case lt, le, gt, ge, eq, ne, strictEq, strictNe
  // Logical
  case lnot, land, lor
  // Control flow
  case `if`, ifElse, `while`, `for`, `break`, `continue`, `return`, `throw`, `try`, `catch`, `finally`
  // Variables
  case varDecl, assign, propAccess, propAssign, arrayAccess, arrayAssign, delete
  // Functions
  case funcDecl, funcCall, new, tailCall
  // Types
  case typeof, instanceof, `in`
  // Strings
  case strConcat, strIndex, strSlice, strSplit, strReplace, strSearch, strMatch, strFormat
  // Arrays
  case arrayNew, arrayPush, arrayPop, arrayShift, arrayUnshift, arraySlice, arraySplice, arrayJoin, arraySort,
    arrayReverse
  // Objects
  case objectNew, objectKeys, objectValues, objectEntries
  // JSON
  case jsonParse, jsonStringify
  // Crypto
  case cryptoSha256, cryptoMd5, cryptoHmacSha256, cryptoSign, cryptoVerify, cryptoRandom
  // Database
  case dbRead, dbWrite, dbConnect, dbQuery, dbTransaction
  // HTTP
  case httpGet, httpPost, httpPut, httpDelete, httpRequest, httpResponse
  // Files
  case fileRead, fileWrite, fileOpen, fileClose, fileStat
  // Log
  case logDebug, logInfo, logWarn, logError
  // MTPScript
  case pipeline, pipelineCall, match, matchCase, unionCreate, unionMatch, optionSome, optionNone, resultOk, resultErr
  // Effects
  case effectRegister, effectPerform, effectHandler
  // Virtual machine
  case cloneVm, snapshotLoad, snapshotSave
  // Metering and stack
  case gasCheck, gasConsume, stackPush, stackPop, scopeEnter, scopeExit

  /// The role of a row in the pricing of programs.
  public enum Standing: Sendable {
    /// Charged for a construct or a built-in.
    case charged
    /// Belongs to a construct that the language rejects. A test shows that it does.
    case forbidden
    /// Never charged: the language has no such operation, or the operation costs nothing on its own.
    case unused
  }

  /// One row of the table.
  public struct Definition: Sendable {
    /// The operation's name in Annex A.
    public let name: StaticString
    /// Units for one operation.
    public let cost: Int
    /// The row's role.
    public let standing: Standing

    init(_ name: StaticString, _ cost: Int, _ standing: Standing) {
      self.name = name
      self.cost = cost
      self.standing = standing
    }
  }

  /// The row's entry in the table.
  public var definition: Definition {
    switch self {
    case .add: Definition("ADD", 2, .charged)
    case .sub: Definition("SUB", 2, .charged)
    case .mul: Definition("MUL", 3, .charged)
    case .div: Definition("DIV", 4, .charged)
    case .mod: Definition("MOD", 4, .charged)
    case .neg: Definition("NEG", 1, .charged)
    case .lt: Definition("LT", 2, .charged)
    case .le: Definition("LE", 2, .charged)
    case .gt: Definition("GT", 2, .charged)
    case .ge: Definition("GE", 2, .charged)
    case .eq: Definition("EQ", 2, .forbidden)
    case .ne: Definition("NE", 2, .forbidden)
    case .strictEq: Definition("STRICT_EQ", 2, .charged)
    case .strictNe: Definition("STRICT_NE", 2, .charged)
    case .lnot: Definition("LNOT", 1, .charged)
    case .land: Definition("LAND", 2, .charged)
    case .lor: Definition("LOR", 2, .charged)
    case .if: Definition("IF", 3, .charged)
    case .ifElse: Definition("IF_ELSE", 4, .charged)
    case .while: Definition("WHILE", 5, .forbidden)
    case .for: Definition("FOR", 6, .forbidden)
    case .break: Definition("BREAK", 2, .charged)
    case .continue: Definition("CONTINUE", 2, .forbidden)
    case .return: Definition("RETURN", 3, .charged)
    case .throw: Definition("THROW", 10, .charged)
    case .try: Definition("TRY", 5, .forbidden)
    case .catch: Definition("CATCH", 3, .forbidden)
    case .finally: Definition("FINALLY", 2, .forbidden)
    case .varDecl: Definition("VAR_DECL", 3, .charged)
    case .assign: Definition("ASSIGN", 2, .forbidden)
    case .propAccess: Definition("PROP_ACCESS", 3, .charged)
    case .propAssign: Definition("PROP_ASSIGN", 4, .forbidden)
    case .arrayAccess: Definition("ARRAY_ACCESS", 2, .charged)
    case .arrayAssign: Definition("ARRAY_ASSIGN", 3, .forbidden)
    case .delete: Definition("DELETE", 5, .forbidden)
    case .funcDecl: Definition("FUNC_DECL", 10, .charged)
    case .funcCall: Definition("FUNC_CALL", 5, .charged)
    case .new: Definition("NEW", 20, .forbidden)
    case .tailCall: Definition("TAIL_CALL", 0, .charged)
    case .typeof: Definition("TYPEOF", 2, .forbidden)
    case .instanceof: Definition("INSTANCEOF", 3, .forbidden)
    case .in: Definition("IN", 2, .forbidden)
    case .strConcat: Definition("STR_CONCAT", 3, .charged)
    case .strIndex: Definition("STR_INDEX", 2, .charged)
    case .strSlice: Definition("STR_SLICE", 4, .charged)
    case .strSplit: Definition("STR_SPLIT", 10, .charged)
    case .strReplace: Definition("STR_REPLACE", 8, .charged)
    case .strSearch: Definition("STR_SEARCH", 6, .charged)
    case .strMatch: Definition("STR_MATCH", 15, .unused)
    case .strFormat: Definition("STR_FORMAT", 5, .charged)
    case .arrayNew: Definition("ARRAY_NEW", 5, .charged)
    case .arrayPush: Definition("ARRAY_PUSH", 3, .unused)
    case .arrayPop: Definition("ARRAY_POP", 2, .unused)
    case .arrayShift: Definition("ARRAY_SHIFT", 3, .unused)
    case .arrayUnshift: Definition("ARRAY_UNSHIFT", 4, .unused)
    case .arraySlice: Definition("ARRAY_SLICE", 5, .charged)
    case .arraySplice: Definition("ARRAY_SPLICE", 8, .charged)
    case .arrayJoin: Definition("ARRAY_JOIN", 6, .charged)
    case .arraySort: Definition("ARRAY_SORT", 20, .charged)
    case .arrayReverse: Definition("ARRAY_REVERSE", 3, .charged)
    case .objectNew: Definition("OBJECT_NEW", 5, .charged)
    case .objectKeys: Definition("OBJECT_KEYS", 4, .charged)
    case .objectValues: Definition("OBJECT_VALUES", 4, .charged)
    case .objectEntries: Definition("OBJECT_ENTRIES", 5, .charged)
    case .jsonParse: Definition("JSON_PARSE", 20, .charged)
    case .jsonStringify: Definition("JSON_STRINGIFY", 15, .charged)
    case .cryptoSha256: Definition("CRYPTO_SHA256", 50, .charged)
    case .cryptoMd5: Definition("CRYPTO_MD5", 30, .unused)
    case .cryptoHmacSha256: Definition("CRYPTO_HMAC_SHA256", 60, .charged)
    case .cryptoSign: Definition("CRYPTO_SIGN", 200, .unused)
    case .cryptoVerify: Definition("CRYPTO_VERIFY", 150, .unused)
    case .cryptoRandom: Definition("CRYPTO_RANDOM", 10, .charged)
    case .dbRead: Definition("DB_READ", 100, .charged)
    case .dbWrite: Definition("DB_WRITE", 150, .charged)
    case .dbConnect: Definition("DB_CONNECT", 50, .unused)
    case .dbQuery: Definition("DB_QUERY", 80, .unused)
    case .dbTransaction: Definition("DB_TRANSACTION", 30, .unused)
    case .httpGet: Definition("HTTP_GET", 100, .charged)
    case .httpPost: Definition("HTTP_POST", 120, .charged)
    case .httpPut: Definition("HTTP_PUT", 120, .charged)
    case .httpDelete: Definition("HTTP_DELETE", 100, .charged)
    case .httpRequest: Definition("HTTP_REQUEST", 80, .charged)
    case .httpResponse: Definition("HTTP_RESPONSE", 60, .unused)
    case .fileRead: Definition("FILE_READ", 50, .unused)
    case .fileWrite: Definition("FILE_WRITE", 60, .unused)
    case .fileOpen: Definition("FILE_OPEN", 20, .unused)
    case .fileClose: Definition("FILE_CLOSE", 5, .unused)
    case .fileStat: Definition("FILE_STAT", 15, .unused)
    case .logDebug: Definition("LOG_DEBUG", 5, .charged)
    case .logInfo: Definition("LOG_INFO", 5, .charged)
    case .logWarn: Definition("LOG_WARN", 5, .charged)
    case .logError: Definition("LOG_ERROR", 5, .charged)
    case .pipeline: Definition("PIPELINE", 3, .unused)
    case .pipelineCall: Definition("PIPELINE_CALL", 4, .unused)
    case .match: Definition("MATCH", 10, .charged)
    case .matchCase: Definition("MATCH_CASE", 5, .charged)
    case .unionCreate: Definition("UNION_CREATE", 8, .unused)
    case .unionMatch: Definition("UNION_MATCH", 12, .unused)
    case .optionSome: Definition("OPTION_SOME", 3, .charged)
    case .optionNone: Definition("OPTION_NONE", 2, .unused)
    case .resultOk: Definition("RESULT_OK", 3, .charged)
    case .resultErr: Definition("RESULT_ERR", 3, .charged)
    case .effectRegister: Definition("EFFECT_REGISTER", 20, .unused)
    case .effectPerform: Definition("EFFECT_PERFORM", 100, .charged)
    case .effectHandler: Definition("EFFECT_HANDLER", 15, .unused)
    case .cloneVm: Definition("CLONE_VM", 200, .unused)
    case .snapshotLoad: Definition("SNAPSHOT_LOAD", 150, .unused)
    case .snapshotSave: Definition("SNAPSHOT_SAVE", 100, .unused)
    case .gasCheck: Definition("GAS_CHECK", 1, .unused)
    case .gasConsume: Definition("GAS_CONSUME", 1, .charged)
    case .stackPush: Definition("STACK_PUSH", 1, .charged)
    case .stackPop: Definition("STACK_POP", 1, .unused)
    case .scopeEnter: Definition("SCOPE_ENTER", 2, .unused)
    case .scopeExit: Definition("SCOPE_EXIT", 2, .unused)
    }
  }

  /// Units for one operation.
  @inline(__always)
  public var cost: Int { definition.cost }
}
