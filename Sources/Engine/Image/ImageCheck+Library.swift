/// The constants that every image begins with: each must be exactly what the library expects.
extension ImageCheck {
  func checkLibrary() throws(ImageDefect) {
    for index in 0..<LibraryConstant.count {
      guard isLibraryConstant(index) else { throw .constant(index) }
    }
  }

  private func isLibraryConstant(_ index: Int) -> Bool {
    let value = constant(index)
    guard let kind = kind(of: value) else { return false }
    switch index {
    case LibraryConstant.emptyString: return isText(value, "")
    case LibraryConstant.emptyArray: return kind == .array && isEmpty(value)
    case LibraryConstant.emptyRecord: return kind == .record && isEmpty(value)
    case LibraryConstant.none:
      guard kind == .record else { return false }
      let none = RecordView(memory, value.offset)
      return isShape(Value(none.shape.offset), ["None"]) && none[0] == constant(LibraryConstant.emptyRecord)
    case LibraryConstant.someShape: return isShape(value, ["Some"])
    case LibraryConstant.okShape: return isShape(value, ["Ok"])
    case LibraryConstant.errShape: return isShape(value, ["Err"])
    case LibraryConstant.parseErrorShape: return isShape(value, ["code", "offset"])
    case LibraryConstant.lengthShape: return isShape(value, ["length"])
    case LibraryConstant.effectShape: return isShape(value, ["effect"])
    case LibraryConstant.emptyMap: return kind == .map
    case LibraryConstant.kindNames..<LibraryConstant.jsonErrorCodes:
      return isText(value, Kind.allCases[index - LibraryConstant.kindNames].name)
    case LibraryConstant.jsonErrorCodes..<LibraryConstant.characters:
      return isText(value, JSONError.allCases[index - LibraryConstant.jsonErrorCodes].code)
    default:
      guard kind == .string else { return false }
      let text = StringView(memory, value.offset)
      return text.byteCount == 1 && Int(text[0]) == index - LibraryConstant.characters
    }
  }

  private func isEmpty(_ value: Value) -> Bool { ObjectHeader(bits: word(value.offset.bytes)).first == 0 }

  private func isText(_ value: Value, _ text: StaticString) -> Bool {
    guard kind(of: value) == .string else { return false }
    let string = StringView(memory, value.offset)
    return memory.withBytes(at: string.bytes, count: string.byteCount) { text.equals($0) }
  }

  /// Whether a word refers to a shape with exactly these keys, in any order.
  private func isShape(_ value: Value, _ keys: [StaticString]) -> Bool {
    guard kind(of: value) == .shape else { return false }
    let shape = ShapeView(memory, value.offset)
    return shape.count == keys.count
      && keys.allSatisfy { key in (0..<shape.count).contains { isText(shape[$0], key) } }
  }
}
