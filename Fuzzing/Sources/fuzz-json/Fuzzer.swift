internal import Engine
internal import FuzzSupport

/// A program that returns its request twice: unchanged, and after `JSON.stringify` and `JSON.parse`.
private let echo: CheckedImage = {
  let source = "export default function (request) { return [request, JSON.parse(JSON.stringify(request)).Ok]; }"
  guard let image = CheckedImage(compiled(source)) else {
    preconditionFailure("the load check accepts what the compiler makes")
  }
  return image
}()

private func answer(_ request: [UInt8]) -> CheckedImage.Result {
  echo.run(request: request, gasLimit: 1_000_000, heapBytes: 256 << 10)
}

@_cdecl("fuzz_json_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    let result = answer(unsafe bytes(start, count))
    guard result.trap == nil else { return 0 }
    // `[A,B]`: both are the same text. It is canonical, so the same text as a request gives the same response.
    let length = (result.body.count - 3) / 2
    let first = result.body[1..<1 + length]
    precondition(first == result.body[(length + 2)..<(2 * length + 2)], "what was printed reads as something else")
    let again = answer(Array(first))
    precondition(again.trap != nil || again.body == result.body, "a text is not canonical")
    return 0
  }
}
