import ConformanceKit
import Foundation

// conformance-cases [RANDOM]
//
// Prints the cases of the conformance kit, one line of JSON for each: programs with what their runs must come to
// (docs/conformance.md). RANDOM is the number of random programs among them, 3000 unless given.

let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard numbers.count <= 1, numbers.allSatisfy({ ($0 ?? 0) > 0 }) else {
  FileHandle.standardError.write(Data("usage: conformance-cases [RANDOM], a positive number\n".utf8))
  exit(2)
}
for source in CaseSource.all(random: numbers.first.flatMap { $0 } ?? 3000) {
  FileHandle.standardOutput.write(Data(try Case(source).line()))
}
