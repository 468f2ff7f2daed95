// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import LabSandbox

/// Looks for what runs need when the first of them needs it, and once for all of them.
actor ToolFinder {
  private let wish: ToolWish
  private let isConfined: Bool
  private let checkout: Checkout
  private let environment: [String: String]
  private let buildTimeout: Duration
  private var search: ToolSearch?
  private var found: [FirmwareLanguage?: Task<RunTools, any Error>] = [:]

  /// - Parameters:
  ///   - wish: the SDK, the emulator and the chip that were asked for.
  ///   - isConfined: whether compiler, emulator and network run in bubblewrap.
  ///   - checkout: where the set-up has left its record.
  ///   - environment: the variables to look at.
  ///   - buildTimeout: how long a build with the bundled SDK may take.
  init(
    wish: ToolWish, isConfined: Bool, checkout: Checkout, environment: [String: String],
    buildTimeout: Duration = .seconds(600)
  ) {
    self.buildTimeout = buildTimeout
    self.wish = wish
    self.isConfined = isConfined
    self.checkout = checkout
    self.environment = environment
  }

  /// Where compiler, emulator and network run.
  /// - Throws: `LabError` if that cannot be.
  func sandbox() throws -> Sandbox { try begin().sandbox }

  /// Finds what a program is built with and boots on.
  /// - Parameter language: its language, if it can be told.
  /// - Throws: `LabError` if there is nothing that fulfils the wish.
  func tools(for language: FirmwareLanguage?) async throws -> RunTools {
    let search = try begin()
    let task = found[language] ?? Task { try await search.tools(for: language) }
    found[language] = task
    return try await task.value
  }

  /// Finds what boots an image.
  /// - Throws: `LabError` if there is nothing that fulfils the wish.
  func emulator(for image: PrebuiltImage) async throws -> EmulatorInstallation {
    try await begin().emulator(for: image).0
  }

  private func begin() throws -> ToolSearch {
    if let search { return search }
    let sandbox = try Sandbox(isolation: isConfined ? .bubblewrap : .none)
    let search = ToolSearch(
      wish: wish, checkout: checkout, setup: try LabSetup.record(root: checkout.root.path), sandbox: sandbox,
      environment: environment, buildTimeout: buildTimeout)
    self.search = search
    return search
  }
}
