public import Engine
public import OperatingSystem

/// A section of an image: where it is, and the hash of its bytes.
public struct ImageSection: Equatable, Sendable {
  /// Which section it is.
  public let kind: ImageLayout.Section
  /// The offset of its first byte from the start of the image.
  public let offset: Int
  /// Its size in bytes.
  public let byteCount: Int
  /// SHA-256 of its bytes.
  public let hash: Hash256
}

extension Image {
  /// The sections in file order.
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
