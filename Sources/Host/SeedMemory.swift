internal import Crypto
internal import OperatingSystem
internal import Synchronization

/// The seeds and identities that a process without a journal has used: those of the last 65,536 requests, each with a
/// hash of its input. Older ones are forgotten.
final class SeedMemory: Sendable {
  private static let capacity = 65_536

  private struct Use {
    let identity: Hash256
    let input: HMAC<Crypto.SHA256>.MAC
  }

  private struct State {
    var uses: [Hash256: Use] = [:]
    /// The last seed of each identity. With another gas limit, a request has another seed.
    var seeds: [Hash256: Hash256] = [:]
    /// The seeds in the order of their use; a ring buffer once it is full.
    var order: [Hash256] = []
    var oldest = 0
  }

  private let state = Mutex(State())
  /// The key for the hashes of inputs. From the plain hash of a card number, whoever reads this memory could find the
  /// number.
  private let key = SymmetricKey(size: .bits256)

  /// Whether a seed was used before.
  enum Novelty {
    case new
    /// The same request has used it.
    case repeated
    /// The same request has used it, for another input.
    case otherInput
    /// Another request has used it.
    case otherRequest
  }

  /// Notes a seed, if it is new.
  func note(_ key: RequestKey, inputHash: Hash256) -> Novelty {
    let use = Use(
      identity: key.identityHash, input: HMAC<Crypto.SHA256>.authenticationCode(for: inputHash.bytes, using: self.key))
    return state.withLock { state in
      if let earlier = state.uses[key.seed] ?? state.seeds[use.identity].flatMap({ state.uses[$0] }) {
        if earlier.identity != use.identity { return .otherRequest }
        return earlier.input == use.input ? .repeated : .otherInput
      }
      state.uses[key.seed] = use
      state.seeds[use.identity] = key.seed
      if state.order.count < SeedMemory.capacity {
        state.order.append(key.seed)
      } else {
        let forgotten = state.order[state.oldest]
        if let use = state.uses.removeValue(forKey: forgotten), state.seeds[use.identity] == forgotten {
          state.seeds[use.identity] = nil
        }
        state.order[state.oldest] = key.seed
        state.oldest = (state.oldest + 1) % SeedMemory.capacity
      }
      return .new
    }
  }
}
