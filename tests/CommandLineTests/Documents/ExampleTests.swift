import Foundation
import TestSupport
import Testing

/// The programs in `examples` give the documented answers, and those answers are right.
@Suite struct ExampleTests {
  private func path(_ name: String) -> String { Repository.url(name).path }

  @Test func everyResponseIsTheExpectedOne() throws {
    let ending = try Tool().folder.run("node", [path("tests/Oracles/examples.js"), "--mqjs", Tool.path])
    #expect(ending.status == 0 && ending.output.contains(" 0 failed"), "\(ending.output)\(ending.errorOutput)")
  }

  @Test func nodeGivesTheSameResponses() throws {
    let flags = ["--expose-internals", "--experimental-vm-modules", "--no-warnings", "--stack-size=3900"]
    let ending = try Tool().folder.run("node", flags + [path("tests/Oracles/examples.js"), "--oracle"])
    #expect(ending.status == 0 && ending.output.contains(" 0 failed"), "\(ending.output)\(ending.errorOutput)")
  }

  /// Python computes the figures again from the requests, by other methods.
  @Test func theFiguresOfTheBankAreRight() throws {
    let ending = try Tool().folder.run("python3", [path("tests/Oracles/bank-figures.py")])
    #expect(ending.status == 0 && ending.output.hasSuffix("figures agree\n"), "\(ending.output)\(ending.errorOutput)")
  }

  /// A program of a realistic size makes a snapshot of 150 to 400 kB.
  @Test func theSnapshotOfTheBankHasTheRequiredSize() throws {
    let tool = try Tool()
    expect(try tool("build", path("examples/bank/handler.js"), "-o", "bank.msqs"), .done)
    let size = try tool.folder.read("bank.msqs").count
    #expect((150_000...400_000).contains(size), "\(size) bytes")
  }
}
