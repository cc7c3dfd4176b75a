import Engine

/// The path of a file of a program, relative to the folder of the entry file, with no `.` or `..` in it.
struct ModulePath {
  /// Folders and file name.
  let segments: [[UInt8]]

  /// `a/b.js`
  var bytes: [UInt8] { Array(segments.joined(separator: [slash])) }

  enum Failure: Error { case notRelative, leavesRoot }

  /// The path that an import names.
  ///
  /// Only the text decides. Links in the file system are ignored, so the result is the same on every machine.
  static func resolve(_ path: [UInt8], from importer: ModulePath) throws(Failure) -> ModulePath {
    guard path.starts(with: utf8("./")) || path.starts(with: utf8("../")) else { throw .notRelative }
    var segments = Array(importer.segments.dropLast())
    for segment in path.split(separator: slash) {
      if segment.elementsEqual(utf8(".")) { continue }
      if segment.elementsEqual(utf8("..")) {
        guard segments.popLast() != nil else { throw .leavesRoot }
      } else {
        segments.append(Array(segment))
      }
    }
    return ModulePath(segments: segments)
  }
}

private let slash = UInt8(ascii: "/")
