// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import LabSandbox

/// What a run builds with and boots on.
struct RunTools: Sendable {
  /// The SDK.
  var sdk: SDKKind
  /// What builds with it.
  var builder: any SubmissionBuilder
  /// The emulator, for the chip that is built for.
  var emulator: EmulatorInstallation
  /// Why the ESP-IDF that `IDF_PATH` names was passed over; nil if it was not, or nobody has set it.
  var idfProblem: LabError?

  /// What is worth saying of the SDK when a build begins: which ESP-IDF it is, and that its own part takes long the first time; or why
  /// the user's is not taken.
  /// - Parameter path: the program's.
  func remark(on path: String) -> String? {
    guard let builder = builder as? IDFBuilder else {
      return idfProblem.map { "the bundled SDK, since \($0.message); see lab doctor" }
    }
    let text = "ESP-IDF \(builder.installation.version) for the \(builder.chip.title)"
    guard let submission = try? Submission(at: path), !builder.isPrepared(for: submission) else { return text }
    return text + ", which takes minutes the first time"
  }
}

/// Looks for what a run builds with and boots on.
struct ToolSearch: Sendable {
  let wish: ToolWish
  let checkout: Checkout
  /// What the set-up has left; nil before it, when only Espressif's tools can be found. What of it a run takes has to be fit for use.
  let setup: LabSetup?
  let sandbox: Sandbox
  let environment: [String: String]
  /// How long a build with the bundled SDK may take.
  var buildTimeout = Duration.seconds(600)

  /// Finds them for a program.
  /// - Parameter language: its language, if it can be told.
  /// - Throws: `LabError` if there is nothing that fulfils the wish.
  func tools(for language: FirmwareLanguage?) async throws -> RunTools {
    let chip = wish.chip ?? .esp32c3
    let idf = wish.sdk == .bundled || wish.emulator == .bundled ? nil : findIDF(for: chip)
    let espressif = try await findEmulator(for: chip)
    let pair = try wish.pair(language: language, with: try await espressifs(idf, espressif, chip))
    let emulator = try pair.emulator == .espressif ? espressif.get() : try await bundledEmulator()
    guard pair.sdk == .idf, let installation = try idf?.get() else {
      let setup = try verified(.sdk)
      var tools = RunTools(
        sdk: .bundled, builder: FirmwareBuilder(sdk: setup.sdk, sandbox: sandbox, timeout: buildTimeout),
        emulator: emulator)
      if wish.sdk == nil, environment["IDF_PATH"]?.isEmpty == false { tools.idfProblem = idf?.problem }
      return tools
    }
    let builder = IDFBuilder(
      installation: installation, chip: pair.chip, firmware: checkout.root.appending(path: "firmware").path,
      sandbox: sandbox)
    return RunTools(sdk: .idf, builder: builder, emulator: emulator)
  }

  /// Finds what boots an image.
  /// - Throws: `LabError` if there is nothing that fulfils the wish.
  func emulator(for image: PrebuiltImage) async throws -> (EmulatorInstallation, ToolPair) {
    let espressif = try await findEmulator(for: image.chip)
    let pair = try wish.pair(image: image, with: try await espressifs(nil, espressif, image.chip))
    return (pair.emulator == .espressif ? try espressif.get() : try await bundledEmulator(), pair)
  }

  /// What is at hand of Espressif's.
  /// - Parameter idf: nil if it was not looked for.
  func espressifs(
    _ idf: Result<IDFInstallation, LabError>?, _ emulator: Result<EmulatorInstallation, LabError>, _ chip: Chip
  ) async throws -> ToolWish.Espressifs {
    var espressifs = ToolWish.Espressifs(idf: idf.map(\.problem) ?? Self.unwanted, emulator: emulator.problem)
    if emulator.problem == nil, chip == .esp32c3 {
      espressifs.isEmulatorPreferred = try await discover(nil, chip).kind == .espressif
    }
    return espressifs
  }

  /// ESP-IDF with all that a build for a chip needs, or why there is none.
  func findIDF(for chip: Chip) -> Result<IDFInstallation, LabError> {
    Result {
      let installation = try IDFInstallation(environment: environment)
      _ = try installation.tools(for: chip)
      return installation
    }.mapError(Self.labError)
  }

  /// Espressif's emulator of a chip, or why there is none.
  /// - Throws: `LabError` if `LAB_QEMU` names something else, or if it cannot be found out now: neither is to be passed over.
  func findEmulator(for chip: Chip) async throws -> Result<EmulatorInstallation, LabError> {
    guard wish.emulator != .bundled else { return .failure(Self.unwanted) }
    do {
      return .success(try await discover(.espressif, chip))
    } catch let error as LabError where ["emulator.missing", "emulator.chip"].contains(error.code) {
      return .failure(error)
    }
  }

  private func bundledEmulator() async throws -> EmulatorInstallation {
    _ = try verified(.qemu)
    return try await discover(.bundled, .esp32c3)
  }

  /// The set-up, of which a part is fit for use.
  func verified(_ part: LabSetup.Part) throws -> LabSetup {
    guard let setup else { throw LabSetup.missing(root: checkout.root.path) }
    try setup.verify([part], root: checkout.root.path)
    return setup
  }

  private func discover(_ kind: EmulatorKind?, _ chip: Chip) async throws -> EmulatorInstallation {
    do {
      return try await EmulatorInstallation.discover(
        kind, chip: chip, bundledDirectory: setup?.qemu, downloadedDirectory: setup?.espressifQEMU,
        environment: environment,
        sandbox: sandbox)
    } catch let error as LabError where kind == .bundled && wish.emulator == nil && error.code == "emulator.missing" {
      throw LabError(code: error.code, message: "there is no emulator on this computer", remedy: error.remedy)
    }
  }

  /// Stands for what was not looked for, since the wish excludes it.
  private static let unwanted = LabError(code: "tools.unwanted", message: "it was not asked for", isUsage: true)

  private static func labError(_ error: any Error) -> LabError {
    error as? LabError ?? LabError(code: "internal", message: "\(error)")
  }
}

extension Result where Failure == LabError {
  /// Why there is no value; nil if there is one.
  var problem: LabError? {
    switch self {
    case .success: nil
    case .failure(let error): error
    }
  }
}
