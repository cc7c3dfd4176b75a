/// Regions that wait for their next request: a stack of fixed capacity that owns what lies on it.
@safe
struct IdleRegions: ~Copyable, @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<Region>
  private(set) var count = 0

  init(capacity: Int) {
    precondition(capacity >= 0, "a capacity is not negative")
    unsafe slots = .allocate(capacity: capacity)
  }

  deinit {
    for index in 0..<count { unsafe slots.deinitializeElement(at: index) }
    unsafe slots.deallocate()
  }

  var isFull: Bool { unsafe count == slots.count }

  /// Puts a region on top; without room it is unmapped.
  mutating func push(_ region: consuming Region) {
    guard !isFull else { return }
    unsafe slots.initializeElement(at: count, to: region)
    count += 1
  }

  /// Takes the region on top: the one that was used last, whose pages are most likely still in the processor's caches.
  mutating func pop() -> Region? {
    guard count > 0 else { return nil }
    count -= 1
    return unsafe slots.moveElement(from: count)
  }
}
