public import Engine
public import System

/// Where a section of an image lies, in bytes from its start.
public struct ImageSection: Equatable, Sendable {
  /// Which one.
  public let kind: ImageLayout.Section
  /// Its first byte.
  public let offset: Int
  /// Its size.
  public let byteCount: Int
  /// SHA-256 of its bytes.
  public let hash: Hash256
}

extension Image {
  /// The sections in the order of the file.
  public var sections: [ImageSection] {
    ImageLayout.Section.allCases.map { section in
      let bytes = bytes(of: section)
      return ImageSection(
        kind: section, offset: range(of: section).lowerBound, byteCount: bytes.count, hash: Hash256(of: bytes))
    }
  }

  /// The bytes of a section.
  public func bytes(of section: ImageLayout.Section) -> [UInt8] {
    let range = range(of: section)
    return memory.bytes(at: HeapOffset(range.lowerBound), count: range.count)
  }

  private func range(of section: ImageLayout.Section) -> Range<Int> {
    let entry = HeapOffset(ImageLayout.Header.sections + section.rawValue * 16)
    let offset = Int(truncatingIfNeeded: memory[entry])
    return offset..<offset + Int(truncatingIfNeeded: memory[entry.advanced(words: 1)])
  }
}

extension Manifest {
  /// The manifest of an image; nil if it is damaged.
  public init?(of image: Image) {
    self.init(encoded: image.bytes(of: .manifest))
  }
}
