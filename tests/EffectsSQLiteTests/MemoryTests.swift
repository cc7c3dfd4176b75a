import EffectsSQLite
import Foundation
import Host
import SQLite
import TestSupport
import Testing

/// SQLite's memory: it is zeroed when it is freed, and a statement that uses too much takes none from other threads.
@Suite struct MemoryTests {
  /// A product whose digits exist only in SQLite's memory, until its statement is finalised.
  @Test func whatIsGivenBackIsZero() throws {
    let shop = try Shop()
    let factors: [Int64] = [918_273_645, 1_000_003]
    let sql = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 500)
      SELECT group_concat(printf('%d', \(factors[0]) * \(factors[1])), '') AS x FROM n
      """
    let connection = try shop.file.takeReader()
    do {
      let statement = try connection.prepare(sql)
      #expect(try statement.step())
      #expect(try OwnMemory.holds(text: factors[0] * factors[1]))
    }
    #expect(try !OwnMemory.holds(text: factors[0] * factors[1]))
  }

  /// Each thread has its own budget. When one thread has used it up, the others continue.
  @Test func everyThreadHasItsOwnMemoryBudget() throws {
    let hungry = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)
      SELECT i FROM n ORDER BY printf('%.900c', 'x') || i LIMIT 1 OFFSET 29999
      """
    let limits = DatabaseLimits(rows: 10, bytes: 1 << 20, steps: 100_000_000, memory: 8 << 20)
    try onThreads(6) { thread in
      let shop = try Shop()
      for number in 0..<5 {
        if thread < 3 {
          #expect(try shop.query(hungry, limits: limits).error?.code == "LimitExceeded")
        }
        #expect(try shop.execute("INSERT INTO items (name) VALUES (?)", ["x"], limits: limits).error == nil)
        #expect(try shop.query("SELECT count(*) AS n FROM items") == .success([["n": .integer(Int64(number + 3))]]))
      }
    }
  }
}

/// The contents of this process's memory.
private enum OwnMemory {
  /// Whether the decimal digits of a number occur anywhere in writable memory, twice in a row. Nothing here stores them
  /// in that form.
  static func holds(text number: Int64) throws -> Bool {
    // Invert each byte, so that the search does not find its own pattern.
    let digits = String(number).utf8.map { ~$0 }
    let needle = digits + digits
    let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
    let memory = unsafe open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
    defer { close(memory) }
    // The buffer holds copies of the memory, so skip it and wipe it.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer {
      unsafe wipe(copy)
      unsafe copy.deallocate()
    }
    let own =
      UInt64(UInt(bitPattern: copy.baseAddress))..<UInt64(UInt(bitPattern: copy.baseAddress)) + UInt64(1 << 20)
    for line in maps.split(separator: "\n") where line.split(separator: " ")[1].hasPrefix("rw") {
      let bounds = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt64($0, radix: 16) }
      var start = bounds[0]
      while start < bounds[1] {
        if own.contains(start) { start = own.upperBound }
        let end = min(start + UInt64(1 << 20), bounds[1], start < own.lowerBound ? own.lowerBound : .max)
        guard start < end else { break }
        let count = unsafe pread(memory, copy.baseAddress, Int(end - start), off_t(start))
        guard count > 0 else { break }
        if unsafe holds(UnsafeRawBufferPointer(rebasing: copy[..<count]), inverted: needle) { return true }
        start += UInt64(count)
      }
    }
    return false
  }

  private static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices { unsafe buffer[index] = 0 }
  }

  private static func holds(_ bytes: UnsafeRawBufferPointer, inverted needle: [UInt8]) -> Bool {
    guard let first = bytes.baseAddress, bytes.count >= needle.count else { return false }
    let last = bytes.count - needle.count
    var start = 0
    while start <= last, let found = unsafe memchr(first + start, Int32(~needle[0]), last - start + 1) {
      start = unsafe UnsafeRawPointer(found) - first
      if needle.indices.allSatisfy({ unsafe bytes[start + $0] == ~needle[$0] }) { return true }
      start += 1
    }
    return false
  }
}
