import Host
import RegisterProbe
import Synchronization
import Testing

/// The registers after a whole answer: a run with effects and sealed records, a repetition from the journal, and a
/// replay. The registers are filled with a mark before. Afterwards the mark is gone, so whatever the answer has put
/// there is gone too.
@Suite(.serialized) struct AnsweredRegisterTests {
  /// The work for a C function without arguments.
  private static let work = Mutex<(@Sendable () -> Void)?>(nil)

  private func kindsMarked(after work: @escaping @Sendable () -> Void) -> Int32 {
    Self.work.withLock { $0 = work }
    defer { Self.work.withLock { $0 = nil } }
    return register_probe_marked_after { AnsweredRegisterTests.work.withLock { $0?() } }
  }

  @Test func nothingIsLeftInARegister() throws {
    for use in ["answered", "repeated", "replayed"] {
      let office = try ClassifiedOffice(ClassifiedOffice.payment)
      let isFirst = use == "answered"
      if !isFirst { _ = try office.answer(ClassifiedOffice.request) }
      let isGood = Atomic(false)
      let left = kindsMarked {
        if use == "replayed" {
          isGood.store((try? office.replay(office.key))?.first?.divergences == [], ordering: .relaxed)
        } else {
          isGood.store((try? office.answer(ClassifiedOffice.request)) != nil, ordering: .relaxed)
        }
      }
      let wasGood = isGood.load(ordering: .relaxed)
      #expect(wasGood, "\(use)")
      #expect(left == 0, "\(use)")
    }
  }
}
