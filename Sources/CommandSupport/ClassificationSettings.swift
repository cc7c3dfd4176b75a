public import Host
public import System

/// Which parts of a request are card data, as a command line says it.
public struct ClassificationSettings {
  /// JSON pointers (RFC 6901); none if nothing is classified.
  public var pointers: [String] = []
  /// Whether memory that the system doesn't lock will do.
  public var allowsUnlocked = false

  /// Nothing is classified unless it is said.
  public init() {}

  /// How the memory of the request is to be treated.
  public var protection: MemoryProtection { pointers.isEmpty ? .standard : .classified(allowsUnlocked: allowsUnlocked) }

  /// Reads the pointers.
  ///
  /// - Throws: an error of usage about the first that is none.
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

  /// Checks that each pointer names something, so that no misspelt one leaves card data unprotected. In a request that is
  /// no JSON nothing can be named; it is treated as classified, and answered with an error.
  public func check(_ pointers: [JSONPointer], against request: SecretBytes) throws {
    for pointer in pointers where pointer.target(in: request) == .nothing {
      throw CommandError(
        "--classify \(pointer.text): names nothing in the request",
        reason: "a missing part can't be protected, and a misspelt name would protect nothing",
        hint: "give the path of an existing part; the empty pointer \"\" is the whole request")
    }
  }
}
