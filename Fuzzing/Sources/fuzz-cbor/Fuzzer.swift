internal import Engine
internal import FuzzSupport

/// A program that passes the result of one effect on to another.
private let relay: CheckedImage = {
  let image = CheckedImage(compiled("export default function () { return Log.info(\"\", Clock.now()); }"))
  guard let image else { preconditionFailure("the load check accepts what the compiler makes") }
  return image
}()

@_cdecl("fuzz_cbor_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    let input = unsafe bytes(start, count)
    _ = relay.run(request: Array("{}".utf8), gasLimit: 1_000_000, heapBytes: 256 << 10) { call, machine in
      if machine.name(of: call) == Array("Clock.now".utf8) { return .result(input) }
      // An Array of two elements: the empty String and the input. A value has only one encoding.
      let arguments = machine.withArguments(of: call) { span in span.indices.map { span[$0] } }
      precondition(arguments == [0x82, 0x60] + input, "a result was not canonical, or was changed on the way")
      return .notGranted
    }
    return 0
  }
}
