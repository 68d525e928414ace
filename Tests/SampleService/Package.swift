// swift-tools-version: 6.2
import PackageDescription

// begin sample
let package = Package(
  name: "PaymentDesk",
  dependencies: [
    .package(name: "guarantee", path: "../.."),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .executableTarget(
      name: "PaymentDesk",
      dependencies: [
        .product(name: "GuaranteeLedger", package: "guarantee"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ])
  ]
)
// end sample
