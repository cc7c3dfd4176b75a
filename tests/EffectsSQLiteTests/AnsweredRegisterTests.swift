import Host
import RegisterProbe
import Synchronization
import Testing

/// The registers behind a whole answer: its run with effects under seal, its repetition from the journal, its replay.
@Suite(.serialized) struct AnsweredRegisterTests {
  /// What a C function without arguments does.
  private static let work = Mutex<(@Sendable () -> Void)?>(nil)

  private func kinds(holding secret: String, after work: @escaping @Sendable () -> Void) -> Int32 {
    Self.work.withLock { $0 = work }
    defer { Self.work.withLock { $0 = nil } }
    let bytes = Array(secret.utf8)
    return unsafe register_probe_pieces_after(
      { AnsweredRegisterTests.work.withLock { $0?() } }, bytes, Int32(bytes.count))
  }

  @Test func nothingOfTheCardNumberIsLeftInARegister() throws {
    for use in ["answered", "repeated", "replayed"] {
      let office = try ClassifiedOffice(ClassifiedOffice.payment)
      let isFirst = use == "answered"
      if !isFirst { _ = try office.answer(ClassifiedOffice.request) }
      let isGood = Atomic(false)
      let left = kinds(holding: ClassifiedOffice.card) {
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
