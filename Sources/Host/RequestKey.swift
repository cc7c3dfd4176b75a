internal import Engine
internal import OperatingSystem

/// The key by which a request is claimed, noted, recorded and looked up: its seed, and its account and id.
///
/// Both are needed. The seed joins its strings without separators, so two requests of different accounts can share one.
/// And the same request has another seed under another snapshot, function version or gas limit.
struct RequestKey: Sendable {
  /// The request's seed.
  let seed: Hash256
  /// Which request it is. A look-up ignores the function's version.
  let identity: RequestIdentity

  /// A hash of account and id.
  var identityHash: Hash256 {
    Hash256(of: CBORValue.array([.string(identity.accountID), .string(identity.requestID)]).encoded)
  }
}

extension RequestIdentity {
  /// Whether this is another delivery of the same request: account and id are equal, byte for byte. (Swift also
  /// considers strings equal that are canonically equivalent.)
  func isSameRequest(as other: RequestIdentity) -> Bool {
    accountID.utf8.elementsEqual(other.accountID.utf8) && requestID.utf8.elementsEqual(other.requestID.utf8)
  }
}
