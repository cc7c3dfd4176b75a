/// The instructions of the register machine. One table (`definition`) describes each of them completely: what it reads
/// and writes, where control goes, and how it is charged. The encoder, the load check, the disassembler and the
/// reference page follow from it (`OpcodeDefinition.swift` has its columns).
///
/// The operand of a jump is the number of instructions to skip, counted from the one after the jump. So code only ever
/// jumps forward. Operand `a` of a call is the register of the first argument. The three header words of the frame are
/// below it; they include the places for the callee (a-3) and for a method's receiver (a-1). The result is stored in
/// register a.
public enum Opcode: UInt8, CaseIterable, Sendable {
  case halt, resume, charge
  // Moving values
  case move, loadConstant, loadInteger, loadImmediate, loadGlobal, storeGlobal
  case loadCapture, loadCaptureCell, loadCallee, newCell, storeCell, loadCell, uninitialized, closure
  // Operators
  case add, subtract, multiply, divide, remainder, addImmediate, negate, not
  case less, lessOrEqual, equal, notEqual
  // Control flow
  case jump, jumpIfTrue, jumpIfFalse, jumpIfDefined
  case jumpIfLess, jumpIfLessOrEqual, jumpIfEqual, jumpIfNotEqual
  case jumpIfLessImmediate, jumpIfLessOrEqualImmediate, jumpIfGreaterImmediate, jumpIfGreaterOrEqualImmediate
  case jumpIfEqualImmediate, jumpIfNotEqualImmediate
  // Data
  case checkText, template, checkSpread, checkArray, checkRecord, checkKey
  case newArray, buildArray, newRecord, buildRecord
  case getField, getIndex, takeField, takeFieldOrUndefined, takeComputed, takeComputedOrUndefined
  case takeElement, takeElementOrUndefined, takeRestElements, takeRestFields
  // Calls
  case prepareMethod, callFunction, call, callSpread, callMethod, callMethodSpread, callBuiltin, callBuiltinSpread,
    callEffect, callEffectSpread
  case tailCallFunction, tailCall, tailCallSpread, tailCallMethod, tailCallMethodSpread
  case restArguments, `return`, `throw`
}

extension Opcode {
  /// The row of this instruction.
  public var definition: Definition {
    switch self {
    case .halt:
      Definition(
        "halt", a: .none, b: .none, c: .none, row: .none, flow: .outside, charging: .free, collects: false,
        meaning: "ends the run with register 0 as its value")
    case .resume:
      Definition(
        "resume", a: .none, b: .none, c: .none, row: .none, flow: .outside, charging: .itself, collects: true,
        meaning: "gives a callback's result to the built-in whose frame this is")
    case .charge:
      Definition(
        "charge", a: .none, b: .units, c: .none, row: .none, flow: .next, charging: .free, collects: false,
        meaning: "charges gas and does nothing else")
    case .move:
      Definition(
        "move", a: .target(.copy), b: .source(.valueOrCell), c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = b")
    case .loadConstant:
      Definition(
        "loadConstant", a: .target(.constant), b: .wideConstant, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = constant")
    case .loadInteger:
      Definition(
        "loadInteger", a: .target(.integer), b: .wideInteger, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = integer")
    case .loadImmediate:
      Definition(
        "loadImmediate", a: .target(.value), b: .immediate, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = true, false or undefined")
    case .loadGlobal:
      Definition(
        "loadGlobal", a: .target(.value), b: .global, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = global slot; UninitializedBinding if it has no value yet")
    case .storeGlobal:
      Definition(
        "storeGlobal", a: .source(.value), b: .global, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "global slot = a")
    case .loadCapture:
      Definition(
        "loadCapture", a: .target(.capture), b: .capture, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = captured value or cell")
    case .loadCaptureCell:
      Definition(
        "loadCaptureCell", a: .target(.value), b: .cellCapture, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = value in a captured cell; UninitializedBinding if it has none yet")
    case .loadCallee:
      Definition(
        "loadCallee", a: .target(.callee), b: .none, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = the closure that is running")
    case .newCell:
      Definition(
        "newCell", a: .target(.cell), b: .none, c: .none, row: .none, flow: .next, charging: .free, collects: true,
        meaning: "a = new cell without a value")
    case .storeCell:
      Definition(
        "storeCell", a: .source(.cell), b: .source(.value), c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "value of cell a = b")
    case .loadCell:
      Definition(
        "loadCell", a: .target(.value), b: .source(.cell), c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "a = value of cell b; UninitializedBinding if it has none yet")
    case .uninitialized:
      Definition(
        "uninitialized", a: .none, b: .none, c: .none, row: .none, flow: .ends, charging: .free, collects: false,
        meaning: "ends the run with UninitializedBinding")
    case .closure:
      Definition(
        "closure", a: .target(.value), b: .closure, c: .base, row: .captures, flow: .next, charging: .free,
        collects: true,
        meaning: "a = closure of a function; its captures are in the registers from c on")
    case .add:
      Definition(
        "add", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .sum(.add), collects: true,
        meaning: "a = b + c, of two Ints or two Strings")
    case .subtract:
      Definition(
        "subtract", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .fixed(.sub), collects: true,
        meaning: "a = b - c")
    case .multiply:
      Definition(
        "multiply", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .fixed(.mul), collects: true,
        meaning: "a = b * c")
    case .divide:
      Definition(
        "divide", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .fixed(.div), collects: true,
        meaning: "a = b / c, truncated")
    case .remainder:
      Definition(
        "remainder", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .fixed(.mod), collects: true,
        meaning: "a = b % c, with the sign of b")
    case .addImmediate:
      Definition(
        "addImmediate", a: .target(.value), b: .source(.value), c: .integer, row: .none, flow: .next,
        charging: .fixed(.add), collects: true,
        meaning: "a = b + integer")
    case .negate:
      Definition(
        "negate", a: .target(.value), b: .source(.value), c: .none, row: .none, flow: .next, charging: .fixed(.neg),
        collects: true,
        meaning: "a = -b")
    case .not:
      Definition(
        "not", a: .target(.value), b: .source(.value), c: .none, row: .none, flow: .next, charging: .fixed(.lnot),
        collects: false,
        meaning: "a = !b")
    case .less:
      Definition(
        "less", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .comparison(.lt), collects: false,
        meaning: "a = b < c, of two Ints, two Decimals or two Strings")
    case .lessOrEqual:
      Definition(
        "lessOrEqual", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .comparison(.le), collects: false,
        meaning: "a = b <= c, of the same")
    case .equal:
      Definition(
        "equal", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .comparison(.strictEq), collects: false,
        meaning: "a = b === c")
    case .notEqual:
      Definition(
        "notEqual", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .comparison(.strictNe), collects: false,
        meaning: "a = b !== c")
    case .jump:
      Definition(
        "jump", a: .none, b: .wideJump, c: .none, row: .none, flow: .ends, charging: .free, collects: false,
        meaning: "jumps")
    case .jumpIfTrue:
      Definition(
        "jumpIfTrue", a: .source(.value), b: .wideJump, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "jumps if a is true; a must be a Bool")
    case .jumpIfFalse:
      Definition(
        "jumpIfFalse", a: .source(.value), b: .wideJump, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "jumps if a is false; a must be a Bool")
    case .jumpIfDefined:
      Definition(
        "jumpIfDefined", a: .source(.value), b: .wideJump, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "jumps if a is not undefined")
    case .jumpIfLess:
      Definition(
        "jumpIfLess", a: .source(.value), b: .source(.value), c: .jump, row: .none, flow: .next,
        charging: .comparison(.lt), collects: false,
        meaning: "jumps if a < b")
    case .jumpIfLessOrEqual:
      Definition(
        "jumpIfLessOrEqual", a: .source(.value), b: .source(.value), c: .jump, row: .none, flow: .next,
        charging: .comparison(.le), collects: false,
        meaning: "jumps if a <= b")
    case .jumpIfEqual:
      Definition(
        "jumpIfEqual", a: .source(.value), b: .source(.value), c: .jump, row: .none, flow: .next,
        charging: .comparison(.strictEq), collects: false,
        meaning: "jumps if a === b")
    case .jumpIfNotEqual:
      Definition(
        "jumpIfNotEqual", a: .source(.value), b: .source(.value), c: .jump, row: .none, flow: .next,
        charging: .comparison(.strictNe), collects: false,
        meaning: "jumps if a !== b")
    case .jumpIfLessImmediate:
      Definition(
        "jumpIfLessImmediate", a: .source(.value), b: .integer, c: .jump, row: .none, flow: .next,
        charging: .fixed(.lt), collects: false,
        meaning: "jumps if a < integer")
    case .jumpIfLessOrEqualImmediate:
      Definition(
        "jumpIfLessOrEqualImmediate", a: .source(.value), b: .integer, c: .jump, row: .none, flow: .next,
        charging: .fixed(.le), collects: false,
        meaning: "jumps if a <= integer")
    case .jumpIfGreaterImmediate:
      Definition(
        "jumpIfGreaterImmediate", a: .source(.value), b: .integer, c: .jump, row: .none, flow: .next,
        charging: .fixed(.lt), collects: false,
        meaning: "jumps if a > integer")
    case .jumpIfGreaterOrEqualImmediate:
      Definition(
        "jumpIfGreaterOrEqualImmediate", a: .source(.value), b: .integer, c: .jump, row: .none, flow: .next,
        charging: .fixed(.le), collects: false,
        meaning: "jumps if a >= integer")
    case .jumpIfEqualImmediate:
      Definition(
        "jumpIfEqualImmediate", a: .source(.value), b: .integer, c: .jump, row: .none, flow: .next,
        charging: .fixed(.strictEq), collects: false,
        meaning: "jumps if a === integer")
    case .jumpIfNotEqualImmediate:
      Definition(
        "jumpIfNotEqualImmediate", a: .source(.value), b: .integer, c: .jump, row: .none, flow: .next,
        charging: .fixed(.strictNe), collects: false,
        meaning: "jumps if a !== integer")
    case .checkText:
      Definition(
        "checkText", a: .checked(.text), b: .none, c: .none, row: .none, flow: .next, charging: .fixed(.strConcat),
        collects: false,
        meaning: "TypeMismatch unless a has a canonical text: String, Int, Decimal or Bool")
    case .template:
      Definition(
        "template", a: .target(.string), b: .base, c: .count, row: .counted(.text), flow: .next, charging: .itself,
        collects: true,
        meaning: "a = the texts of the registers from b on, joined")
    case .checkSpread:
      Definition(
        "checkSpread", a: .checked(.sequence), b: .none, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "TypeMismatch unless a is an Array or a String")
    case .checkArray:
      Definition(
        "checkArray", a: .checked(.array), b: .none, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "TypeMismatch unless a is an Array")
    case .checkRecord:
      Definition(
        "checkRecord", a: .checked(.record), b: .none, c: .none, row: .none, flow: .next, charging: .free,
        collects: false,
        meaning: "TypeMismatch unless a is a Record")
    case .checkKey:
      Definition(
        "checkKey", a: .checked(.string), b: .none, c: .none, row: .none, flow: .next, charging: .free, collects: false,
        meaning: "TypeMismatch unless a is a String")
    case .newArray:
      Definition(
        "newArray", a: .target(.array), b: .base, c: .count, row: .counted(.value), flow: .next, charging: .free,
        collects: true,
        meaning: "a = Array of the registers from b on")
    case .buildArray:
      Definition(
        "buildArray", a: .target(.array), b: .base, c: .elements, row: .elements, flow: .next, charging: .itself,
        collects: true,
        meaning: "a = Array of the registers from b on; the constant tells which ones are spread")
    case .newRecord:
      Definition(
        "newRecord", a: .target(.value), b: .base, c: .layout, row: .fields, flow: .next, charging: .free,
        collects: true,
        meaning: "a = Record of the registers from b on, as the record layout in the constant says")
    case .buildRecord:
      Definition(
        "buildRecord", a: .target(.value), b: .base, c: .members, row: .members, flow: .next, charging: .itself,
        collects: true,
        meaning: "a = Record of keys, values and spread Records from b on; the constant tells which is which")
    case .getField:
      Definition(
        "getField", a: .target(.value), b: .source(.value), c: .key, row: .none, flow: .next,
        charging: .namedKey(.propAccess), collects: false,
        meaning: "a = b.key")
    case .getIndex:
      Definition(
        "getIndex", a: .target(.value), b: .source(.value), c: .source(.value), row: .none, flow: .next,
        charging: .index(.arrayAccess), collects: true,
        meaning: "a = b[c]")
    case .takeField:
      Definition(
        "takeField", a: .target(.value), b: .source(.value), c: .key, row: .none, flow: .next,
        charging: .namedKey(.propAccess), collects: false,
        meaning: "a = field of Record b, in a pattern")
    case .takeFieldOrUndefined:
      Definition(
        "takeFieldOrUndefined", a: .target(.value), b: .source(.value), c: .key, row: .none, flow: .next,
        charging: .namedKey(.propAccess), collects: false,
        meaning: "a = field of Record b or undefined, in a pattern with a default")
    case .takeComputed:
      Definition(
        "takeComputed", a: .target(.value), b: .source(.value), c: .checked(.string), row: .none, flow: .next,
        charging: .computedKey(.propAccess), collects: false,
        meaning: "a = field c of Record b, in a pattern")
    case .takeComputedOrUndefined:
      Definition(
        "takeComputedOrUndefined", a: .target(.value), b: .source(.value), c: .checked(.string), row: .none,
        flow: .next, charging: .computedKey(.propAccess), collects: false,
        meaning: "a = field c of Record b or undefined, in a pattern with a default")
    case .takeElement:
      Definition(
        "takeElement", a: .target(.value), b: .source(.value), c: .count, row: .none, flow: .next,
        charging: .fixed(.arrayAccess), collects: false,
        meaning: "a = element c of Array b, in a pattern")
    case .takeElementOrUndefined:
      Definition(
        "takeElementOrUndefined", a: .target(.value), b: .source(.value), c: .count, row: .none, flow: .next,
        charging: .fixed(.arrayAccess), collects: false,
        meaning: "a = element c of Array b or undefined, in a pattern with a default")
    case .takeRestElements:
      Definition(
        "takeRestElements", a: .target(.value), b: .source(.value), c: .count, row: .none, flow: .next,
        charging: .itself, collects: true,
        meaning: "a = Array of the elements of Array b from c on")
    case .takeRestFields:
      Definition(
        "takeRestFields", a: .updated, b: .base, c: .count, row: .counted(.string), flow: .next, charging: .itself,
        collects: true,
        meaning: "a = Record a without the keys in the c registers from b on")
    case .prepareMethod:
      Definition(
        "prepareMethod", a: .frame, b: .source(.value), c: .method, row: .none, flow: .preparesCall, charging: .itself,
        collects: false,
        meaning:
          "callee of the call at a = method of b; the constant is followed by the numbers of the methods of that name")
    case .callFunction:
      Definition(
        "callFunction", a: .frame, b: .none, c: .function, row: .none, flow: .calls(.function, .declared),
        charging: .fixed(.funcCall), collects: false,
        meaning: "calls a function with as many arguments as it takes")
    case .call:
      Definition(
        "call", a: .frame, b: .count, c: .none, row: .none, flow: .calls(.value, .counted), charging: .call(.funcCall),
        collects: true,
        meaning: "calls the value in a-3 with b arguments")
    case .callSpread:
      Definition(
        "callSpread", a: .frame, b: .none, c: .none, row: .none, flow: .calls(.value, .spread),
        charging: .call(.funcCall), collects: true,
        meaning: "calls the value in a-3 with the elements of Array a")
    case .callMethod:
      Definition(
        "callMethod", a: .frame, b: .count, c: .none, row: .none, flow: .calls(.method, .counted), charging: .itself,
        collects: true,
        meaning: "calls what prepareMethod found, with b arguments")
    case .callMethodSpread:
      Definition(
        "callMethodSpread", a: .frame, b: .none, c: .none, row: .none, flow: .calls(.method, .spread),
        charging: .itself, collects: true,
        meaning: "calls what prepareMethod found, with the elements of Array a")
    case .callBuiltin:
      Definition(
        "callBuiltin", a: .frame, b: .count, c: .builtin, row: .none, flow: .calls(.builtin, .counted),
        charging: .itself, collects: true,
        meaning: "calls a function of the library with b arguments")
    case .callBuiltinSpread:
      Definition(
        "callBuiltinSpread", a: .frame, b: .none, c: .builtin, row: .none, flow: .calls(.builtin, .spread),
        charging: .itself, collects: true,
        meaning: "calls a function of the library with the elements of Array a")
    case .callEffect:
      Definition(
        "callEffect", a: .frame, b: .count, c: .effect, row: .none, flow: .calls(.effect, .counted), charging: .itself,
        collects: true,
        meaning: "calls the effect c of the host with b arguments")
    case .callEffectSpread:
      Definition(
        "callEffectSpread", a: .frame, b: .none, c: .effect, row: .none, flow: .calls(.effect, .spread),
        charging: .itself, collects: true,
        meaning: "calls the effect c with the elements of Array a")
    case .tailCallFunction:
      Definition(
        "tailCallFunction", a: .frame, b: .stackWords, c: .function, row: .none, flow: .tailCalls(.function, .declared),
        charging: .free, collects: false,
        meaning: "as callFunction, in the place of this frame")
    case .tailCall:
      Definition(
        "tailCall", a: .frame, b: .count, c: .stackWords, row: .none, flow: .tailCalls(.value, .counted),
        charging: .itself, collects: true,
        meaning: "as call, in the place of this frame if the callee is a function of the program")
    case .tailCallSpread:
      Definition(
        "tailCallSpread", a: .frame, b: .none, c: .stackWords, row: .none, flow: .tailCalls(.value, .spread),
        charging: .itself, collects: true,
        meaning: "as callSpread, in the place of this frame if the callee is a function of the program")
    case .tailCallMethod:
      Definition(
        "tailCallMethod", a: .frame, b: .count, c: .stackWords, row: .none, flow: .tailCalls(.method, .counted),
        charging: .itself, collects: true,
        meaning: "as callMethod, in the place of this frame if the callee is a function of the program")
    case .tailCallMethodSpread:
      Definition(
        "tailCallMethodSpread", a: .frame, b: .none, c: .stackWords, row: .none, flow: .tailCalls(.method, .spread),
        charging: .itself, collects: true,
        meaning: "as callMethodSpread, in the place of this frame if the callee is a function of the program")
    case .restArguments:
      Definition(
        "restArguments", a: .restParameter, b: .none, c: .none, row: .none, flow: .next, charging: .itself,
        collects: false,
        meaning: "charges for the Array of rest arguments that the call put in a")
    case .return:
      Definition(
        "return", a: .source(.value), b: .stackWords, c: .none, row: .none, flow: .leaves, charging: .itself,
        collects: true,
        meaning: "leaves the function with a")
    case .throw:
      Definition(
        "throw", a: .source(.value), b: .none, c: .none, row: .none, flow: .ends, charging: .fixed(.throw),
        collects: false,
        meaning: "ends the run with Thrown")
    }
  }
}
