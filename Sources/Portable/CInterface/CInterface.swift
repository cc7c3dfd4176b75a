// For callers in C and JavaScript. They ask for memory for a message, write the message, and get the answer. They give
// both back.

/// Memory for a message of so many bytes.
@c(mqjs_allocate)
public func allocate(_ byteCount: UInt) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: Int(byteCount), alignment: 16)
}

/// Gives back what `mqjs_allocate` or `mqjs_answer` returned.
@c(mqjs_release)
public func release(_ block: UnsafeMutableRawPointer) { unsafe block.deallocate() }

/// Answers a message. The first four bytes at the address are the length of the answer, the lowest byte first.
@c(mqjs_answer)
public func answer(_ message: UnsafeRawPointer, _ byteCount: UInt) -> UnsafeMutableRawPointer {
  let bytes = unsafe Array(UnsafeRawBufferPointer(start: message, count: Int(byteCount)))
  let answer = Portable.answer(bytes)
  let block = UnsafeMutableRawPointer.allocate(byteCount: answer.count + 4, alignment: 16)
  for index in 0..<4 {
    unsafe block.storeBytes(
      of: UInt8(truncatingIfNeeded: answer.count >> (8 * index)), toByteOffset: index, as: UInt8.self)
  }
  unsafe answer.withUnsafeBytes { source in
    if let start = source.baseAddress { unsafe (block + 4).copyMemory(from: start, byteCount: source.count) }
  }
  return unsafe block
}
