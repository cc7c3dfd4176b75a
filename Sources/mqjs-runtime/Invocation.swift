import CommandSupport

/// The meaning of the command line.
struct Invocation {
  /// The path of the snapshot.
  let snapshot: String
  /// The path of the public key that verifies the snapshot.
  let key: String
  /// How to answer the request.
  private(set) var settings = RunSettings()

  /// Reads the arguments after the command's name. An option's value is the next argument, or follows an equals sign.
  ///
  /// - Throws: a usage error.
  init(_ arguments: [String]) throws(CommandError) {
    var files: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        files.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let option = try Invocation.option(named: parts[0])
      let value = parts.count > 1 ? parts[1] : nil
      switch option.row.kind {
      case .flag:
        if let value {
          throw CommandError(
            "the option '\(parts[0])' does not take any value, but '\(value)' was specified", hint: Invocation.advice)
        }
        settings.apply(option)
      case .single, .optional, .repeatable:
        settings.apply(option, try Invocation.value(of: option, attached: value, rest: &rest))
      }
    }
    guard (2...3).contains(files.count) else {
      throw CommandError("a snapshot and a key are needed", hint: Invocation.advice)
    }
    snapshot = files[0]
    key = files[1]
    if files.count > 2 { settings.apply(.requestID, files[2]) }
    try settings.check()
  }

  /// All files that the command line names.
  var files: NamedFiles {
    var files = NamedFiles()
    files.add(snapshot: snapshot)
    files.add("the key", key, .reading)
    settings.name(in: &files)
    return files
  }

  private static let advice = "mqjs-runtime --help"

  private static func option(named name: String) throws(CommandError) -> RunOption {
    guard let option = RunOption.allCases.first(where: { "--\($0.row.name)" == name }) else {
      throw CommandError("unknown option '\(name)'", hint: advice)
    }
    switch option.row.tools {
    case .both: return option
    case .command(let instead):
      throw CommandError("unknown option '\(name)'", reason: "mqjs run has it; here, \(instead)", hint: advice)
    }
  }

  /// The value after the equals sign, or the next argument, which is removed from `rest`. A next argument that begins
  /// with a minus sign is more likely an option than a value, so it is an error; the hint says how to write it as a
  /// value.
  private static func value(
    of option: RunOption, attached value: String?, rest: inout ArraySlice<String>
  ) throws(CommandError) -> String {
    if let value {
      if !value.isEmpty { return value }
    } else if let next = rest.first, next == "-" || !next.hasPrefix("-") {
      rest.removeFirst()
      return next
    }
    throw CommandError(
      "missing value for '\(option.synopsis)'",
      hint: "write a value that begins with - after an equals sign: --\(option.row.name)=-1")
  }
}
