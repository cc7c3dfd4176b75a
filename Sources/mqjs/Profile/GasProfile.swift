import Compiler
import Engine
import ReferenceEvaluator

/// Where the gas of one run went. Each unit belongs to a line of the source and to a call stack. Nothing is sampled, so
/// the sums are exact.
struct GasProfile {
  /// A frame of the stacks, with the frames that it called.
  final class Frame {
    let name: String
    let kind: Kind
    /// Units charged in the frame itself.
    fileprivate(set) var ownUnits: Int64 = 0
    /// The frames that it called, ordered by their first call.
    fileprivate(set) var callees: [Frame] = []

    /// The kind of code that a frame runs.
    enum Kind {
      case host, program, library
    }

    fileprivate init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }

    /// Units charged in the frame and in everything that it called.
    var units: Int64 { callees.reduce(ownUnits) { $0 + $1.units } }

    fileprivate func callee(_ name: String, _ kind: Kind) -> Frame {
      if let known = callees.first(where: { $0.name == name }) { return known }
      let callee = Frame(name, kind)
      callees.append(callee)
      return callee
    }
  }

  /// A line of the source, or the work of the host.
  struct Line: Hashable {
    let file: Int
    let number: Int
  }

  /// The root of all stacks.
  let root = Frame("all", .host)
  /// Units by line.
  private(set) var lines: [Line: Int64] = [:]
  /// Units for the work of the host: reading the request, calling the handler, printing the response.
  private(set) var hostUnits: Int64 = 0

  private let names: FrameNames
  private let tables: [LineTable]
  /// The frames of the current stack, outermost first, and the calls that they represent.
  private var stack: [(path: CallPath?, frame: Frame)] = []

  /// The maximum number of frames in a stack. The gas of deeper calls is charged to the deepest frame.
  static let depthLimit = 200

  init(_ program: Program, sources: [SourceFile]) {
    names = FrameNames(program, sources)
    tables = sources.map { $0.lineTable() }
    stack = [(nil, root)]
  }

  /// Adds a charge to the profile.
  mutating func add(_ charge: Charge) {
    guard let span = charge.span else {
      hostUnits += charge.units
      root.callee("(request and response)", .host).ownUnits += charge.units
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

/// The names of calls, such as `total (main.js:3)` and `Array.map`.
private struct FrameNames {
  private let functions: [String]

  init(_ program: Program, _ sources: [SourceFile]) {
    let folder = sources[0].folder.count
    let tables = sources.map { $0.lineTable() }
    var names = program.functions.map { scope in scope.node.name.map { program.symbols[$0.name.symbol] } }
    for binding in program.bindings {
      if let function = binding.knownFunction, names[function.index] == nil {
        names[function.index] = program.symbols[binding.name.symbol]
      }
    }
    functions = zip(names, program.functions).map { name, scope in
      let span = scope.node.span
      let path = String(decoding: sources[span.file].path.dropFirst(folder), as: UTF8.self)
      let line = tables[span.file].position(of: span.start).line
      return "\(name.map { String(decoding: $0, as: UTF8.self) } ?? "=>") (\(path):\(line))"
    }
  }

  func name(of callee: CallPath.Callee) -> (String, GasProfile.Frame.Kind) {
    switch callee {
    case .top: return ("(top level)", .program)
    case .function(let node): return (functions[node.id.index], .program)
    case .builtin(let builtin):
      let (namespace, name) = ("\(builtin.namespace.name)", "\(builtin.definition.name)")
      return (namespace.isEmpty ? name : "\(namespace).\(name)", .library)
    }
  }
}
