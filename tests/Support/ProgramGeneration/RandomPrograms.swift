/// Makes random programs of the whole guest language. A seed always gives the same program.
///
/// Expressions are made for a requested kind of value, so that most programs run to their end. Some programs contain
/// faults: expressions that end the run, or have a kind other than the requested one.
public struct RandomPrograms {
  /// A name in scope, and the kind of its value.
  struct Variable {
    let name: String
    let kind: Kind
  }

  var random: RandomSource
  /// The names in scope, the innermost last.
  var scope: [Variable] = []
  private var nameCount = 0
  /// The number of faults in a thousand expressions.
  var faults = 0
  /// Whether functions of the program may call effects.
  private(set) var hasEffects = false
  /// Whether the code being made may call effects. Code at the top level may not, because no effect is granted there.
  var performsEffects = false

  /// A program, and the request that it answers.
  ///
  /// - Parameter effects: whether there is a host, so that some of the programs may call effects.
  public static func program(seed: UInt64, effects: Bool = false) -> GeneratedProgram {
    var programs = RandomPrograms(random: RandomSource(seed: seed))
    return programs.program(effects: effects)
  }

  private init(random: RandomSource) { self.random = random }

  // MARK: Choices

  mutating func below(_ bound: Int) -> Int { random.below(bound) }

  mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }

  /// The results of `count` calls of `make`.
  mutating func many<T>(_ count: Int, _ make: (inout RandomPrograms) -> T) -> [T] {
    (0..<count).map { _ in make(&self) }
  }

  /// A unique name.
  mutating func freshName() -> String {
    nameCount += 1
    let letter = ["a", "b", "c", "x", "y", "item", "total", "_v", "$"][nameCount % 9]
    return "\(letter)\(nameCount)"
  }

  /// Runs `make` in a nested scope that also contains these names.
  mutating func within<T>(_ variables: [Variable], _ make: (inout RandomPrograms) -> T) -> T {
    let outer = scope
    scope.removeAll { hidden in variables.contains { $0.name == hidden.name } }
    scope += variables
    defer { scope = outer }
    return make(&self)
  }

  // MARK: The program

  private mutating func program(effects: Bool) -> GeneratedProgram {
    hasEffects = effects && chance(30)
    if chance(65) { faults = random.pick([5, 15, 30, 60]) }
    let library = chance(15) ? declarations(below(4) + 1) : []
    let exported = scope
    let main = declarations(below(6) + 1)
    var files: [GeneratedProgram.File] = []
    var head: Fragment = ""
    if !library.isEmpty, !exported.isEmpty {
      files.append(.init(path: "lib.js", text: "\(library.map { "export \($0)" as Fragment }, separator: "\n")\n"))
      let names = exported.map { Fragment(stringLiteral: $0.name) }
      head = "import {\(names)} from \"./lib.js\";\n"
      if chance(30) {
        // Through the namespace: the last exported name is read as its member.
        let last = exported[exported.count - 1].name
        head =
          "import {\(names.dropLast().map { $0 })} from \"./lib.js\";\nimport * as lib from \"./lib.js\";\nconst \(last) = lib.\(last);\n"
      }
      head = head.labelled("import")
    } else {
      scope = exported
    }
    let body: Fragment = "\(main, separator: "\n")"
    var request = Fragment("{}")
    let end: Fragment
    if chance(hasEffects ? 95 : 30) {
      let kind = requestKind()
      request = jsonText(of: kind, 3)
      if faults > 0, chance(4) { request = "\(request)\(random.pick(["]", ",", "\"", "\u{1}", "{"]))" }
      end = handler(kind)
    } else if chance(4) {
      end = "throw \(expression(serializableKind(2), 2));"
    } else {
      end = "\(response());"
    }
    files.insert(.init(path: "main.js", text: "\(head)\(body)\n\(end)\n"), at: 0)
    return GeneratedProgram(files: files, request: request.text)
  }

  /// Declarations at the top level of a file. Functions may come after their uses, because they are hoisted.
  private mutating func declarations(_ count: Int) -> [Fragment] {
    var early: [Fragment] = []
    var late: [Fragment] = []
    for _ in 0..<count {
      let isFunction = chance(55)
      let declaration = isFunction ? functionDeclaration() : topLevelConstant()
      if isFunction && chance(15) { late.append(declaration) } else { early.append(declaration) }
    }
    return early + late
  }

  private mutating func topLevelConstant() -> Fragment {
    chance(80) ? constant(depth: 4) : destructuring(depth: 3)
  }

  /// The handler of requests of this kind.
  private mutating func handler(_ kind: Kind) -> Fragment {
    let (pattern, variables) = chance(40) ? self.pattern(for: kind, 2) : namePattern(kind)
    let body = within(variables) { $0.body(of: $0.serializableKind(3), depth: 4, response: true) }
    return ("export default function handle(\(pattern)) \(body)" as Fragment).labelled("handler")
  }

  /// The value of a script: an expression, or an Array of several.
  mutating func response() -> Fragment {
    let parts = many(below(3) + 1) { programs in
      let kind = programs.chance(65) ? programs.kindInScope() : programs.serializableKind(3)
      return programs.expression(kind.isSerializable ? kind : programs.serializableKind(2), 4)
    }
    return parts.count == 1 && !chance(50) ? "(\(parts[0]))" : "[\(parts)]"
  }
}

/// A program of one or several files, and its request.
public struct GeneratedProgram: Sendable {
  /// A file of a program.
  public struct File: Sendable {
    /// The path.
    public let path: String
    /// The source, as a tree.
    public var text: Fragment
  }

  /// The files, the entry first.
  public var files: [File]
  /// The text of the request.
  public let request: String

  /// The sources of the files by path.
  public var sources: [String: String] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text.text) })
  }

  /// The constructs and library functions that the program uses.
  public var labels: Set<String> {
    var labels: Set<String> = []
    for file in files { file.text.collectLabels(into: &labels) }
    return labels
  }

  /// All files and the request, for people to read.
  public var listing: String {
    let parts = files.map { "// == \($0.path)\n\($0.text.text)" }
    return parts.joined() + (request == "{}" ? "" : "// request: \(request)\n")
  }
}
