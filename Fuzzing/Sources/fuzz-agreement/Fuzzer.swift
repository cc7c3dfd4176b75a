internal import Compiler
internal import Engine
internal import FuzzSupport
internal import ReferenceEvaluator

@_cdecl("fuzz_agreement_main")
func main() -> Int32 {
  unsafe fuzz { start, count in
    let source = unsafe bytes(start, count)
    let analysis = FrontEnd.analyze(entry: Array("main.js".utf8), source: source)
    guard let program = analysis.program,
      case .image(let bytes) = ProgramGenerator.build(program, sources: analysis.sources)
    else { return 0 }
    guard let image = CheckedImage(bytes) else {
      preconditionFailure("the load check refuses an image that the compiler made")
    }
    let request = Array("{\"a\":[1,\"b\",null,true,2.5]}".utf8)
    let evaluator = Evaluator(program)
    // The second limit ends most programs half-way.
    var gasLimit: Int64 = 20_000
    for _ in 0..<2 {
      let engine = image.run(request: request, gasLimit: gasLimit)
      // The evaluator has no heap.
      if engine.trap == .memoryExhausted { return 0 }
      let reference = outcome(of: evaluator, request, gasLimit)
      precondition(engine.body == reference.body, "the bodies differ")
      precondition(engine.gasUsed == reference.gasUsed, "the gas differs")
      gasLimit = max(1, engine.gasUsed / 2)
    }
    return 0
  }
}

private func outcome(of evaluator: Evaluator, _ request: [UInt8], _ gasLimit: Int64) -> ReferenceOutcome {
  do throws(NoDeepStack) {
    return try evaluator.run(request: request, gasLimit: gasLimit, stackWords: CheckedImage.stackWords)
  } catch {
    preconditionFailure("the reference evaluator gets no thread")
  }
}
