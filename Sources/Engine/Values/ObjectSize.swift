// How large objects are, and where in them values lie. The sizes are published (docs/snapshot-format.md): the heap budget
// counts in them, on every platform alike.

extension ObjectHeader {
  /// Words of the object, the header included; 0 for a word that is no header.
  var wordCount: Int {
    switch kind {
    case .boxedInteger, .cell: 2
    case .decimal: DecimalView.wordCount
    case .string: StringView.wordCount(byteCount: first)
    case .array, .function, .shape: 1 &+ first
    case .record, .recordLayout: RecordView.headerWords &+ first
    case .map: MapView.wordCount
    case .builtinFunction: 1
    case .mapNode: MapNodeView.wordCount(pairs: first.nonzeroBitCount, children: second.nonzeroBitCount)
    case .mapKey: MapKey.wordCount(byteCount: first)
    case nil: 0
    }
  }

  /// The words of the object that are values or refer to other objects; whatever refers to the heap is among them.
  var valueWords: Range<Int> {
    switch kind {
    case .array, .record, .map, .function, .cell, .shape, .mapNode: 1..<wordCount
    // The indices behind the shape are bare numbers.
    case .recordLayout: 1..<2
    // The hash before the key is one too, and the bytes behind it.
    case .mapKey: 2..<MapKey.headerWords
    case .boxedInteger, .decimal, .string, .builtinFunction, nil: 0..<0
    }
  }
}
