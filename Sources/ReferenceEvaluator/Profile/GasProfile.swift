public import Compiler
internal import Engine

/// Where the gas of one run went. Each unit belongs to a line of the source and to a call stack. Nothing is sampled, so
/// the sums are exact.
public struct GasProfile {
  /// A frame of the stacks, with the frames that it called.
  public final class Frame {
    /// Such as `total (main.js:3)` and `Array.map`, in UTF-8.
    public let name: [UInt8]
    /// The kind of code that it runs.
    public let kind: Kind
    /// Units charged in the frame itself.
    public fileprivate(set) var ownUnits: Int64 = 0
    /// The frames that it called, ordered by their first call.
    public fileprivate(set) var callees: [Frame] = []

    /// The kind of code that a frame runs.
    public enum Kind: UInt8 {
      case host = 0
      case program = 1
      case library = 2
    }

    fileprivate init(_ name: [UInt8], _ kind: Kind) {
      self.name = name
      self.kind = kind
    }

    /// Units charged in the frame and in everything that it called.
    public var units: Int64 { callees.reduce(ownUnits) { $0 + $1.units } }

    fileprivate func callee(_ name: [UInt8], _ kind: Kind) -> Frame {
      if let known = callees.first(where: { $0.name == name }) { return known }
      let callee = Frame(name, kind)
      callees.append(callee)
      return callee
    }
  }

  /// A line of the source, or the work of the host.
  public struct Line: Hashable, Comparable {
    /// The index of the file.
    public let file: Int
    /// The number of the line, from 1.
    public let number: Int

    /// The order of the text.
    public static func < (left: Line, right: Line) -> Bool {
      left.file != right.file ? left.file < right.file : left.number < right.number
    }
  }

  /// The root of all stacks.
  public let root = Frame(Array("all".utf8), .host)
  /// Units by line.
  public private(set) var lines: [Line: Int64] = [:]
  /// Units for the work of the host: reading the request, calling the handler, printing the response.
  public private(set) var hostUnits: Int64 = 0

  private let names: FrameNames
  private let tables: [LineTable]
  /// The frames of the current stack, outermost first, and the calls that they represent.
  private var stack: [(path: CallPath?, frame: Frame)] = []

  /// The maximum number of frames in a stack. The gas of deeper calls is charged to the deepest frame.
  public static let depthLimit = 200

  /// An empty profile of a program with these sources.
  public init(_ program: Program, sources: [SourceFile]) {
    names = FrameNames(program, sources)
    tables = sources.map { $0.lineTable() }
    stack = [(nil, root)]
  }

  /// Adds a charge to the profile.
  public mutating func add(_ charge: Charge) {
    guard let span = charge.span else {
      hostUnits += charge.units
      root.callee(Array("(request and response)".utf8), .host).ownUnits += charge.units
      return
    }
    lines[Line(file: span.file, number: tables[span.file].position(of: span.start).line), default: 0] += charge.units
    frame(of: charge.path).ownUnits += charge.units
  }

  /// The frame for a call stack. Most stacks differ from the previous one by only one or two calls.
  private mutating func frame(of path: CallPath) -> Frame {
    var calls: [CallPath] = []
    var next: CallPath? = path
    while let call = next {
      let level = call.depth + 1
      if level < stack.count, stack[level].path === call { break }
      calls.append(call)
      next = call.caller
    }
    stack.removeLast(stack.count - 1 - (next.map { $0.depth + 1 } ?? 0))
    for call in calls.reversed() {
      let caller = stack[stack.count - 1].frame
      let (name, kind) = names.name(of: call.callee)
      stack.append((call, stack.count > GasProfile.depthLimit ? caller : caller.callee(name, kind)))
    }
    return stack[stack.count - 1].frame
  }
}

/// The names of calls.
private struct FrameNames {
  private let functions: [[UInt8]]

  init(_ program: Program, _ sources: [SourceFile]) {
    let folder = sources[0].folder.count
    let tables = sources.map { $0.lineTable() }
    var names = program.functions.map { scope in scope.node.name.map { program.symbols[$0.name.symbol] } }
    for binding in program.bindings {
      if let function = binding.knownFunction, names[function.index] == nil {
        names[function.index] = program.symbols[binding.name.symbol]
      }
    }
    functions = program.functions.enumerated().map { index, scope in
      let span = scope.node.span
      let line = tables[span.file].position(of: span.start).line
      let place = Array(sources[span.file].path.dropFirst(folder)) + Array(":\(line)".utf8)
      return (names[index] ?? Array("=>".utf8)) + Array(" (".utf8) + place + Array(")".utf8)
    }
  }

  func name(of callee: CallPath.Callee) -> ([UInt8], GasProfile.Frame.Kind) {
    switch callee {
    case .top: return (Array("(top level)".utf8), .program)
    case .function(let node): return (functions[node.id.index], .program)
    case .builtin(let builtin):
      let (namespace, name) = (builtin.namespace.name.bytes, builtin.definition.name.bytes)
      return (namespace.isEmpty ? name : namespace + [UInt8(ascii: ".")] + name, .library)
    }
  }
}
