// swift-tools-version: 6.2
import PackageDescription

let rules: [SwiftSetting] = [
  .strictMemorySafety(), .treatAllWarnings(as: .error), .enableExperimentalFeature("Extern"),
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func engine(_ names: String...) -> [Target.Dependency] {
  ["FuzzSupport"] + names.map { .product(name: $0, package: "MicroQuickJS") }
}

// A separate package, so that users of the libraries never build it. Scripts/fuzz.sh builds and runs it.
let package = Package(
  name: "Fuzzing",
  dependencies: [
    .package(name: "MicroQuickJS", path: ".."), .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // Code that the fuzzers share: libFuzzer's entry point, and running an image in its own memory.
    .target(
      name: "FuzzSupport",
      dependencies: [
        .product(name: "Engine", package: "MicroQuickJS"), .product(name: "Compiler", package: "MicroQuickJS"),
      ], swiftSettings: rules),
    // Arbitrary source: diagnostics, or an image that the load check accepts and a run that ends.
    .executableTarget(name: "fuzz-compiler", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
    // Arbitrary source in the engine and in the reference evaluator: the same body and the same gas.
    .executableTarget(
      name: "fuzz-agreement", dependencies: engine("Engine", "Compiler", "ReferenceEvaluator"), swiftSettings: rules),
    // Arbitrary bytes as a request: a value that is printed and read back, or an error with an offset.
    .executableTarget(name: "fuzz-json", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
    // Arbitrary bytes as the result of an effect: refused, or passed on unchanged.
    .executableTarget(name: "fuzz-cbor", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
    // Damaged images: refused, or run to an end without accessing memory outside their region.
    .executableTarget(name: "fuzz-image", dependencies: engine("Engine"), swiftSettings: rules),
    // Arbitrary bytes as a key file, signature or manifest. Accepted ones are read and written again without change.
    .executableTarget(
      name: "fuzz-loading",
      dependencies: engine("Engine", "Snapshot", "OperatingSystem") + [
        .product(name: "Crypto", package: "swift-crypto")
      ],
      swiftSettings: rules),
    // Arbitrary bytes as a server's response: a Result, and the same one each time.
    .executableTarget(
      name: "fuzz-http",
      dependencies: engine("Engine", "Compiler", "EffectsHTTP", "Host", "OperatingSystem", "Snapshot"),
      swiftSettings: rules),
    // Damaged journals, intents and audit logs: findings or a refusal, and never a crash. Its own code is not optimised:
    // the compiler (6.3.1) crashes on it.
    .executableTarget(
      name: "fuzz-records",
      dependencies: engine("Engine", "Compiler", "Host", "OperatingSystem", "Snapshot"),
      swiftSettings: rules + [.unsafeFlags(["-Onone"])]),
    // Compiles the seeds of fuzz-image from source, so that they always have the current format.
    .executableTarget(name: "seeds", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
