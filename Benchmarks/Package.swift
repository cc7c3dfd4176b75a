// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that those who use the libraries never build it.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "MicroQuickJS", path: "..")],
  targets: [
    // Does the time of a decimal comparison depend on the numbers?
    .executableTarget(
      name: "decimal-timing", dependencies: [.product(name: "Engine", package: "MicroQuickJS"), "CTicks"],
      path: "DecimalTiming",
      swiftSettings: [
        .strictMemorySafety(), .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
      ]),
    // The processor's time stamp counter.
    .target(name: "CTicks", path: "CTicks"),
  ],
  swiftLanguageModes: [.v6]
)
