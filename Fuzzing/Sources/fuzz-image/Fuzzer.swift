internal import Engine
internal import FuzzSupport
internal import Glibc

/// The number of images, and how many of them the load check accepted, which shows the worth of a run. libFuzzer calls
/// from one thread only.
private nonisolated(unsafe) var counts = (all: 0, accepted: 0)

@_cdecl("fuzz_image_main")
func main() -> Int32 {
  atexit { unsafe print("fuzz-image: \(counts.accepted) of \(counts.all) images were accepted and run") }
  return unsafe fuzz { start, count in
    let request = Array("{\"a\":[1,\"b\",null,true,2.5],\"n\":3}".utf8)
    unsafe counts.all += 1
    // A refused image is not kept for further mutation, because one defect hides all others.
    guard let image = CheckedImage(unsafe bytes(start, count)) else { return -1 }
    unsafe counts.accepted += 1
    _ = image.run(request: request)
    return 0
  }
}

/// libFuzzer's own mutations.
@_extern(c, "LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int) -> Int

/// Called by libFuzzer instead of its own mutations. Most of those would only damage the header, a hash or an offset,
/// which the load check notices at once. This function leaves alone what ties the parts of an image together.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: UInt32) -> Int {
  var random = SplitMix64(state: UInt64(seed))
  if random.below(32) == 0 { return unsafe mutateBytes(data, count, capacity) }
  guard let editor = ImageEditor(unsafe Array(UnsafeBufferPointer(start: data, count: count))) else {
    return unsafe mutateBytes(data, count, capacity)
  }
  for _ in 0...[0, 0, 0, 1, 2][random.below(5)] { editor.mutate(&random) }
  let bytes = editor.finished()
  for index in bytes.indices { unsafe data[index] = bytes[index] }
  return bytes.count
}
