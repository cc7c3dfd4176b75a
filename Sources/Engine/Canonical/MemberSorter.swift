/// The members of the Records and Maps that are open in a walk, in the order in which they are written.
///
/// The first pass over a value finds the most scratch space that sorting takes. The second pass sorts the members of
/// each Record and Map when it comes to it, in scratch space that the caller has reserved. In the canonical order there
/// is nothing to sort, and no scratch space is needed.
struct MemberSorter {
  private let order: PairList.Order?
  /// Where the next pairs go; nil in the first pass.
  private var room: HeapOffset?
  private var openWords = 0
  /// Words of scratch space that the second pass needs.
  private(set) var peakWords = 0

  /// For the first pass.
  ///
  /// - Parameter order: nil for the canonical order.
  init(measuring order: PairList.Order?) { self.order = order }

  /// For the second pass, with the first pass's `peakWords` free at `room`.
  init(_ order: PairList.Order?, room: HeapOffset) {
    self.order = order
    self.room = room
  }

  private func words(_ count: Int) -> Int { order == nil || count < 2 ? 0 : PairList.words(count) }

  /// Opens a Record or Map, and returns the place from which `member` finds its members.
  mutating func open(_ object: HeapOffset, count: Int, _ memory: LinearMemory) -> UInt64 {
    let words = words(count)
    openWords &+= words
    // While it runs, sorting takes more space.
    peakWords = max(peakWords, openWords &+ (words > 0 ? PairList.scratchWords(count) : 0))
    guard words > 0, let order, let first = room else { return 0 }
    let scratch = first.advanced(words: words)
    var list = PairList(memory, pairs: first, count: 0, scratch: scratch, order: order)
    if ObjectHeader(bits: memory[object]).is(.map) {
      var cursor = MapCursor(MapView(memory, object))
      while let pair = cursor.next() { list.append(key: pair.key, value: pair.value) }
    } else {
      let record = RecordView(memory, object)
      let shape = record.shape
      for index in 0..<count { list.append(key: shape[index], value: record[index]) }
    }
    list.sort()
    if list.pairs != first { memory.copy(from: list.pairs, to: first, byteCount: words &* 8) }
    room = scratch
    return UInt64(truncatingIfNeeded: first.bytes)
  }

  /// Closes the Record or Map that was opened last.
  mutating func close(count: Int, _ place: UInt64) {
    openWords &-= words(count)
    if room != nil, words(count) > 0 { room = HeapOffset(Int(truncatingIfNeeded: place)) }
  }

  /// The next member. Its key is a String, or a key as a Map stores it.
  ///
  /// - Parameter place: what `open` returned, or what the call for the previous member left there.
  func member(_ index: Int, of object: HeapOffset, _ place: inout UInt64, _ memory: LinearMemory) -> MapPair {
    let header = ObjectHeader(bits: memory[object])
    if room != nil, words(header.first) > 0 {
      let pair = HeapOffset(Int(truncatingIfNeeded: place)).advanced(words: 2 &* index)
      return MapPair(key: Value(bits: memory[pair]), value: Value(bits: memory[pair.advanced(words: 1)]))
    }
    if header.is(.map) { return MapView(memory, object).pair(at: index, &place) }
    let record = RecordView(memory, object)
    return MapPair(key: record.shape[index], value: record[index])
  }
}
