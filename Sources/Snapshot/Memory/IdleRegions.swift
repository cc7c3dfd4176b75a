/// Regions that wait for their next request: a stack of fixed capacity, which owns the regions on it.
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

  /// Puts a region on top. If the stack is full, the region is unmapped.
  mutating func push(_ region: consuming Region) {
    guard !isFull else { return }
    unsafe slots.initializeElement(at: count, to: region)
    count += 1
  }

  /// Takes the region on top. It is the one that was used last, so its pages are the most likely to be in the
  /// processor's caches.
  mutating func pop() -> Region? {
    guard count > 0 else { return nil }
    count -= 1
    return unsafe slots.moveElement(from: count)
  }
}
