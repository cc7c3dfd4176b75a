import CommandSupport
import Host

/// The help text.
enum Usage {
  static let text = """
    USAGE: mqjs-runtime APP.msqs KEY.pub.pem [REQUEST ID] [OPTIONS] < request > response

    Answers one request with a signed snapshot, whose signature is beside it (APP.msqs.sig). The environment variable
    \(GasLimit.environmentVariable) sets the gas limit.

    OPTIONS, as mqjs run has them:
    \(RunOption.allCases.filter(\.isInRuntime).map(entry).joined(separator: "\n"))

    \(ExitStatus.table)

    """

  /// An option's synopsis, with its description below.
  private static func entry(of option: RunOption) -> String {
    let row = option.row
    let lines = lines(of: row.details.isEmpty ? row.help : "\(row.help) \(row.details)", width: 74)
    return (["  \(option.synopsis)"] + lines.map { "      \($0)" }).joined(separator: "\n")
  }

  /// Wraps a text between words.
  private static func lines(of text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, line.utf8.count + 1 + word.utf8.count <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
