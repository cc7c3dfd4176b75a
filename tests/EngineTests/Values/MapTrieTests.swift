import Testing

@testable import Engine

/// The trie of a Map, tested alone: order, shape and sharing, with hashes that collide.
@Suite struct MapTrieTests {
  /// Maps in their own memory, and keys made for them.
  private struct Workshop {
    private let owner = OwnedMemory(byteCount: 64 << 20)
    var heap: Heap
    var memory: LinearMemory { owner.memory }

    init() { heap = Heap(memory: owner.memory, start: HeapOffset(64), end: HeapOffset(owner.memory.byteCount)) }

    mutating func string(_ text: String) -> Value { Value(heap.makeString(Array(text.utf8).span).offset) }

    /// A key with these bytes as its CBOR, and with this hash instead of its real one.
    mutating func key(_ bytes: [UInt8], hash: UInt64) -> Value {
      let content = Value(heap.makeArray(count: 0).offset)
      memory.write(bytes.span, at: heap.top.advanced(words: MapKey.headerWords))
      let key = heap.makeMapKey(content, byteCount: bytes.count)
      memory[key.offset.advanced(words: 1)] = hash
      return key
    }

    func view(_ map: Value) -> MapView { MapView(memory, map.offset) }

    mutating func set(_ map: Value, _ key: Value, _ value: Int) -> Value {
      let change = view(map).change(setting: MapKey(memory, key))
      let top = heap.top
      let result = view(map).setting(MapKey(memory, key), to: Value(small: value), change, &heap)
      #expect((heap.top.bytes - top.bytes) / 8 <= change.words, "more words than were worked out")
      return result
    }

    mutating func remove(_ map: Value, _ key: Value) -> Value {
      guard view(map).pair(of: MapKey(memory, key)) != nil else { return map }
      if view(map).count == 1 { return heap.makeMap() }
      let change = view(map).change(removing: MapKey(memory, key))
      let top = heap.top
      let result = view(map).removing(MapKey(memory, key), change, &heap)
      #expect((heap.top.bytes - top.bytes) / 8 <= change.words, "more words than were worked out")
      return result
    }

    /// A Map made in one step.
    mutating func build(_ pairs: [(key: Value, value: Int)]) -> Value {
      if pairs.isEmpty { return heap.makeMap() }
      let words = PairList.words(pairs.count) + PairList.scratchWords(pairs.count)
      let room = heap.scratch(behind: Heap.mapWords(pairs.count), count: words)
      let scratch = room.advanced(words: 2 * pairs.count)
      var list = PairList(memory, pairs: room, count: 0, scratch: scratch, order: .map)
      for pair in pairs { list.append(key: pair.key, value: Value(small: pair.value)) }
      list.sort()
      _ = list.dropDuplicates()
      return heap.makeMap(list)
    }

    /// Every key and value, in order.
    func contents(_ map: Value) -> [String] {
      var cursor = MapCursor(view(map))
      var contents: [String] = []
      while let pair = cursor.next() { contents.append(description(pair)) }
      for index in contents.indices { #expect(description(view(map).pair(at: index)) == contents[index]) }
      #expect(walk(map) == contents)
      return contents
    }

    /// The same, by a walk with one borrowed word for each remaining pair. Words that it must not use are filled.
    func walk(_ map: Value) -> [String] {
      let map = view(map)
      let end = HeapOffset(memory.byteCount)
      let start = end.advanced(words: 0 - map.count)
      defer { memory.clear(start, byteCount: 8 * map.count) }
      var contents: [String] = []
      var walk = MapWalk(map, lendingWordsBefore: end)
      while let pair = walk.next() {
        memory[start.advanced(words: contents.count)] = .max
        contents.append(description(pair))
      }
      return contents
    }

    func description(_ pair: MapPair) -> String { "\(name(pair.key)):\(pair.value.inlineInteger)" }

    func name(_ key: Value) -> String {
      let key = MapKey(memory, key)
      var hex = ""
      for digit in 0..<17 + 2 * key.byteCount { hex += String(key.digit(digit), radix: 16) }
      return hex
    }

    /// The nodes with their contents. Also checks the invariants of each node.
    func shape(_ map: Value) -> String {
      let map = view(map)
      if map.count == 0 { return "-" }
      return map.count == 1 ? description(map.onlyPair) : shape(map.root, above: -1)
    }

    private func shape(_ node: MapNodeView, above digit: Int) -> String {
      #expect(node.digit > digit && node.branchCount >= 2 && node.pairs & node.children == 0)
      var text = "\(node.digit)("
      var count = 0
      for slot in 0..<16 {
        switch node.contents(slot) {
        case .empty: continue
        case .pair(let pair):
          #expect(MapKey(memory, pair.key).digit(node.digit) == slot)
          text += "\(slot)=\(description(pair)) "
          count += 1
        case .child(let child):
          #expect(MapKey(memory, child.anyKey).digit(node.digit) == slot)
          text += "\(slot)=\(shape(child, above: node.digit)) "
          count += child.count
        }
      }
      #expect(node.count == count)
      return text + ")"
    }
  }

  /// Strings of 22 characters whose CBOR has the same FNV-1a hash.
  static let colliding = ["T_LztURz1MB", "YuM_l04re6O"].flatMap { first in
    ["UYXJXibwO3M", "5-TqMX2wOjI"].map { first + $0 }
  }

  @Test func publishedCollisionsCollide() {
    var workshop = Workshop()
    let keys = MapTrieTests.colliding.map { workshop.string($0) }
    #expect(Set(keys.map { MapKey(workshop.memory, $0).hash }).count == 1)
    #expect(Set(keys.map { workshop.name($0) }).count == 4)
  }

  /// Keys of all kinds. Many hashes agree in part or completely.
  private func keys(_ workshop: inout Workshop, _ random: inout Expressions) -> [Value] {
    var keys: [Value] = [.jsonNull, .true, .false, workshop.heap.makeInteger(.max), workshop.heap.makeInteger(.min)]
    keys += (-20..<20).map { Value(small: $0) }
    keys += MapTrieTests.colliding.map { workshop.string($0) }
    keys += (0..<20).map { workshop.string("key\($0)") }
    for index in 0..<60 {
      // Hashes that differ only in late digits or not at all, and CBOR with long common prefixes.
      let hash: UInt64 = 0x1234_5678_9abc_def0 ^ (random.chance(50) ? 0 : 1 << UInt64(random.below(64)))
      let bytes = [UInt8(0x9f)] + (0..<random.below(12)).map { _ in UInt8(7) } + [UInt8(index)]
      keys.append(workshop.key(bytes, hash: hash))
    }
    return keys
  }

  @Test(arguments: [41, 42, 43, 44] as [UInt64])
  func theTrieAgreesWithASortedArray(seed: UInt64) {
    var random = Expressions(seed: seed)
    var workshop = Workshop()
    let all = keys(&workshop, &random)
    var map = workshop.heap.makeMap()
    var model: [String: (key: Value, value: Int)] = [:]
    var versions: [(map: Value, contents: [String])] = []
    for step in 0..<1500 {
      let key = random.pick(all)
      let name = workshop.name(key)
      // Phases of growth and of shrinking.
      if random.chance(step / 300 % 2 == 0 ? 75 : 30) {
        map = workshop.set(map, key, step)
        model[name] = (key, step)
      } else {
        map = workshop.remove(map, key)
        model[name] = nil
      }
      let names = model.keys.sorted()
      let contents = names.map { "\($0):\(model[$0]?.value ?? -1)" }
      #expect(workshop.contents(map) == contents)
      #expect((workshop.view(map).pair(of: MapKey(workshop.memory, key)) != nil) == (model[name] != nil))
      if step % 10 == 0 {
        // The shape is that of a Map made of the same pairs in any order.
        let pairs = names.compactMap { model[$0] }.map { ($0.key, $0.value) }
        #expect(workshop.shape(map) == workshop.shape(workshop.build(pairs.reversed())))
        versions.append((map, contents))
      }
    }
    for version in versions { #expect(workshop.contents(version.map) == version.contents) }
  }

  /// A Map with many keys shares all but a few nodes with the Map that it was made from.
  @Test func updatesTakeLogarithmicRoom() {
    var workshop = Workshop()
    let map = workshop.build((0..<100_000).map { (Value(small: $0), $0) })
    for key in [5, 100_001, -7] {
      let top = workshop.heap.top
      _ = workshop.set(map, Value(small: key), 0)
      #expect((workshop.heap.top.bytes - top.bytes) / 8 < 200)
    }
  }

  /// Keys are ordered by tag, then hash, then CBOR bytes.
  @Test func keysAreOrderedByTagHashAndCBOR() {
    var workshop = Workshop()
    var random = Expressions(seed: 45)
    let all = keys(&workshop, &random)
    for _ in 0..<3000 {
      let (a, b) = (MapKey(workshop.memory, random.pick(all)), MapKey(workshop.memory, random.pick(all)))
      let names = (workshop.name(a.word), workshop.name(b.word))
      #expect(a.precedes(b) == (names.0 < names.1))
      #expect((a.firstDifference(from: b) == nil) == (names.0 == names.1))
    }
  }
}
