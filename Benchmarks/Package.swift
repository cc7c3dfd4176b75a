// swift-tools-version: 6.2
import PackageDescription

let rules: [SwiftSetting] = [
  .strictMemorySafety(), .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
]

// A separate package, so that users of the libraries never build it.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "MicroQuickJS", path: "..")],
  targets: [
    // Does the time of a decimal comparison depend on the numbers?
    .executableTarget(
      name: "decimal-timing", dependencies: [.product(name: "Engine", package: "MicroQuickJS"), "CTicks"],
      path: "DecimalTiming", swiftSettings: rules),
    // How much time does a unit of gas take at most?
    .executableTarget(
      name: "gas-timing", dependencies: [.product(name: "Engine", package: "MicroQuickJS"), "EngineTiming"],
      path: "GasTiming", swiftSettings: rules),
    // How long does a program run in this build of the engine?
    .executableTarget(
      name: "program-timing", dependencies: [.product(name: "Engine", package: "MicroQuickJS"), "EngineTiming"],
      path: "ProgramTiming", swiftSettings: rules),
    // Programs that run repeatedly in the same memory, and their processor time.
    .target(
      name: "EngineTiming",
      dependencies: [
        .product(name: "Engine", package: "MicroQuickJS"), .product(name: "Compiler", package: "MicroQuickJS"),
      ],
      path: "EngineTiming", swiftSettings: rules),
    // How long does the load check take for images that are made to take long?
    .executableTarget(
      name: "load-timing",
      dependencies: [
        .product(name: "Engine", package: "MicroQuickJS"), .product(name: "Compiler", package: "MicroQuickJS"),
      ],
      path: "LoadTiming", swiftSettings: rules),
    // How long do a clone, a wipe, and the steps from a file to the first response take?
    .executableTarget(
      name: "sandbox-timing",
      dependencies: ["Engine", "Compiler", "OperatingSystem", "Snapshot", "Host"].map {
        .product(name: $0, package: "MicroQuickJS")
      },
      path: "SandboxTiming", swiftSettings: rules),
    // The processor's time stamp counter.
    .target(name: "CTicks", path: "CTicks"),
  ],
  swiftLanguageModes: [.v6]
)
