// swift-tools-version: 6.2
import PackageDescription

/// Every target is written in the strictest dialect the compiler offers.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let http1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let compression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
  name: "tieout",
  products: [
    .library(name: "MonthEnd", targets: ["MonthEnd"]),
    .executable(name: "tieout", targets: ["tieout"]),
    .executable(name: "partner-center-emulator", targets: ["partner-center-emulator"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
  ],
  targets: [
    // The nouns and the engine: no file, no socket, no clock.
    module("Billing"),
    module("Reconciliation", ["Billing"]),

    // The rim: JSON, HTTP, disk, database, files.
    module("Wire", ["Billing", "CSimdjson"]),
    module("PartnerCenter", ["Billing", "Wire", httpClient, nio, http1, compression, log]),
    module("Evidence", ["PartnerCenter", "CZlib", crypto]),
    module(
      "Store", ["Billing", "Wire", "Reconciliation", .product(name: "GRDB", package: "GRDB.swift")],
      resources: [.embedInCode("Schema")]),
    module("Reports", ["Billing", "Reconciliation", "CLibXML2"]),
    module(
      "MonthEnd", ["Billing", "Reconciliation", "Wire", "PartnerCenter", "Evidence", "Store", "Reports", crypto, log]),

    // The emulator imports nothing of ours: a second, independent reading of the contract.
    module("PartnerCenterEmulator", ["CZlib", hummingbird, nio, log], exclude: ["README.md"]),

    .executableTarget(
      name: "tieout",
      dependencies: [
        "Billing", "MonthEnd", "PartnerCenter", "Reconciliation", arguments, log,
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "partner-center-emulator", dependencies: ["PartnerCenterEmulator", arguments, log], swiftSettings: strict),

    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    tests("BillingTests", ["Billing"]),
    tests("ReconciliationTests", ["Billing", "Reconciliation"]),
    tests("WireTests", ["Billing", "Wire"]),
    tests("PartnerCenterTests", ["Billing", "PartnerCenter", "Wire", "PartnerCenterEmulator", log]),
    tests("EvidenceTests", ["Evidence", "PartnerCenter"]),
    tests("StoreTests", ["Billing", "Reconciliation", "Store", "Wire"]),
    tests("ReportsTests", ["Billing", "Reconciliation", "Reports"], exclude: ["Golden"]),
    tests("PartnerCenterEmulatorTests", ["CZlib", "PartnerCenterEmulator"]),
    tests("TieoutTests", ["Billing", "MonthEnd", "PartnerCenter", "PartnerCenterEmulator", "tieout", arguments, log]),
    tests(
      "EndToEndTests",
      [
        "Billing", "Evidence", "MonthEnd", "PartnerCenter", "PartnerCenterEmulator", "Reconciliation", "Reports",
        "Store", "Wire", log,
      ]),
  ],
  cxxLanguageStandard: .cxx20
)
