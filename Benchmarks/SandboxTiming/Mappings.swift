import Glibc

/// The address ranges of this process where snapshots are mapped.
struct ImageMappings {
  private let ranges: [Range<UInt>]

  /// Finds them among the process's mappings by the name of the memory file.
  init() {
    guard let file = unsafe fopen("/proc/self/maps", "r") else { fatalError("/proc is not mounted") }
    defer { unsafe fclose(file) }
    var ranges: [Range<UInt>] = []
    while let line = unsafe ImageMappings.line(of: file) {
      guard line.contains("mqjs-snapshot") else { continue }
      let bounds = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
      if bounds.count == 2 { ranges.append(bounds[0]..<bounds[1]) }
    }
    self.ranges = ranges
  }

  /// Removes the pages from the process's page tables, so that the next access to each page is a page fault.
  func dropPageTables() {
    for range in ranges {
      unsafe madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  private static func line(of file: UnsafeMutablePointer<FILE>) -> String? {
    var text: [UInt8] = []
    while true {
      let character = unsafe getc(file)
      if character == EOF { return text.isEmpty ? nil : String(decoding: text, as: UTF8.self) }
      if character == 10 { return String(decoding: text, as: UTF8.self) }
      text.append(UInt8(truncatingIfNeeded: character))
    }
  }
}

/// Writes a file back and removes it from the system's page cache, so that the next reader must read the disk.
func dropPageCache(of path: String) {
  let descriptor = unsafe open(path, O_RDONLY)
  fsync(descriptor)
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  close(descriptor)
}
