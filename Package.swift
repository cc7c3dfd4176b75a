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

/// The rules for what works hardest in the tests. `make test` sets the variable: then these targets are optimised in the
/// debug configuration, too, with all assertions on. Without the variable no flag is unsafe, as a package must be that others
/// depend on.
let hotRules =
  Context.environment["MQJS_OPTIMIZED_TESTS"] == nil
  ? rules : rules + [.unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))]

let package = Package(
  name: "MicroQuickJS",
  products: [
    .library(name: "Engine", targets: ["Engine"]),
    .library(name: "Compiler", targets: ["Compiler"]),
    .library(name: "Portable", targets: ["Portable"]),
    .library(name: "ReferenceEvaluator", targets: ["ReferenceEvaluator"]),
    .library(name: "OperatingSystem", targets: ["OperatingSystem"]),
    .library(name: "Snapshot", targets: ["Snapshot"]),
    .library(name: "Host", targets: ["Host"]),
    .library(name: "EffectsSQLite", targets: ["EffectsSQLite"]),
    .library(name: "EffectsHTTP", targets: ["EffectsHTTP"]),
    .executable(name: "mqjs", targets: ["mqjs"]),
    .executable(name: "mqjs-runtime", targets: ["mqjs-runtime"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // The sealed virtual machine. No Foundation, no operating system; compiles in Embedded Swift.
    .target(name: "Engine", dependencies: ["CIntelDecimal"], swiftSettings: hotRules),
    // Intel's Decimal Floating-Point Math Library, the only C code that the engine links.
    .systemLibrary(name: "CIntelDecimal", providers: [.apt(["libintelrdfpmath-dev"])]),
    // JavaScript text to image. Not part of any deployed runtime; compiles in Embedded Swift.
    .target(name: "Compiler", dependencies: ["Engine"], swiftSettings: hotRules),
    // Compiler, engine and profiles behind one function of bytes, for browsers and for processors without an operating system.
    .target(name: "Portable", dependencies: ["Engine", "Compiler", "ReferenceEvaluator"], swiftSettings: rules),
    // A second, independent interpreter, as plain as possible: an oracle for the engine, and the source of profiles.
    .target(name: "ReferenceEvaluator", dependencies: ["Engine", "Compiler"], swiftSettings: hotRules),
    // What the kernel offers and Glibc's module map does not: sealed memory files, a wipe that stays.
    .target(name: "CKernel", cSettings: [.define("_GNU_SOURCE")]),
    // What the operating system gives: files, clock, environment, threads, wiped memory; and SHA-256. No Foundation.
    .target(
      name: "OperatingSystem", dependencies: ["CKernel", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: rules),
    // The `.msqs` file: signing, verification, sealed mapping, sandboxes and their wipe. No Foundation.
    .target(
      name: "Snapshot",
      dependencies: ["Engine", "OperatingSystem", "CKernel", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: rules),
    // SQLite's C library, and a thin layer over it: connections, statements, rules. No Foundation.
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    // Bounds for what SQLite does not bound itself: memory, and the work of its functions.
    .target(name: "CSQLiteGuard"),
    .target(name: "SQLite", dependencies: ["CSQLite", "CSQLiteGuard"], swiftSettings: rules),
    // The life of a request: gas limit, seed, effects, journal, audit log, run, report, replay. No Foundation.
    .target(
      name: "Host",
      dependencies: [
        "Engine", "OperatingSystem", "Snapshot", "SQLite", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: rules),
    // The database effects, on SQLite. No Foundation.
    .target(name: "EffectsSQLite", dependencies: ["OperatingSystem", "Host", "SQLite"], swiftSettings: rules),
    // HttpOut, on SwiftNIO. No Foundation.
    .target(
      name: "EffectsHTTP",
      dependencies: [
        "OperatingSystem", "Host", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOTLS", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], swiftSettings: rules),
    // What command and runtime have in common: hosts as a command line describes them, errors, streams. No compiler.
    .target(
      name: "CommandSupport",
      dependencies: ["Engine", "OperatingSystem", "Snapshot", "SQLite", "Host", "EffectsSQLite", "EffectsHTTP"],
      swiftSettings: rules),
    // What is deployed: it runs signed snapshots, and links no compiler.
    .executableTarget(
      name: "mqjs-runtime", dependencies: ["OperatingSystem", "Snapshot", "Host", "CommandSupport"],
      swiftSettings: rules),
    // The command. It alone reads X.509 certificates: what runs snapshots is given a public key.
    .executableTarget(
      name: "mqjs",
      dependencies: [
        "Engine", "Compiler", "ReferenceEvaluator", "OperatingSystem", "Snapshot", "SQLite", "Host", "CommandSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: rules),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "Compiler", "ProgramGeneration", "TestSupport"],
      path: "tests/EngineTests", swiftSettings: rules),
    .testTarget(
      name: "CompilerTests", dependencies: ["Engine", "Compiler", "ProgramGeneration", "TestSupport"],
      path: "tests/CompilerTests",
      exclude: ["Golden"], swiftSettings: rules),
    .testTarget(
      name: "ReferenceEvaluatorTests", dependencies: ["Engine", "Compiler", "ReferenceEvaluator", "TestSupport"],
      path: "tests/ReferenceEvaluatorTests", swiftSettings: rules),
    .testTarget(
      name: "OperatingSystemTests", dependencies: ["OperatingSystem", "TestSupport"],
      path: "tests/OperatingSystemTests", swiftSettings: rules),
    .testTarget(
      name: "SnapshotTests",
      dependencies: [
        "Engine", "Compiler", "ProgramGeneration", "RegisterProbe", "Snapshot", "OperatingSystem", "TestSupport",
      ],
      path: "tests/SnapshotTests", swiftSettings: rules),
    .testTarget(
      name: "HostTests",
      dependencies: [
        "Engine", "Compiler", "EffectsSQLite", "FaultInjection", "Host", "RegisterProbe", "SQLite", "Snapshot",
        "OperatingSystem", "TestSupport", "secret-probe",
      ],
      path: "tests/HostTests", swiftSettings: rules),
    .testTarget(
      name: "EffectsSQLiteTests",
      dependencies: [
        "Engine", "Compiler", "EffectsSQLite", "Host", "SQLite", "Snapshot", "OperatingSystem", "TestSupport",
      ],
      path: "tests/EffectsSQLiteTests", swiftSettings: rules),
    .testTarget(
      name: "EffectsHTTPTests",
      dependencies: [
        "Engine", "EffectsHTTP", "EffectsSQLite", "Host", "SQLite", "Snapshot", "OperatingSystem", "TestSupport",
      ],
      path: "tests/EffectsHTTPTests", swiftSettings: rules),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "mqjs", "mqjs-runtime", "conformance-reference", "CommandSupport", "ConformanceKit", "Engine", "Host",
        "Snapshot", "OperatingSystem", "TestSupport",
      ],
      path: "tests/CommandLineTests", swiftSettings: rules),
    .testTarget(
      name: "PortableTests", dependencies: ["Engine", "Portable", "TestSupport"], path: "tests/PortableTests",
      swiftSettings: rules),
    .testTarget(
      name: "DifferentialTests", dependencies: ["Engine", "Differential", "ProgramGeneration", "TestSupport"],
      path: "tests/DifferentialTests", swiftSettings: rules),
    // The engine against the reference evaluator, on one program or on very many.
    .target(
      name: "Differential",
      dependencies: ["Engine", "Compiler", "ReferenceEvaluator", "ProgramGeneration", "TestSupport"],
      path: "tests/Support/Differential", swiftSettings: hotRules),
    .executableTarget(
      name: "differential-driver", dependencies: ["Differential"], path: "tests/Support/DifferentialDriver",
      swiftSettings: rules),
    // The cases of the conformance kit, as this engine answers them.
    .target(
      name: "ConformanceKit",
      dependencies: ["Engine", "OperatingSystem", "Host", "Differential", "ProgramGeneration", "TestSupport"],
      path: "tests/Support/ConformanceKit", swiftSettings: rules),
    .executableTarget(
      name: "conformance-cases", dependencies: ["ConformanceKit"], path: "tests/Support/ConformanceCases",
      swiftSettings: rules),
    // The reference evaluator as a runner of the conformance kit.
    .executableTarget(
      name: "conformance-reference",
      dependencies: ["Engine", "Compiler", "ReferenceEvaluator", "OperatingSystem", "Host"],
      path: "conformance/runners/reference", swiftSettings: rules),
    // Random programs of the guest language, and how to make one smaller that shows something.
    .target(name: "ProgramGeneration", path: "tests/Support/ProgramGeneration", swiftSettings: hotRules),
    // Answers a request and stops where its memory is worth a look, for the search for secrets.
    .executableTarget(
      name: "secret-probe", dependencies: ["Engine", "Compiler", "OperatingSystem", "Snapshot", "SQLite", "Host"],
      path: "tests/Probes/SecretProbe", swiftSettings: rules),
    // Failures of the disk, at the moment that a test chooses.
    .target(name: "FaultInjection", path: "tests/Probes/FaultInjection", cSettings: [.define("_GNU_SOURCE")]),
    // Marks registers and stack, and looks for the marks after they were cleared.
    .target(name: "RegisterProbe", path: "tests/Probes/RegisterProbe"),
    // What tests share: guest programs run in memory, a folder for files, tools run as processes.
    .target(
      name: "TestSupport", dependencies: ["Engine", "Compiler", "ReferenceEvaluator"],
      path: "tests/Support/TestSupport",
      swiftSettings: hotRules),
  ],
  swiftLanguageModes: [.v6]
)
