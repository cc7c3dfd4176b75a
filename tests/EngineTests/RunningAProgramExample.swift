import Engine

/// How a run ended.
struct Response {
  let body: [UInt8]
  /// Nil if the program ended in a value.
  let error: Trap?
  let gasUsed: Int64
}

/// Runs the program of an image on one request.
func respond(to request: [UInt8], with image: [UInt8], gasLimit: Int64) throws(ImageDefect) -> Response {
  // Check the image before anything relies on it.
  let loaded = OwnedMemory(byteCount: image.count)
  loaded.memory.write(image.span, at: HeapOffset(0))
  try ImageCheck.check(loaded.memory, byteCount: image.count)

  // Give the machine a region that begins with the image and is zero otherwise.
  let layout = MachineLayout(image: Image(loaded.memory), budgets: .standard)
  let region = OwnedMemory(byteCount: layout.end.bytes)
  region.memory.write(image.span, at: HeapOffset(0))

  // Run it. The body is in the machine's memory, so copy it out.
  var machine = Machine(
    memory: region.memory, image: Image(region.memory), layout: layout, gasLimit: gasLimit, seed: (0, 0, 0, 0))
  let outcome = machine.run(request: request.span)
  let body = region.memory.bytes(at: outcome.body, count: outcome.byteCount)
  return Response(body: body, error: outcome.trap, gasUsed: machine.gasUsed)
}
