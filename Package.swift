// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "guarantee",
  products: [
    .library(name: "GuaranteeLedger", targets: ["GuaranteeLedger"]),
    .executable(name: "guarantee", targets: ["GuaranteeCommand"]),
    .executable(name: "LedgerBenchmark", targets: ["LedgerBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
      name: "PostgresClient", dependencies: ["CLibPQ"], swiftSettings: [.strictMemorySafety()]),
    .systemLibrary(name: "CSpawn"),
    .target(
      name: "PrivatePostgres", dependencies: ["CSpawn"], swiftSettings: [.strictMemorySafety()]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(name: "XMLReader", dependencies: ["CExpat"], swiftSettings: [.strictMemorySafety()]),
    .target(name: "LedgerSQL", path: "sql", plugins: ["SQLEmbedding"]),
    .target(
      name: "GuaranteeLedger",
      dependencies: [
        "PostgresClient", "LedgerSQL", "XMLReader",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Tracing", package: "swift-distributed-tracing"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      plugins: ["SQLEmbedding"]),
    .executableTarget(
      name: "GuaranteeCommand",
      dependencies: [
        "GuaranteeLedger", "LedgerSQL", "PostgresClient", "PrivatePostgres",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      plugins: ["SQLEmbedding"]),
    .executableTarget(
      name: "LedgerBenchmark",
      dependencies: [
        "GuaranteeCommand", "GuaranteeLedger", "PostgresClient", "PrivatePostgres",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "GuaranteeCommandTests", dependencies: ["GuaranteeCommand", "LedgerSQL", "TestSupport"],
      exclude: ["FailingCalls/failing_calls.c", "Goldens"]),
    .executableTarget(name: "SQLEmbeddingTool", path: "Sources/SQLEmbedding/Tool"),
    .plugin(
      name: "SQLEmbedding", capability: .buildTool(), dependencies: ["SQLEmbeddingTool"],
      path: "Sources/SQLEmbedding/Plugin"),
    .testTarget(
      name: "SQLEmbeddingTests", dependencies: ["SQLEmbeddingTool", "TestSupport"],
      path: "Tests/SQLEmbeddingTests"),
    .testTarget(
      name: "GuaranteeLedgerTests",
      dependencies: [
        "GuaranteeLedger", "LedgerSQL", "LedgerTestSupport", "PostgresClient", "TestSupport", "XMLReader",
        .product(name: "InMemoryLogging", package: "swift-log"),
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
        .product(name: "MetricsTestKit", package: "swift-metrics"),
        .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
      ],
      path: "Tests/GuaranteeLedgerTests"),
    .testTarget(
      name: "PackTests",
      dependencies: [
        "GuaranteeLedger", "LedgerSQL", "LedgerTestSupport", "PostgresClient", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Tests/PackTests",
      exclude: [
        "verify_pack.py", "verify_additions.py", "Interop/open_pack.py", "Interop/open_workbook.py",
        "Interop/auditors.txt",
      ]),
    .target(name: "ReferenceLedger", path: "Tests/ReferenceLedger"),
    .testTarget(name: "ReferenceLedgerTests", dependencies: ["ReferenceLedger"]),
    .testTarget(
      name: "LedgerTests",
      dependencies: [
        "GuaranteeLedger", "LedgerSQL", "LedgerTestSupport", "PostgresClient", "ReferenceLedger",
        "TestSupport",
      ],
      path: "Tests/LedgerTests"),
    .testTarget(
      name: "FaultTests",
      dependencies: [
        "GuaranteeCommand", "GuaranteeLedger", "PostgresClient", "ReferenceLedger", "TestSupport",
      ],
      path: "Tests/FaultTests", exclude: ["HighAvailability/cluster.sh", "Disks/failing_fsync.c"]),
    .testTarget(
      name: "RecoveryTests",
      dependencies: [
        "GuaranteeCommand", "GuaranteeLedger", "LedgerSQL", "LedgerTestSupport", "PostgresClient",
        "ReferenceLedger",
        "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Tests/RecoveryTests", exclude: ["Halts/halting.c", "Versions/servers.txt"]),
    .testTarget(
      name: "DocumentationTests", dependencies: ["GuaranteeLedger", "LedgerTestSupport", "TestSupport"]),
    .testTarget(
      name: "TrustTests",
      dependencies: [
        "GuaranteeCommand", "GuaranteeLedger", "LedgerSQL", "LedgerTestSupport", "PostgresClient",
        "TestSupport",
        .product(name: "InMemoryLogging", package: "swift-log"),
      ],
      path: "Tests/TrustTests"),
    .testTarget(
      name: "TidinessTests", dependencies: ["GuaranteeCommand", "SQLEmbeddingTool", "TestSupport"],
      path: "Tests/TidinessTests"),
    .target(name: "TestSupport", dependencies: ["PostgresClient"], path: "Tests/TestSupport"),
    .target(name: "LedgerTestSupport", dependencies: ["GuaranteeLedger"], path: "Tests/LedgerTestSupport"),
    .testTarget(
      name: "PostgresClientTests", dependencies: ["PostgresClient", "TestSupport"],
      path: "Tests/PostgresClientTests"),
    .executableTarget(
      name: "PrivatePostgresProbe", dependencies: ["PrivatePostgres"], path: "Tests/PrivatePostgresProbe"),
    .testTarget(name: "PrivatePostgresTests", dependencies: ["PrivatePostgres", "PrivatePostgresProbe"]),
  ],
  swiftLanguageModes: [.v6]
)

// Needs libFuzzer, so that this target is there for `.ci/fuzz` alone. What the fuzzer learns from is built in to the
// parsers and nowhere else.
if Context.environment["FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing", dependencies: ["GuaranteeLedger", "PostgresClient", "XMLReader"],
      path: "Tests/Fuzzing",
      exclude: ["Seeds"], linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
  for target in package.targets
  where ["Fuzzing", "GuaranteeLedger", "PostgresClient", "XMLReader"].contains(target.name) {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer"])]
  }
}

// The part that meets C and shares state between threads, for a short round of `.ci/sanitize`.
if Context.environment["SANITIZING"] == "client" {
  package.products = []
  package.dependencies = []
  package.targets.removeAll {
    !["CLibPQ", "PostgresClient", "TestSupport", "PostgresClientTests"].contains($0.name)
  }
}

for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .treatAllWarnings(as: .error),
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .enableUpcomingFeature("InferIsolatedConformances"),
      .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
