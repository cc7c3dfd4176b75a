import CommandSupport
import Host
import OperatingSystem

/// The request that a command was given for a program.
struct RequestFile {
  /// The file; `-` is standard input. Nil if none was given.
  let path: String?
  /// The program's file, for messages.
  let program: String

  /// The file to read; nil for a script, which takes no request.
  ///
  /// - Throws: a usage error if a handler has no request, or a script has one.
  func source(hasHandler: Bool) throws -> String? {
    guard hasHandler else {
      if path != nil {
        throw CommandError(
          "--request: \(program) is a script, which takes no request",
          hint: "leave --request out, or export a handler: export default function (request) { … }")
      }
      return nil
    }
    guard let path else {
      throw CommandError(
        "\(program) is a handler, which needs a request", hint: "give JSON text: --request event.json, or --request -")
    }
    return path
  }

  /// The bytes of the request; none for a script.
  func bytes(hasHandler: Bool) throws -> [UInt8] {
    guard let source = try source(hasHandler: hasHandler) else { return [] }
    return try SystemFile.read(source, limit: RequestHost.requestByteLimit)
  }
}
