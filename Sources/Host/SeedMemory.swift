internal import Crypto
internal import Snapshot
internal import Synchronization

/// The seeds that a process without a journal has used: the last 65,536 of them, each with a hash of the request that
/// used it. Older ones are forgotten.
final class SeedMemory: Sendable {
  private static let capacity = 65_536

  private struct State {
    var inputs: [Hash256: HMAC<Crypto.SHA256>.MAC] = [:]
    /// The seeds in the order in which they came; a ring once it is full.
    var order: [Hash256] = []
    var oldest = 0
  }

  private let state = Mutex(State())
  /// Of the inputs keyed hashes are kept: a card number's own hash would tell it to whoever reads this memory.
  private let key = SymmetricKey(size: .bits256)

  /// Notes a seed.
  ///
  /// - Returns: whether the same input has used it before; nil if none has.
  func use(_ seed: Hash256, inputHash: Hash256) -> Bool? {
    let input = HMAC<Crypto.SHA256>.authenticationCode(for: inputHash.bytes, using: key)
    return state.withLock { state in
      if let earlier = state.inputs[seed] { return earlier == input }
      state.inputs[seed] = input
      if state.order.count < SeedMemory.capacity {
        state.order.append(seed)
      } else {
        state.inputs[state.order[state.oldest]] = nil
        state.order[state.oldest] = seed
        state.oldest = (state.oldest + 1) % SeedMemory.capacity
      }
      return nil
    }
  }
}
