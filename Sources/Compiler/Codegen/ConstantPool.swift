internal import Engine

/// A value that is known when the program is built.
indirect enum Constant {
  case integer(Int64)
  case boolean(Bool)
  case string(Symbol)
  /// A String that is not in the program's symbol table.
  case text([UInt8])
  case array([Constant])
  /// Fields in source order.
  case record([(key: Symbol, value: Constant)])
  /// A function that captures nothing.
  case function(FunctionID)
  case builtin(Builtin)
  /// A constant of the library by its number.
  case library(Int)
}

/// The constants of a program. Each is a word in the image's constant section; the first words are the library's.
struct ConstantPool {
  enum Entry {
    case constant(Constant)
    /// How to build a record literal with these keys, given in source order.
    case recordLayout([Symbol])
  }

  private(set) var entries: [Entry] = []
  private var strings = NumberTable()
  private var functions = NumberTable()
  private var methods = NumberTable()

  /// The number of the next constant.
  private var next: Int { LibraryConstant.count + entries.count }

  /// The number of the constant for this String.
  mutating func string(_ symbol: Symbol) -> Int {
    if let known = strings[Int(symbol.index)] { return known }
    let number = add(.constant(.string(symbol)))
    strings[Int(symbol.index)] = number
    return number
  }

  /// The number of the constant for this function, which captures nothing.
  mutating func function(_ id: FunctionID) -> Int {
    if let known = functions[id.index] { return known }
    let number = add(.constant(.function(id)))
    functions[id.index] = number
    return number
  }

  /// The number of the first of two consecutive constants: the String, then the numbers of the methods of that name.
  /// The low 16 bits hold the String method and the bits above them the Array method, each as its number plus 1, or 0
  /// if there is none.
  mutating func method(_ symbol: Symbol, of symbols: SymbolTable) -> Int {
    if let known = methods[Int(symbol.index)] { return known }
    let name = symbols[symbol]
    let ofString = Builtin.findMethod(name, of: .string).map { Int64($0.rawValue) + 1 } ?? 0
    let ofArray = Builtin.findMethod(name, of: .array).map { Int64($0.rawValue) + 1 } ?? 0
    let number = add(.constant(.string(symbol)))
    _ = add(.constant(.integer(ofArray << 16 | ofString)))
    methods[Int(symbol.index)] = number
    return number
  }

  /// The number of a new constant that names an effect, such as `Log.info`.
  mutating func effect(_ name: Symbol, _ operation: Symbol, _ symbols: SymbolTable) -> Int {
    add(.constant(.text(symbols[name] + [UInt8(ascii: ".")] + symbols[operation])))
  }

  /// The number of a new constant.
  mutating func add(_ entry: Entry) -> Int {
    entries.append(entry)
    return next - 1
  }

  /// The number of a constant. Strings and functions are shared.
  mutating func add(_ constant: Constant) -> Int {
    switch constant {
    case .string(let symbol): string(symbol)
    case .function(let id): function(id)
    case .library(let number): number
    default: add(.constant(constant))
    }
  }
}

/// A table of numbers, by index.
private struct NumberTable {
  private var numbers: [Int] = []

  subscript(index: Int) -> Int? {
    get { index < numbers.count && numbers[index] >= 0 ? numbers[index] : nil }
    set {
      while numbers.count <= index { numbers.append(-1) }
      numbers[index] = newValue ?? -1
    }
  }
}
