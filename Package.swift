// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules: strict memory safety (each unsafe use says `unsafe`), no warnings,
/// explicit existentials, and imports that do not leak.
let rules: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "MicroQuickJS",
  products: [
    .library(name: "Engine", targets: ["Engine"]),
  ],
  targets: [
    // The sealed virtual machine. No Foundation, no operating system; compiles in Embedded Swift.
    .target(name: "Engine", dependencies: ["CIntelDecimal"], swiftSettings: rules),
    // Intel's Decimal Floating-Point Math Library, the only C code that the engine links.
    .systemLibrary(name: "CIntelDecimal", providers: [.apt(["libintelrdfpmath-dev"])]),
  ],
  swiftLanguageModes: [.v6]
)
