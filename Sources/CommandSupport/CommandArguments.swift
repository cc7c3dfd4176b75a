internal import Host
internal import OperatingSystem

/// The arguments that the command was started with. Ids among them go into seeds, so nothing is repaired: two different
/// ids must not become the same id.
public enum CommandArguments {
  /// The arguments after the command's name.
  ///
  /// - Throws: a fault if the arguments can't be read; a usage error if an argument or a relevant environment variable
  ///   is not UTF-8.
  public static func read() throws(CommandError) -> [String] {
    guard let arguments = SystemArguments.all else {
      throw CommandError(
        "the command line can't be read", status: .fault,
        reason: "the system passed no arguments, not even the command's name",
        hint: "start it with its own name as the first argument, as shells do")
    }
    if let value = SystemEnvironment.bytes(of: GasLimit.environmentVariable) {
      _ = try text(value, name: "environment variable \(GasLimit.environmentVariable)")
    }
    var texts: [String] = []
    for (index, argument) in arguments.enumerated().dropFirst() {
      texts.append(try text(argument, name: "argument \(index)"))
    }
    return texts
  }

  private static func text(_ bytes: [UInt8], name: String) throws(CommandError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw CommandError(
      "\(name) (\(String(decoding: bytes, as: UTF8.self))) is not UTF-8",
      reason: "ids and names are text, and different bytes must not become the same text",
      hint: "give it as UTF-8; a file whose name is not can be reached through a link")
  }
}
