internal import Engine
internal import System

/// What a request is looked up by wherever one is claimed, noted or recorded: its seed, and its account and id.
///
/// Both are needed. The seed joins its texts without separators, so two requests of different accounts can share one; and the
/// same request has another seed once the snapshot, the function's version or the gas limit is another.
struct RequestKey: Sendable {
  /// The request's seed.
  let seed: Hash256
  /// Which request it is; the function's version plays no part in a look-up.
  let identity: RequestIdentity

  /// A hash that stands for account and id.
  var identityHash: Hash256 {
    Hash256(of: CBORValue.array([.string(identity.accountID), .string(identity.requestID)]).encoded)
  }
}

extension RequestIdentity {
  /// Whether this is another delivery of the same request: account and id are the same, byte for byte. (Strings of Swift are
  /// equal already if they look alike.)
  func isSameRequest(as other: RequestIdentity) -> Bool {
    accountID.utf8.elementsEqual(other.accountID.utf8) && requestID.utf8.elementsEqual(other.requestID.utf8)
  }
}
