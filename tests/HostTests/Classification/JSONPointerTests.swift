import Host
import OperatingSystem
import Testing

/// JSON pointers, which say which parts of a request are classified.
@Suite struct JSONPointerTests {
  private func target(_ pointer: String, _ text: String) throws -> JSONPointer.Target {
    try JSONPointer(pointer).target(in: SecretBytes(copying: Array(text.utf8).span))
  }

  /// The document and the pointers of RFC 6901, section 5.
  static let document = #"""
    {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
    """#

  @Test(arguments: [
    "", "/foo", "/foo/0", "/foo/1", "/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n",
  ])
  func pointersOfTheStandardFindTheirValues(pointer: String) throws {
    #expect(try target(pointer, Self.document) == .value)
  }

  @Test(arguments: ["/fo", "/foo/2", "/foo/00", "/foo/-", "/foo/x", "/foo/0/1", "/a", "/m~1n", "//", "/foo/"])
  func otherPointersFindNothing(pointer: String) throws {
    #expect(try target(pointer, Self.document) == .nothing)
  }

  @Test func malformedPointersAreRefused() {
    #expect(throws: JSONPointer.Defect.noSlash) { try JSONPointer("foo") }
    #expect(throws: JSONPointer.Defect.noSlash) { try JSONPointer("#/foo") }
    #expect(throws: JSONPointer.Defect.badEscape) { try JSONPointer("/a~") }
    #expect(throws: JSONPointer.Defect.badEscape) { try JSONPointer("/a~2b") }
  }

  @Test func whatLiesInBetweenIsSkipped() throws {
    let text = #" { "a" : [ [ ] , {"x":"]}\"","y":{}} , -1.5e3 , true ] , "b" : { "c" : null } } "#
    for pointer in ["/a/0", "/a/1/x", "/a/1/y", "/a/2", "/a/3", "/b/c"] { #expect(try target(pointer, text) == .value) }
    for pointer in ["/a/4", "/a/0/0", "/x", "/c", "/b/c/d"] { #expect(try target(pointer, text) == .nothing) }
  }

  @Test func escapedNamesAreRecognised() throws {
    #expect(try target("/card", #"{"\u0063ar\u0064": 1}"#) == .value)
    #expect(try target("/ä😀", #"{"\u00e4\ud83d\ude00": 1}"#) == .value)
    #expect(try target("/a\tb", #"{"a\tb": 1}"#) == .value)
  }

  /// The search ends for any request, and text that is not JSON is reported as such.
  @Test func damagedTextsEndTheSearch() throws {
    let text = #"{"a":[1,{"b":"c\u0041"}],"d":{"e":false}}"#
    #expect(try target("/d/e", text) == .value)
    for length in 0..<(text.utf8.count - 2) {
      let part = String(decoding: Array(text.utf8)[..<length], as: UTF8.self)
      #expect(try target("/d/x", part) == .notJSON, "\(part)")
    }
    for text in ["{\"a\"}", "{a:1}", "[1 2]", "{\"a\":}", "{\"\\x\":1}", "{\"\\ud83d\":1}"] {
      #expect(try target("/z/1", text) != .value, "\(text)")
    }
  }
}
