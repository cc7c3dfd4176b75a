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

// A package of its own, so that those who use the libraries never build it. Scripts/fuzz.sh builds and runs it.
let package = Package(
  name: "Fuzzing",
  dependencies: [
    .package(name: "MicroQuickJS", path: ".."), .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    // What the fuzzers share: the way into libFuzzer, and running an image in memory of its own.
    .target(
      name: "FuzzSupport", dependencies: [.product(name: "Engine", package: "MicroQuickJS")], swiftSettings: rules),
    // Any text: diagnostics or an image that the load check accepts, and a run that ends.
    .executableTarget(name: "fuzz-compiler", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
    // Any bytes as a request: a value that is printed and read back, or an error at a place in the text.
    .executableTarget(name: "fuzz-json", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
    // Any bytes as the result of an effect: refused, or passed on just as they came.
    .executableTarget(name: "fuzz-cbor", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
    // Damaged images: refused, or run to an end, and never a byte outside of their region.
    .executableTarget(name: "fuzz-image", dependencies: engine("Engine"), swiftSettings: rules),
    // Any bytes as what a snapshot is loaded with: key file, signature, manifest. Read to one value and written as they were.
    .executableTarget(
      name: "fuzz-loading",
      dependencies: engine("Engine", "Snapshot", "System") + [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: rules),
    // Compiles the seeds of fuzz-image from source, so that they are always of the current format.
    .executableTarget(name: "seeds", dependencies: engine("Engine", "Compiler"), swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
