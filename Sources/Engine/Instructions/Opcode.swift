/// The instructions of the register machine. One table (`definition`) gives each one's name, operands and meaning; the
/// encoder, the load check, the disassembler and the reference page follow from it.
///
/// A jump's operand is the number of instructions to skip, counted from the one after the jump: code only ever jumps
/// forward. A call's operand `a` is the register of the first argument; the frame's three header words, and with them
/// the place for the callee (a-3) and for a method's receiver (a-1), lie below it. The result comes to register a.
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
  case arityMismatch, restArguments, `return`, `throw`

  /// What an operand means.
  public enum Operand: Sendable {
    case none
    /// A register that is read.
    case source
    /// A register that is written.
    case target
    /// The first of a row of registers.
    case base
    /// Index of a constant (16 bits).
    case constant
    /// Index of a constant (32 bits, in b and c).
    case wideConstant
    /// A signed number (16 bits).
    case integer
    /// A signed number (32 bits, in b and c).
    case wideInteger
    /// The low 32 bits of an immediate value's word (in b and c).
    case immediate
    /// Index of a global slot (32 bits, in b and c).
    case global
    case capture
    case function
    case builtin
    case count
    /// Abstract stack words of the function that the instruction stands in.
    case stackWords
    /// Instructions to skip (16 bits).
    case jump
    /// Instructions to skip (32 bits, in b and c).
    case wideJump

    /// Whether the operand takes b and c together.
    var isWide: Bool {
      switch self {
      case .wideConstant, .wideInteger, .immediate, .global, .wideJump: true
      default: false
      }
    }
  }

  /// One row of the table.
  public struct Definition: Sendable {
    /// The name in listings.
    public let name: StaticString
    /// The first operand.
    public let a: Operand
    /// The second operand.
    public let b: Operand
    /// `none` where b is wide.
    public let c: Operand
    /// What it does, in one line.
    public let meaning: StaticString

    init(_ name: StaticString, _ a: Operand, _ b: Operand, _ c: Operand, _ meaning: StaticString) {
      self.name = name
      self.a = a
      self.b = b
      self.c = c
      self.meaning = meaning
    }
  }
}

extension Opcode {
  /// The row of this instruction.
  public var definition: Definition {
    switch self {
    case .halt: Definition("halt", .none, .none, .none, "ends the run with register 0 as its value")
    case .resume:
      Definition(
        "resume", .none, .none, .none,
        "gives a callback's result to the built-in whose frame this is")
    case .charge: Definition("charge", .none, .wideInteger, .none, "charges gas and does nothing else")
    case .move: Definition("move", .target, .source, .none, "a = b")
    case .loadConstant: Definition("loadConstant", .target, .wideConstant, .none, "a = constant")
    case .loadInteger: Definition("loadInteger", .target, .wideInteger, .none, "a = integer")
    case .loadImmediate: Definition("loadImmediate", .target, .immediate, .none, "a = true, false or undefined")
    case .loadGlobal:
      Definition(
        "loadGlobal", .target, .global, .none,
        "a = global slot; UninitializedBinding if it has no value yet")
    case .storeGlobal: Definition("storeGlobal", .source, .global, .none, "global slot = a")
    case .loadCapture: Definition("loadCapture", .target, .capture, .none, "a = captured value or cell")
    case .loadCaptureCell:
      Definition(
        "loadCaptureCell", .target, .capture, .none,
        "a = value in a captured cell; UninitializedBinding if it has none yet")
    case .loadCallee: Definition("loadCallee", .target, .none, .none, "a = the closure that is running")
    case .newCell: Definition("newCell", .target, .none, .none, "a = new cell without a value")
    case .storeCell: Definition("storeCell", .source, .source, .none, "value of cell a = b")
    case .loadCell:
      Definition(
        "loadCell", .target, .source, .none,
        "a = value of cell b; UninitializedBinding if it has none yet")
    case .uninitialized: Definition("uninitialized", .none, .none, .none, "ends the run with UninitializedBinding")
    case .closure:
      Definition(
        "closure", .target, .function, .base,
        "a = closure of a function; its captures are in the registers from c on")
    case .add: Definition("add", .target, .source, .source, "a = b + c, of two Ints or two Strings")
    case .subtract: Definition("subtract", .target, .source, .source, "a = b - c")
    case .multiply: Definition("multiply", .target, .source, .source, "a = b * c")
    case .divide: Definition("divide", .target, .source, .source, "a = b / c, truncated")
    case .remainder: Definition("remainder", .target, .source, .source, "a = b % c, with the sign of b")
    case .addImmediate: Definition("addImmediate", .target, .source, .integer, "a = b + integer")
    case .negate: Definition("negate", .target, .source, .none, "a = -b")
    case .not: Definition("not", .target, .source, .none, "a = !b")
    case .less: Definition("less", .target, .source, .source, "a = b < c, of two Ints, two Decimals or two Strings")
    case .lessOrEqual: Definition("lessOrEqual", .target, .source, .source, "a = b <= c, of the same")
    case .equal: Definition("equal", .target, .source, .source, "a = b === c")
    case .notEqual: Definition("notEqual", .target, .source, .source, "a = b !== c")
    case .jump: Definition("jump", .none, .wideJump, .none, "jumps")
    case .jumpIfTrue: Definition("jumpIfTrue", .source, .wideJump, .none, "jumps if a is true; a must be a Bool")
    case .jumpIfFalse: Definition("jumpIfFalse", .source, .wideJump, .none, "jumps if a is false; a must be a Bool")
    case .jumpIfDefined: Definition("jumpIfDefined", .source, .wideJump, .none, "jumps if a is not undefined")
    case .jumpIfLess: Definition("jumpIfLess", .source, .source, .jump, "jumps if a < b")
    case .jumpIfLessOrEqual: Definition("jumpIfLessOrEqual", .source, .source, .jump, "jumps if a <= b")
    case .jumpIfEqual: Definition("jumpIfEqual", .source, .source, .jump, "jumps if a === b")
    case .jumpIfNotEqual: Definition("jumpIfNotEqual", .source, .source, .jump, "jumps if a !== b")
    case .jumpIfLessImmediate: Definition("jumpIfLessImmediate", .source, .integer, .jump, "jumps if a < integer")
    case .jumpIfLessOrEqualImmediate:
      Definition(
        "jumpIfLessOrEqualImmediate", .source, .integer, .jump,
        "jumps if a <= integer")
    case .jumpIfGreaterImmediate: Definition("jumpIfGreaterImmediate", .source, .integer, .jump, "jumps if a > integer")
    case .jumpIfGreaterOrEqualImmediate:
      Definition(
        "jumpIfGreaterOrEqualImmediate", .source, .integer, .jump,
        "jumps if a >= integer")
    case .jumpIfEqualImmediate: Definition("jumpIfEqualImmediate", .source, .integer, .jump, "jumps if a === integer")
    case .jumpIfNotEqualImmediate:
      Definition(
        "jumpIfNotEqualImmediate", .source, .integer, .jump,
        "jumps if a !== integer")
    case .checkText:
      Definition(
        "checkText", .source, .none, .none,
        "TypeMismatch unless a has a canonical text: String, Int, Decimal or Bool")
    case .template: Definition("template", .target, .base, .count, "a = the texts of the registers from b on, joined")
    case .checkSpread: Definition("checkSpread", .source, .none, .none, "TypeMismatch unless a is an Array or a String")
    case .checkArray: Definition("checkArray", .source, .none, .none, "TypeMismatch unless a is an Array")
    case .checkRecord: Definition("checkRecord", .source, .none, .none, "TypeMismatch unless a is a Record")
    case .checkKey: Definition("checkKey", .source, .none, .none, "TypeMismatch unless a is a String")
    case .newArray: Definition("newArray", .target, .base, .count, "a = Array of the registers from b on")
    case .buildArray:
      Definition(
        "buildArray", .target, .base, .constant,
        "a = Array of the registers from b on; the constant tells which ones are spread")
    case .newRecord:
      Definition(
        "newRecord", .target, .base, .constant,
        "a = Record of the registers from b on, as the record layout in the constant says")
    case .buildRecord:
      Definition(
        "buildRecord", .target, .base, .constant,
        "a = Record of keys, values and spread Records from b on; the constant tells which is which")
    case .getField: Definition("getField", .target, .source, .constant, "a = b.key")
    case .getIndex: Definition("getIndex", .target, .source, .source, "a = b[c]")
    case .takeField: Definition("takeField", .target, .source, .constant, "a = field of Record b, in a pattern")
    case .takeFieldOrUndefined:
      Definition(
        "takeFieldOrUndefined", .target, .source, .constant,
        "a = field of Record b or undefined, in a pattern with a default")
    case .takeComputed: Definition("takeComputed", .target, .source, .source, "a = field c of Record b, in a pattern")
    case .takeComputedOrUndefined:
      Definition(
        "takeComputedOrUndefined", .target, .source, .source,
        "a = field c of Record b or undefined, in a pattern with a default")
    case .takeElement: Definition("takeElement", .target, .source, .count, "a = element c of Array b, in a pattern")
    case .takeElementOrUndefined:
      Definition(
        "takeElementOrUndefined", .target, .source, .count,
        "a = element c of Array b or undefined, in a pattern with a default")
    case .takeRestElements:
      Definition(
        "takeRestElements", .target, .source, .count,
        "a = Array of the elements of Array b from c on")
    case .takeRestFields:
      Definition(
        "takeRestFields", .target, .base, .count,
        "a = Record a without the keys in the c registers from b on")
    case .prepareMethod:
      Definition(
        "prepareMethod", .base, .source, .constant,
        "callee of the call at a = method of b; the constant is followed by the numbers of the methods of that name")
    case .callFunction:
      Definition(
        "callFunction", .base, .none, .function,
        "calls a function with as many arguments as it takes")
    case .call: Definition("call", .base, .count, .none, "calls the value in a-3 with b arguments")
    case .callSpread:
      Definition(
        "callSpread", .base, .none, .none,
        "calls the value in a-3 with the elements of Array a")
    case .callMethod: Definition("callMethod", .base, .count, .none, "calls what prepareMethod found, with b arguments")
    case .callMethodSpread:
      Definition(
        "callMethodSpread", .base, .none, .none,
        "calls what prepareMethod found, with the elements of Array a")
    case .callBuiltin:
      Definition(
        "callBuiltin", .base, .count, .builtin,
        "calls a function of the library with b arguments")
    case .callBuiltinSpread:
      Definition(
        "callBuiltinSpread", .base, .none, .builtin,
        "calls a function of the library with the elements of Array a")
    case .callEffect:
      Definition("callEffect", .base, .count, .constant, "calls the effect c of the host with b arguments")
    case .callEffectSpread:
      Definition("callEffectSpread", .base, .none, .constant, "calls the effect c with the elements of Array a")
    case .tailCallFunction:
      Definition(
        "tailCallFunction", .base, .stackWords, .function,
        "as callFunction, in the place of this frame")
    case .tailCall:
      Definition(
        "tailCall", .base, .count, .stackWords,
        "as call, in the place of this frame if the callee is a function of the program")
    case .tailCallSpread:
      Definition(
        "tailCallSpread", .base, .none, .stackWords,
        "as callSpread, in the place of this frame if the callee is a function of the program")
    case .tailCallMethod:
      Definition(
        "tailCallMethod", .base, .count, .stackWords,
        "as callMethod, in the place of this frame if the callee is a function of the program")
    case .tailCallMethodSpread:
      Definition(
        "tailCallMethodSpread", .base, .none, .stackWords,
        "as callMethodSpread, in the place of this frame if the callee is a function of the program")
    case .arityMismatch: Definition("arityMismatch", .none, .none, .none, "ends the run with ArityMismatch")
    case .restArguments:
      Definition(
        "restArguments", .target, .none, .none,
        "charges for the Array of rest arguments that the call put in a")
    case .return: Definition("return", .source, .stackWords, .none, "leaves the function with a")
    case .throw: Definition("throw", .source, .none, .none, "ends the run with Thrown")
    }
  }
}

extension Opcode {
  /// Whether the next instruction is only reached by a jump. A tail call of something that may be a built-in goes on.
  public var endsBlock: Bool {
    switch self {
    case .jump, .return, .throw, .halt, .uninitialized, .arityMismatch, .tailCallFunction: true
    default: false
    }
  }
}

extension Opcode {
  /// Whether control goes to the callee, whose frame lies in the registers from `a` on.
  var isCall: Bool {
    switch self {
    case .callFunction, .call, .callSpread, .callMethod, .callMethodSpread, .callBuiltin, .callBuiltinSpread,
      .callEffect,
      .tailCallFunction, .tailCall, .tailCallSpread, .tailCallMethod, .tailCallMethodSpread:
      true
    default: false
    }
  }

  /// The row of the gas schedule that the instruction's charge field pays for at least; nil if what it does is free, is
  /// charged while it runs, or can have been paid for by an instruction before it.
  var ownRow: GasRow? {
    switch self {
    case .add, .addImmediate: .add
    case .subtract: .sub
    case .multiply: .mul
    case .divide: .div
    case .remainder: .mod
    case .negate: .neg
    case .not: .lnot
    case .less, .jumpIfLess, .jumpIfLessImmediate, .jumpIfGreaterImmediate: .lt
    case .lessOrEqual, .jumpIfLessOrEqual, .jumpIfLessOrEqualImmediate, .jumpIfGreaterOrEqualImmediate: .le
    case .equal, .jumpIfEqual, .jumpIfEqualImmediate: .strictEq
    case .notEqual, .jumpIfNotEqual, .jumpIfNotEqualImmediate: .strictNe
    case .checkText: .strConcat
    case .getField, .takeField, .takeFieldOrUndefined, .takeComputed, .takeComputedOrUndefined: .propAccess
    case .getIndex, .takeElement, .takeElementOrUndefined: .arrayAccess
    case .callFunction, .call, .callSpread: .funcCall
    case .throw: .throw
    default: nil
    }
  }
}

extension Instruction {
  /// Instructions that a jump skips, counted from the next one; nil if it is no jump.
  var jumpDistance: Int? {
    guard let definition = opcode?.definition else { return nil }
    if definition.b == .wideJump { return wide }
    return definition.c == .jump ? c : nil
  }
}
