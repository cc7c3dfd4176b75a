// The sizes of objects, and where they hold values. The sizes are published (docs/snapshot-format.md), since the heap
// budget counts them. They are the same on every platform.

extension ObjectHeader {
  /// Words of the object, including the header; 0 for a word that is not a header.
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

  /// The words of the object that are values or refer to other objects. All references into the heap are among them.
  var valueWords: Range<Int> {
    switch kind {
    case .array, .record, .map, .function, .cell, .shape, .mapNode: 1..<wordCount
    // The indices after the shape are plain numbers.
    case .recordLayout: 1..<2
    // The hash in front of the key is a plain number, and so are the bytes after the key.
    case .mapKey: 2..<MapKey.headerWords
    case .boxedInteger, .decimal, .string, .builtinFunction, nil: 0..<0
    }
  }
}
