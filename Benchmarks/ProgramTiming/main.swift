// How long does a program run in this build of the engine? Prints the processor time of the fastest of several runs, in
// nanoseconds.
//
//     program-timing RUNS FILE.js

import Engine
import EngineTiming
import Foundation

guard CommandLine.arguments.count == 3, let runs = Int(CommandLine.arguments[1]), runs > 0 else {
  FileHandle.standardError.write(Data("usage: program-timing RUNS FILE.js\n".utf8))
  exit(2)
}
let path = CommandLine.arguments[2]
let subject = try Subject(name: path, source: try String(contentsOfFile: path, encoding: .utf8), request: "{}")
let memory = OwnedMemory(byteCount: subject.byteCount)
var fastest = Double.infinity
for _ in 0..<runs {
  let run = subject.run(in: memory.memory, gasLimit: Machine.maximumGasLimit)
  if let error = run.error { throw Subject.Failure(description: "\(path): \(error)") }
  fastest = min(fastest, run.nanoseconds)
}
print(Int(fastest))
