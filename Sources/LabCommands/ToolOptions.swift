// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import LabModel
import LabSandbox

extension FirmwareLanguage: ExpressibleByArgument {}
extension Chip: ExpressibleByArgument {}
extension SDKKind: ExpressibleByArgument {}

/// What programs are built with, boot on and are kept in: the same options for all subcommands that run some.
struct ToolOptions: ParsableArguments {
  @Option(help: "The emulator to use: auto takes Espressif's QEMU where you have installed it, else the bundled one.")
  var emulator: EmulatorChoice = .auto

  @Option(
    help: """
      What to build with: auto takes ESP-IDF where IDF_PATH is set and Espressif's QEMU is there, else the bundled SDK. What \
      ESP-IDF builds boots on Espressif's QEMU only.
      """)
  var sdk: SDKChoice = .auto

  @Option(
    name: .customLong("target"),
    help: ArgumentHelp(
      "The chip; esp32c3 unless told. The others need ESP-IDF and Espressif's QEMU.", valueName: "chip"))
  var chip: Chip?

  @Flag(
    name: .customLong("no-sandbox"),
    help: "Run the compiler and the emulator without bubblewrap. Only for programs that you trust.")
  var isUnconfined = false

  /// What the caller asked for.
  var wish: ToolWish { ToolWish(sdk: sdk.kind, emulator: emulator.kind, chip: chip) }

  /// Finds the tools when they are needed.
  /// - Parameter buildTimeout: how long a build with the bundled SDK may take.
  func finder(
    _ checkout: Checkout, _ console: Console, buildTimeout: Duration = .seconds(600)
  ) -> ToolFinder {
    ToolFinder(
      wish: wish, isConfined: !isUnconfined, checkout: checkout, environment: console.environment,
      buildTimeout: buildTimeout)
  }

  /// Tells the callers what they give up, if they do.
  func warn(_ console: Console) {
    if let text = RootWarning.text(environment: console.environment) {
      console.errors.write("lab: warning: \(text)\n")
    }
    guard isUnconfined else { return }
    console.errors.write("lab: warning: no sandbox: the program is compiled and run with all of your rights\n")
  }
}
