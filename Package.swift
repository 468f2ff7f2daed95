// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// Warnings are errors in C as well.
let strict: [CSetting] = [.enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error)]
let strictCXX: [CXXSetting] = [.enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error)]

let package = Package(
  name: "esp32-lab",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "lab", targets: ["lab"]),
    .executable(name: "lab-network", targets: ["lab-network"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    .systemLibrary(name: "CSlirp", pkgConfig: "slirp", providers: [.apt(["libslirp-dev"])]),
    .systemLibrary(name: "CGLib", pkgConfig: "glib-2.0", providers: [.apt(["libglib2.0-dev"])]),
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),

    .target(name: "CDescriptors", cSettings: strict),
    .target(name: "CSystemCallFilter", dependencies: ["CSeccomp"], cSettings: strict),
    .systemLibrary(name: "CEmulatorClock"),

    // RE2 is C++: this is what Swift sees of it.
    .target(name: "CRE2", cxxSettings: strictCXX, linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "LabModel", dependencies: ["Yams", "CGLib", "CRE2"]),
    // Stands between the lab and every process that it starts; found beside the lab at run time.
    .executableTarget(name: "lab-guard", cSettings: strict),
    // The last step before a command in the sandbox, where the host's Swift is not to be seen: it has nothing of its runtime.
    .executableTarget(
      name: "lab-confine", dependencies: ["CSystemCallFilter"], cSettings: strict,
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]),
    // A shared library that is loaded into an emulator. It is called an executable so that it is built with the lab and lies beside it; of Swift's
    // runtime it has nothing.
    .executableTarget(
      name: "emulator-clock", cSettings: strict,
      linkerSettings: [.unsafeFlags(["-emit-library", "-static-stdlib", "-nostartfiles"])]),
    .target(
      name: "LabSandbox",
      dependencies: ["LabModel", .product(name: "Subprocess", package: "swift-subprocess")]),
    .target(name: "LabFirmware", dependencies: ["LabModel", "LabSandbox", "CGLib"]),
    .target(
      name: "LabEmulator",
      dependencies: [
        "LabModel", "LabSandbox", "CDescriptors", "CEmulatorClock",
      ]),
    .target(name: "LabNetwork", dependencies: ["LabModel"]),
    .target(
      name: "LabScenario",
      dependencies: [
        "LabModel", "LabSandbox", "LabFirmware", "LabEmulator", "LabNetwork",
      ]),
    .target(name: "LabGrading", dependencies: ["LabModel", "LabFirmware", "LabNetwork", "LabScenario"]),
    // What a class hands in, one submission after the other; how one is run is its caller's.
    .target(name: "LabBatch", dependencies: ["LabModel", "LabSandbox", "LabFirmware", "SwiftCSV"]),
    // What mistakes can be made in a right program, for proof that a lab finds them.
    .target(name: "LabMutation", dependencies: ["LabModel"]),
    .target(
      name: "LabReports", dependencies: ["LabModel", "LabNetwork", "LabScenario", "LabGrading", "LabMutation", "CGLib"]),
    .target(
      name: "LabCommands",
      dependencies: [
        "LabModel", "LabSandbox", "LabFirmware", "LabEmulator", "LabNetwork", "LabScenario",
        "LabBatch", "LabGrading", "LabMutation", "LabReports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "lab-network", dependencies: ["LabModel", "LabNetwork", "CSlirp", "CSystemCallFilter", "CDescriptors"],
      exclude: ["README.md"]),
    // The dependencies on executables make `swift run lab` build the processes that lab starts.
    .executableTarget(
      name: "lab", dependencies: ["LabCommands", "lab-network", "lab-guard", "lab-confine", "emulator-clock"]),

    .testTarget(name: "LabModelTests", dependencies: ["LabModel"]),
    .testTarget(name: "LabSandboxTests", dependencies: ["LabSandbox", "lab-guard", "lab-confine"]),
    .testTarget(name: "LabFirmwareTests", dependencies: ["LabFirmware", "lab-guard", "lab-confine"]),
    .testTarget(name: "LabEmulatorTests", dependencies: ["LabEmulator", "CDescriptors", "lab-guard", "lab-confine"]),
    .testTarget(name: "LabNetworkTests", dependencies: ["LabNetwork", "lab-network"]),
    .testTarget(name: "LabScenarioTests", dependencies: ["LabScenario", "lab-guard", "lab-confine"]),
    .testTarget(name: "LabGradingTests", dependencies: ["LabGrading", "LabFirmware", "LabNetwork"]),
    .testTarget(name: "LabBatchTests", dependencies: ["LabBatch", "lab-guard", "lab-confine"]),
    .testTarget(name: "LabMutationTests", dependencies: ["LabMutation"], exclude: ["Fixtures"]),
    .testTarget(name: "LabReportsTests", dependencies: ["LabReports", "LabNetwork", "LabScenario"]),
    .testTarget(name: "LabCommandsTests", dependencies: ["LabCommands", "lab-guard", "lab-confine"]),
    .testTarget(
      name: "IntegrationTests",
      dependencies: ["LabCommands", "LabMutation", "lab", "lab-network", "lab-guard", "lab-confine"],
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// Needs a runtime of its own to link: Tests/Fuzzing/run builds and runs it.
if Context.environment["LAB_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "lab-fuzz",
      dependencies: [
        "LabModel", "LabSandbox", "LabFirmware", "LabEmulator", "LabNetwork", "LabScenario", "LabBatch", "LabReports",
      ],
      path: "Tests/Fuzzing/Sources", swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
