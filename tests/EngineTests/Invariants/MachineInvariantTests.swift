import TestSupport
import Testing

@testable import Engine

/// Heaps, machines, frames and images that are broken on purpose. The check must report each defect.
@Suite("Invariants of heaps, frames and images")
struct MachineInvariantTests {
  // MARK: Heaps

  /// Two semispaces of 1,024 bytes at 1,024 and 2,048, and free memory after them.
  struct Spaces: ~Copyable {
    private let owner = OwnedMemory(byteCount: 1 << 13)
    var heap: Heap
    var memory: LinearMemory { owner.memory }

    init() {
      heap = Heap(
        memory: owner.memory, start: HeapOffset(1024), spare: HeapOffset(2048), byteCount: 1024, collectsAlways: true)
    }
  }

  static let heaps = [
    Damage<Spaces>(.semispacesAreApart, "semispaces that overlap") {
      let start = HeapOffset(1024)
      $0.heap = Heap(
        memory: $0.memory, start: start, spare: start.advanced(words: 1), byteCount: 1024, collectsAlways: true)
    },
    Damage<Spaces>(.topIsInSpace, "a next object behind the space") { $0.heap.release(to: HeapOffset(2056)) },
    Damage<Spaces>(.limitIsInSpace, "more words granted than there are") { $0.heap.grant(words: 129) },
    Damage<Spaces>(.usedBytesAreInBudget, "a collection that moves more than there was") {
      var other = Heap(memory: $0.memory, start: HeapOffset(4096), end: HeapOffset(8192))
      let array = other.makeArray(count: 9)
      for index in 0..<9 { array[index] = .undefined }
      var collector = Collector($0.memory, from: other.start..<other.top, to: HeapOffset(2048))
      _ = collector.moved(Value(array.offset))
      $0.heap.adopt(collector, isDue: false)
    },
    Damage<Spaces>(.marksAreInSpace, "work behind the end of the space") { _ = $0.heap.scratch(behind: 0, count: 129) },
  ]

  @Test(arguments: heaps)
  func anAccountOfAHeapThatDoesNotAddUpIsNamed(damage: Damage<Spaces>) {
    var spaces = Spaces()
    func check(_ heap: Heap) -> InvariantViolation? {
      firstViolation { () throws(InvariantViolation) in try heap.checkInvariants() }
    }
    #expect(check(spaces.heap) == nil)
    damage.make(&spaces)
    #expect(check(spaces.heap)?.invariant == damage.invariant)
  }

  // MARK: Machines

  static let machines = [
    Damage<Machine>(.heapLiesWhereLayoutSays, "a heap at another place") {
      $0.heap = Heap(memory: $0.memory, start: $0.layout.stack, end: $0.layout.liveness)
    },
    Damage<Machine>(.keptWordsAreCleared, "a value that was kept and not cleared") {
      $0.memory[$0.layout.start.advanced(words: Machine.HostWord.kept)] = Value.true.bits
    },
    Damage<Machine>(.stackWordsAreInBudget, "more stack words than the budget has") {
      $0.stackWords = $0.layout.stackBudget + 1
    },
    Damage<Machine>(.unwrittenMemoryIsZero, "a word that was written behind the mark") {
      $0.memory[$0.layout.secondHeap.advanced(words: 100)] = 1
    },
    Damage<Machine>(.wordIsValue, "a global slot with a word that is no value") { $0.memory[$0.layout.globals] = 0x22 },
    Damage<Machine>(.referenceIsInBounds, "a global slot that refers into the stack") {
      $0.memory[$0.layout.globals] = Value($0.layout.stack).bits
    },
    Damage<Machine>(.functionIsKnown, "a closure of a function that the image does not have") {
      $0.memory[$0.layout.globals] = Value($0.heap.makeFunction(index: 999, captureCount: 0).offset).bits
    },
    Damage<Machine>(.captureCountIsThatOfFunction, "a closure with a capture that its function does not have") {
      let closure = $0.heap.makeFunction(index: 1, captureCount: 1)
      closure[0] = .true
      $0.memory[$0.layout.globals] = Value(closure.offset).bits
    },
    Damage<Machine>(.shapeKeyIsInterned, "a key that is a second String of the same text") {
      let shape = $0.heap.makeShape(count: 1)
      let key = $0.heap.makeString("someKey")
      _ = key.keyHash
      shape[0] = Value(key.offset)
      let record = $0.heap.makeRecord(shape: shape)
      record[0] = .true
      $0.memory[$0.layout.globals] = Value(record.offset).bits
    },
  ]

  private static let budgets = MachineLayout.Budgets(stackWords: 4096, heapBytes: 8192)

  @Test(arguments: machines)
  func aBrokenMachineIsNamed(damage: Damage<Machine>) throws {
    let guest = LoadedGuest(
      image: try Guest.image("const f = (x) => x.someKey; f({someKey: 1})"), budgets: MachineInvariantTests.budgets)
    guest.withMachine(gasLimit: 1000) { machine in
      #expect(violation(of: machine) == nil)
      damage.make(&machine)
      #expect(violation(of: machine)?.invariant == damage.invariant)
    }
  }

  private func violation(of machine: borrowing Machine) -> InvariantViolation? {
    do throws(InvariantViolation) {
      try machine.checkInvariants(with: .undefined, keepsGlobals: true)
      return nil
    } catch {
      return error
    }
  }

  @Test
  func garbageBehindACollectionIsNamed() throws {
    let guest = LoadedGuest(image: try Guest.image("1"), budgets: MachineInvariantTests.budgets)
    guest.withMachine(gasLimit: 1000) { machine in
      let start = machine.heap.top
      _ = machine.heap.makeCell(.true)
      do throws(InvariantViolation) {
        try machine.checkInvariantsAfterCollection()
        Issue.record("nothing was found")
      } catch {
        #expect(error == InvariantViolation(.heapHoldsLiveObjectsOnly, at: start))
      }
    }
  }

  // MARK: Frames

  /// Frames of the handler, of `map`, of its callback, and of a closure that stops at an effect.
  private static let nested = """
    const make = (k) => (n) => { const reply = Log.info('x'); return k + n; };
    export default function (request) {
      return [1].map((x) => make(2)(x) + x);
    }
    """

  /// Stops at the effect, breaks the stack, and checks the frames.
  private func violation(_ damage: (borrowing Machine) -> Void) throws -> InvariantViolation? {
    let guest = LoadedGuest(
      image: try Guest.image(MachineInvariantTests.nested), budgets: MachineInvariantTests.budgets)
    var found: InvariantViolation?
    guest.withMachine(gasLimit: 100_000) { machine in
      _ = machine.run(request: Array("{}".utf8).span) { _, machine in
        damage(machine)
        do throws(InvariantViolation) {
          var walk = HeapWalk(machine.heap, machine.image)
          try machine.checkFrames(&walk)
        } catch {
          found = error
        }
        return .notGranted
      }
    }
    return found
  }

  static let frames: [(Invariant, String, @Sendable (borrowing Machine) -> Void)] = [
    (
      .frameDistanceFitsCall, "a frame that is said to begin a register later",
      { machine in
        let place = machine.frame.advanced(words: Frame.callerDistance)
        machine.memory[place] = Value(small: Int(Value(bits: machine.memory[place]).inlineInteger) + 1).bits
      }
    ),
    (
      .returnAddressIsBehindCall, "a frame that returns to the beginning of the code",
      { $0.memory[$0.frame.advanced(words: Frame.returnAddress)] = Value(small: $0.image.code.bytes).bits }
    ),
    (
      .chainEndsAtFirstFrame, "a first frame that returns to code of the program",
      { machine in
        let first = machine.layout.stack.advanced(words: Frame.headerWords)
        machine.memory[first.advanced(words: Frame.returnAddress)] = Value(small: machine.image.code.bytes + 8).bits
      }
    ),
    (
      .calleeFitsCode, "a frame whose callee is a closure of another function",
      { machine in
        let callee = Value(bits: machine.memory[machine.frame.advanced(words: Frame.callee)])
        machine.memory[callee.offset] = ObjectHeader(.function, first: 1, second: 1).bits
      }
    ),
  ]

  @Test(arguments: frames.map(\.1))
  func aBrokenFrameIsNamed(name: String) throws {
    let damage = try #require(MachineInvariantTests.frames.first { $0.1 == name })
    #expect(try violation { _ in } == nil)
    #expect(try violation(damage.2)?.invariant == damage.0)
  }

  @Test
  func aFrameOutsideTheStackIsNamed() throws {
    let guest = LoadedGuest(image: try Guest.image("1"), budgets: MachineInvariantTests.budgets)
    guest.withMachine(gasLimit: 1000) { machine in
      machine.frame = machine.layout.heap
      do throws(InvariantViolation) {
        var walk = HeapWalk(machine.heap, machine.image)
        try machine.checkFrames(&walk)
        Issue.record("nothing was found")
      } catch {
        #expect(error == InvariantViolation(.frameIsInStack, at: machine.layout.heap))
      }
    }
  }

  @Test
  func aLiveRegisterWithoutAValueIsNamed() throws {
    let found = try (0..<8).map { register in
      try violation { machine in machine.memory[machine.frame.advanced(words: register)] = 0x22 }?.invariant
    }
    #expect(found.contains(.registerHoldsValue) && found.contains(nil))
    #expect(found.allSatisfy { $0 == nil || $0 == .registerHoldsValue })
  }

  // MARK: Images

  static let images = [
    Damage<EditedImage>(.sectionsAreInOrder, "a section that begins later") {
      $0[word: ImageLayout.Header.sections + 16 * ImageLayout.Section.code.rawValue] += 8
    },
    Damage<EditedImage>(.entryPointsExist, "a handler that there is none of") {
      $0[word: ImageLayout.Header.handler] = 999
    },
    Damage<EditedImage>(.codeBeginsWithHaltAndResume, "code without halt") { $0[instruction: 0] = $0[instruction: 1] },
    Damage<EditedImage>(.functionsCoverCode, "a function that begins an instruction later") {
      $0[function: 1, word: 0] += 1
    },
    Damage<EditedImage>(.constantsAreValues, "a constant that refers to the header") { $0[constant: 0] = 8 },
    Damage<EditedImage>(.chargesAreSorted, "entries of the charge table that have changed places") {
      let entries = $0.range(of: .charges).lowerBound + 8
      ($0[word: entries], $0[word: entries + 8]) = ($0[word: entries + 8], $0[word: entries])
    },
    Damage<EditedImage>(.internedStringsAreStrings, "a slot with an object that is no String") { image in
      let range = image.range(of: .internedStrings)
      let slot = stride(from: range.lowerBound, to: range.upperBound, by: 8).first { image[word: $0] != 0 }
      image[word: slot ?? range.lowerBound] = UInt64(image.objects(.array)[0])
    },
  ]

  @Test(arguments: images)
  func aBrokenImageIsNamed(damage: Damage<EditedImage>) throws {
    var image = try EditedImage(
      compiling: "const f = (a, b) => a + b; export default function (r) { return f(r.a + 1, r.b + f(2, 3)) }")
    #expect(violation(of: image) == nil)
    damage.make(&image)
    #expect(violation(of: image)?.invariant == damage.invariant)
  }

  private func violation(of image: EditedImage) -> InvariantViolation? {
    let memory = OwnedMemory(byteCount: image.bytes.count)
    memory.memory.write(image.bytes.span, at: HeapOffset(0))
    do throws(InvariantViolation) {
      try Image(memory.memory).checkInvariants()
      return nil
    } catch {
      return error
    }
  }

  // MARK: All of them

  @Test
  func everyInvariantHasADamage() {
    typealias Objects = ObjectInvariantTests
    var broken = (Objects.objects + Objects.records + Objects.maps).map(\.invariant)
    broken += MachineInvariantTests.heaps.map(\.invariant) + MachineInvariantTests.machines.map(\.invariant)
    broken += MachineInvariantTests.frames.map(\.0) + MachineInvariantTests.images.map(\.invariant)
    broken += [.heapHoldsLiveObjectsOnly, .frameIsInStack, .registerHoldsValue]
    #expect(Invariant.allCases.filter { !broken.contains($0) }.map(\.rule.description) == [])
  }
}
