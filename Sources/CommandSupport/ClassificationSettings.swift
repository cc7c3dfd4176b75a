public import Host
public import OperatingSystem

/// The parts of a request that are card data, as given on a command line.
public struct ClassificationSettings {
  /// JSON pointers (RFC 6901); empty if nothing is classified.
  public var pointers: [String] = []
  /// Whether to continue if the system can't lock the memory.
  public var allowsUnlocked = false

  /// Creates settings that classify nothing.
  public init() {}

  /// How the request's memory is protected.
  public var protection: MemoryProtection { pointers.isEmpty ? .standard : .classified(allowsUnlocked: allowsUnlocked) }

  /// Reads the pointers.
  ///
  /// - Throws: a usage error about the first invalid pointer.
  public func parsedPointers() throws -> [JSONPointer] {
    try pointers.map { text in
      do throws(JSONPointer.Defect) {
        return try JSONPointer(text)
      } catch {
        throw CommandError(
          "--classify \(text): is not a JSON pointer",
          reason: error == .noSlash
            ? "a pointer is empty, for the whole request, or begins with /" : "~ is written ~0, and / in a name ~1",
          hint: "name each member and index on the way, as in /card/number or /lines/0 (RFC 6901)")
      }
    }
  }

  /// Checks that each pointer refers to a part of the request. A misspelt pointer would leave card data unprotected. A
  /// request that is not JSON has no parts; it is treated as classified and answered with an error.
  public func check(_ pointers: [JSONPointer], against request: SecretBytes) throws {
    for pointer in pointers where pointer.target(in: request) == .nothing {
      throw CommandError(
        "--classify \(pointer.text): names nothing in the request",
        reason: "a missing part can't be protected, and a misspelt name would protect nothing",
        hint: "give the path of an existing part; the empty pointer \"\" is the whole request")
    }
  }
}
