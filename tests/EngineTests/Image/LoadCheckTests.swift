import Engine
import TestSupport
import Testing

/// The rules of the load check, with their numbers in `docs/snapshot-format.md`. For each rule, a change of a valid
/// image breaks it, and the check must report the defect.
@Suite("The load check") struct LoadCheckTests {
  /// A change of an image, and the defect that it causes.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: Int
    let testDescription: String
    let change: @Sendable (inout EditedImage) -> ImageDefect

    init(_ rule: Int, _ description: String, _ change: @escaping @Sendable (inout EditedImage) -> ImageDefect) {
      self.rule = rule
      testDescription = "\(rule): \(description)"
      self.change = change
    }
  }

  /// A program with all instructions, constants and objects that the cases change.
  static let source = """
    const list = [1, "two", [3]];
    const table = {a: 9223372036854775807, b: {c: true}};
    const later = x => x > 0 ? later(x - 1) : x;
    const apply = (f, ...rest) => f(...rest);
    const maker = (n, {name = "x"}) => { const inner = m => n + m; return [inner, inner(1), `${name}!`]; };
    const even = n => { const go = k => k === 0 ? n : go(k - 1); return go(n); };
    export default function (request) {
      const {kind, ...others} = request;
      switch (kind) { case "a": return [...list, list.map(Object.keys)]; default: break; }
      if (request.n < 3) { throw {code: request.n, ...others}; }
      Log.info("done");
      return {later: later(3), apply: apply(later, 1), maker: maker(1, others), even: even(2), table, [kind]: !true};
    }
    """

  @Test func whatTheCompilerMakesIsAccepted() throws {
    #expect(try EditedImage(compiling: Self.source).defect == nil)
  }

  @Test(arguments: headerCases + objectCases + codeCases + flowCases)
  func everyBrokenRuleIsNamed(_ example: Case) throws {
    var image = try EditedImage(compiling: Self.source)
    let defect = example.change(&image)
    #expect(image.defect == defect)
  }

  /// 33 names share a slot and fill the slots from it on. Another name, whose slot is the next one, ends up after them
  /// all. Exchanging it with one of the 33 puts that name too far from its slot.
  @Test func aStringTooFarFromItsSlotIsRefused() throws {
    let names = CollidingNames.names(33, slot: 7) + CollidingNames.names(1, slot: 8)
    var image = try EditedImage(compiling: "({\(names.map { "\($0): 1" }.joined(separator: ", "))})")
    #expect(image.defect == nil)
    let table = image.range(of: .internedStrings)
    let own = 7 & (table.count / 8 - 1)
    let (near, far) = (table.lowerBound + (own + 1) * 8, table.lowerBound + (own + 33) * 8)
    (image[word: near], image[word: far]) = (image[word: far], image[word: near])
    #expect(image.defect == .internedString(own + 33))
  }

  /// Rule 12, for keys whose hashes are equal.
  @Test func keysWithTheSameHashMustBeInTheOrderOfTheirBytes() throws {
    let keys = MapTrieTests.colliding
    let good = try EditedImage(compiling: "({\(keys.map { "'\($0)': 1" }.joined(separator: ", "))})")
    #expect(good.defect == nil)
    let shape = try #require(good.objects(.shape).first { ObjectHeader(bits: good[word: $0]).first == keys.count })
    for index in 1..<keys.count {
      var image = good
      let (left, right) = (shape + 8 * index, shape + 8 * index + 8)
      (image[word: left], image[word: right]) = (image[word: right], image[word: left])
      #expect(image.defect == .object(offset: shape))
      image[word: left] = image[word: right]
      #expect(image.defect == .object(offset: shape))
    }
  }

  /// Keys with the same hash are sorted. A String that has not been checked must not take part: an image is mapped
  /// read-only, and asking a String without a hash for its hash would write it there.
  @Test func theOrderOfKeysNeverWritesToTheImage() throws {
    let keys = MapTrieTests.colliding.map { "'\($0)': 1" }.joined(separator: ", ")
    var image = try EditedImage(compiling: "[{\(keys)}, 'a text that comes after the shape of the record']")
    let shape = try #require(image.objects(.shape).first { ObjectHeader(bits: image[word: $0]).first == 4 })
    let later = try #require(image.objects(.string).last { $0 > shape })
    image[word: later + 8] = 0
    let owner = OwnedMemory(byteCount: image.bytes.count)
    owner.memory.write(image.bytes.span, at: HeapOffset(0))
    #expect(throws: ImageDefect.object(offset: later)) {
      try ImageCheck.check(owner.memory, byteCount: image.bytes.count)
    }
    #expect(owner.memory.bytes(at: HeapOffset(0), count: image.bytes.count) == image.bytes)
  }

  /// Rule 16.
  @Test func twoStringsOfTheSameTextAreRefused() throws {
    let names = CollidingNames.names(8, slot: 7).filter { $0.utf8.count == 6 }.prefix(2)
    var image = try EditedImage(compiling: "['\(names[0])', '\(names[1])']")
    let table = image.range(of: .internedStrings)
    let own = table.lowerBound + (7 & (table.count / 8 - 1)) * 8
    let (first, second) = (Int(image[word: own]), Int(image[word: own + 8]))
    for word in [8, 16] { image[word: second + word] = image[word: first + word] }
    #expect(image.defect == .object(offset: second))
  }

  /// Rules 32 and 33 are about quantities, and have their own tests.
  @Test func everyOtherRuleHasACase() throws {
    let rules = Set((Self.headerCases + Self.objectCases + Self.codeCases + Self.flowCases).map { $0.rule })
    let page = try Repository.text("docs/snapshot-format.md")
    let published = page.matches(of: #/(?m)^(\d+)\. /#).compactMap { Int($0.output.1) }
    #expect(published.count > 30 && published == Array(1...published.count))
    #expect(rules == Set(published).subtracting([32, 33]))
  }

  // MARK: Header, sections, manifest

  typealias Header = ImageLayout.Header

  static let headerCases: [Case] = [
    Case(1, "cut within the header") { image in
      image.resize(to: 248)
      return .tooShort
    },
    Case(1, "other first letters") { image in
      image[byte: 0] ^= 1
      return .notAnImage
    },
    Case(1, "a later version") { image in
      image[byte: 6] = 9
      return .otherVersion(9)
    },
    Case(2, "a word appended") { image in
      let count = image.bytes.count
      image.resize(to: count + 8)
      return .wrongSize(expected: count, actual: count + 8)
    },
    Case(3, "another schedule") { image in
      image[byte: Header.scheduleID] ^= 1
      return .otherSchedule
    },
    Case(4, "too many global slots") { image in
      image[word: Header.globalCount] = 1 << 21
      return .header(offset: Header.globalCount)
    },
    Case(4, "another initialiser") { image in
      image[word: Header.initializer] = 1
      return .header(offset: Header.initializer)
    },
    Case(4, "a handler that is no function") { image in
      image[word: Header.handler] = 1000
      return .header(offset: Header.handler)
    },
    Case(4, "the initialisers as handler") { image in
      image[word: Header.handler] = 1
      return .header(offset: Header.handler)
    },
    Case(5, "a gap before a section") { image in
      image[word: Header.sections + 16] += 8
      return .section(.functions)
    },
    Case(5, "half a word of code") { image in
      image[word: Header.sections + 2 * 16 + 8] -= 4
      return .section(.code)
    },
    Case(6, "a byte behind the table of sections") { image in
      image[byte: 255] = 1
      return .padding(offset: 255)
    },
    Case(6, "a byte behind the manifest") { image in
      let end = image.range(of: .manifest).upperBound
      image[byte: end] = 1
      return .padding(offset: end)
    },
    Case(7, "a manifest that says script") { image in
      image[word: Header.handler] = 0
      return .manifest
    },
    Case(7, "an entry that is not the first file") { image in
      // The path follows the map's head and the key `entry`.
      image[byte: image.range(of: .manifest).lowerBound + 8] ^= 1
      return .manifest
    },
  ]

  // MARK: Objects, constants, Strings

  static let objectCases: [Case] = [
    Case(8, "a kind that images do not hold") { image in
      let array = image.objects(.array)[1]
      image[word: array] = ObjectHeader(.cell).bits
      return .object(offset: array)
    },
    Case(8, "an object that reaches over the section's end") { image in
      let last = image.objects(.string).last ?? 0
      image[word: last] = ObjectHeader(.array, first: 100_000).bits
      return .object(offset: last)
    },
    Case(9, "a reference into the middle of an object") { image in
      let array = image.objects(.array)[1]
      image[word: array + 8] = UInt64(image.objects(.string)[0] + 8)
      return .object(offset: array)
    },
    Case(9, "a reference to itself") { image in
      let array = image.objects(.array)[1]
      image[word: array + 8] = UInt64(array)
      return .object(offset: array)
    },
    Case(9, "a reference to a shape") { image in
      let array = image.objects(.array)[1]
      image[word: array + 8] = UInt64(image.objects(.shape)[0])
      return .object(offset: array)
    },
    Case(10, "text that is no UTF-8") { image in
      let string = image.objects(.string)[1]
      image[byte: string + 16] = 0xff
      return .object(offset: string)
    },
    Case(10, "a wrong length in code units") { image in
      let string = image.objects(.string)[1]
      image[word: string] += 1 << 34
      return .object(offset: string)
    },
    Case(10, "a wrong key hash") { image in
      let string = image.objects(.string)[1]
      image[word: string + 8] ^= 1
      return .object(offset: string)
    },
    Case(10, "a byte behind the text") { image in
      let string = image.objects(.string)[1]
      image[byte: string + 23] = 1
      return .object(offset: string)
    },
    Case(11, "a small Int in a box") { image in
      let box = image.objects(.boxedInteger)[0]
      image[word: box + 8] = 1
      return .object(offset: box)
    },
    Case(11, "a Map with a pair") { image in
      let map = image.objects(.map)[0]
      image[word: map + 8] = Value(small: 1).bits
      return .object(offset: map)
    },
    Case(12, "keys out of order") { image in
      let shape = image.objects(.shape).first { ObjectHeader(bits: image[word: $0]).first > 1 } ?? 0
      (image[word: shape + 8], image[word: shape + 16]) = (image[word: shape + 16], image[word: shape + 8])
      return .object(offset: shape)
    },
    Case(12, "a Record with the shape of another") { image in
      let record = image.objects(.record).last ?? 0
      let shape = image.objects(.shape)[0]
      image[word: record + 8] = UInt64(shape)
      return .object(offset: record)
    },
    Case(12, "a layout that fills a field twice") { image in
      let layout = image.objects(.recordLayout)[0]
      image[word: layout + 16] = image[word: layout + 24]
      return .object(offset: layout)
    },
    Case(13, "a function that captures, as a constant") { image in
      let function = image.objects(.function)[0]
      let capturing = (1..<image.functionCount).first { image[function: $0, word: 1] >> 48 > 0 } ?? 0
      image[word: function] = ObjectHeader(.function, second: capturing).bits
      return .object(offset: function)
    },
    Case(13, "a method as a value") { image in
      let builtin = image.objects(.builtinFunction)[0]
      image[word: builtin] = ObjectHeader(.builtinFunction, second: Int(StringBuiltin.trim.rawValue)).bits
      return .object(offset: builtin)
    },
    Case(14, "a constant that is no value") { image in
      image[constant: LibraryConstant.count] = 0x2a
      return .constant(LibraryConstant.count)
    },
    Case(15, "another character of the library") { image in
      let place = LibraryConstant.characters + 65
      image[constant: place] = image[constant: place + 1]
      return .constant(place)
    },
    Case(15, "another shape of the library") { image in
      image[constant: LibraryConstant.okShape] = image[constant: LibraryConstant.errShape]
      return .constant(LibraryConstant.okShape)
    },
    Case(16, "a String that a search does not find") { image in
      let table = image.range(of: .internedStrings)
      let slots = Array(stride(from: table.lowerBound, to: table.upperBound, by: 8))
      let (from, to) = (slots.first { image[word: $0] != 0 } ?? 0, slots.last { image[word: $0] == 0 } ?? 0)
      (image[word: from], image[word: to]) = (0, image[word: from])
      return .internedString((to - table.lowerBound) / 8)
    },
    Case(16, "a String that is missing") { image in
      let table = image.range(of: .internedStrings)
      let slots = Array(stride(from: table.lowerBound, to: table.upperBound, by: 8))
      // The last slot of a run, so that no other search passes it.
      let last = slots.dropLast().first { image[word: $0] != 0 && image[word: $0 + 8] == 0 } ?? 0
      image[word: last] = 0
      return .section(.internedStrings)
    },
  ]
}

extension EditedImage {
  /// The number of functions.
  var functionCount: Int { range(of: .functions).count / 32 }
}
