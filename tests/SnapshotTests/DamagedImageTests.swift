import Engine
import TestSupport
import Testing

/// An image may be changed before it is signed, by mistake or by somebody who has the key. Any such image is either
/// refused or runs to a defined end. A crash would end the child process of the test, and would be noticed.
@Suite struct DamagedImageTests {
  private static let source = """
    const twice = n => n * 2;
    export default function ({items, name = 'x'}) {
      const total = items.map(twice).reduce((sum, item) => sum + item, 0);
      return {total, name: `${name}!`, big: total > 10 ? Some(total) : None};
    }
    """

  /// Runs an image if the load check accepts it.
  ///
  /// - Returns: whether it was accepted.
  private static func isRun(_ image: [UInt8]) -> Bool {
    guard EditedImage(image).defect == nil else { return false }
    let budgets = MachineLayout.Budgets(stackWords: 2_000, heapBytes: 1 << 16)
    let result = Guest.run(image: image, request: #"{"items":[1,2,3]}"#, gasLimit: 10_000, budgets: budgets)
    return !result.body.isEmpty
  }

  @Test func everyChangedByteIsRefusedOrRunsToADefinedEnd() async {
    await #expect(processExitsWith: .success) {
      var image = try Guest.image(Self.source)
      #expect(Self.isRun(image))
      var accepted = 0
      for index in image.indices {
        let byte = image[index]
        for changed in [byte ^ 1 << (index % 8), byte ^ 0xff, 0, byte &+ 1] where changed != byte {
          image[index] = changed
          if Self.isRun(image) { accepted += 1 }
        }
        image[index] = byte
      }
      // Some changes give another valid program, for example with another small number or gas charge.
      #expect(accepted > 0)
    }
  }

  /// The header states the shorter length. Otherwise the truncation would be noticed at once.
  @Test func everyTruncationIsRefused() async {
    await #expect(processExitsWith: .success) {
      let whole = EditedImage(try Guest.image(Self.source))
      for count in whole.bytes.indices {
        var image = whole
        image.resize(to: count)
        if count >= ImageLayout.Header.scheduleID { image[word: ImageLayout.Header.fileSize] = UInt64(count) }
        #expect(image.defect != nil, "\(count) bytes")
      }
    }
  }
}
