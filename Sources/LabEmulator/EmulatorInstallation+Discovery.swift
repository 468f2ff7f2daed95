// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

extension EmulatorInstallation {
  /// Looks for an emulator: Espressif's where the user has it (`LAB_QEMU`, the folder of ESP-IDF's tools, `PATH`), then the bundled one,
  /// then Espressif's as the set-up has downloaded it.
  ///
  /// The bundled one comes before the download, which nobody may have asked for: it is quicker, and its clock is read exactly.
  /// - Parameters:
  ///   - kind: the only kind to look for; `nil` prefers Espressif's wherever it is found.
  ///   - chip: the chip whose board it has to have.
  ///   - bundledDirectory: the folder of the bundled emulator, from the set-up, if there is one.
  ///   - downloadedDirectory: the folder with Espressif's emulators that the set-up has downloaded, if it has; within it, each lies as
  ///     ESP-IDF's installer unpacks it.
  ///   - environment: the variables to look at.
  ///   - sandbox: where a found emulator is asked for its machines.
  /// - Throws: `LabError` if there is none, if `LAB_QEMU` names something else, or if that kind does not have that chip.
  public static func discover(
    _ kind: EmulatorKind? = nil, chip: Chip = .esp32c3, bundledDirectory: String?, downloadedDirectory: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment, sandbox: Sandbox
  ) async throws -> EmulatorInstallation {
    if kind == .bundled, chip != .esp32c3 {
      throw LabError(
        code: "emulator.chip", message: "the bundled emulator is an \(Chip.esp32c3.title), not an \(chip.title)",
        remedy: "use --emulator espressif, or --target esp32c3", isUsage: true)
    }
    let search = EspressifSearch(chip: chip, environment: environment, sandbox: sandbox)
    var unfit: String?
    if kind != .bundled {
      switch try await search.run() {
      case .found(let found): return found
      case .unfit(let path): unfit = path
      case .nothing: break
      }
    }
    if kind != .espressif, chip == .esp32c3, let found = bundledDirectory.flatMap({ bundled(in: $0) }) { return found }
    if kind != .bundled, let found = downloadedDirectory.flatMap({ search.downloaded(in: $0) }) { return found }
    if kind == .espressif || chip != .esp32c3 {
      throw LabError(
        code: "emulator.missing",
        message: "Espressif's QEMU for the \(chip.title), \(chip.emulatorProgram), is not on this computer"
          + (unfit.map { " (\($0) has no machine \(chip.rawValue))" } ?? ""),
        remedy: search.installation + "; LAB_QEMU can name one that lies elsewhere")
    }
    throw LabError(
      code: "emulator.missing", message: "there is no emulator on this computer",
      remedy: "run ./setup, which gets or builds one")
  }

  /// The emulator that the set-up built.
  /// - Parameter directory: its folder.
  /// - Returns: `nil` if it is not there.
  public static func bundled(in directory: String) -> EmulatorInstallation? {
    let executable = "\(directory)/bin/\(Chip.esp32c3.emulatorProgram)"
    guard FileManager.default.isExecutableFile(atPath: executable) else { return nil }
    return EmulatorInstallation(kind: .bundled, executable: executable, dataDirectory: "\(directory)/share")
  }
}

extension Chip {
  /// The name by which ESP-IDF's `tools/tools.json` and its folder of tools know the emulator.
  var espressifTool: String { isRISCV ? "qemu-riscv32" : "qemu-xtensa" }
}

/// A search for Espressif's QEMU.
struct EspressifSearch {
  let chip: Chip
  let environment: [String: String]
  let sandbox: Sandbox

  /// What a search comes to.
  enum Outcome {
    /// The first that has the chip's board.
    case found(EmulatorInstallation)
    /// None has, and here lies one without: a distribution's, or an old release.
    case unfit(String)
    /// There is none at all.
    case nothing
  }

  /// What installs it.
  var installation: String {
    "run ./setup --emulator espressif, or with ESP-IDF at hand `idf_tools.py install \(chip.espressifTool)`"
  }

  /// Looks where users have it: `LAB_QEMU`, the folder of ESP-IDF's tools, `PATH`.
  /// - Throws: `LabError` if `LAB_QEMU` names something else.
  func run() async throws -> Outcome {
    if let wish = environment["LAB_QEMU"], !wish.isEmpty { return .found(try await named(wish)) }
    var unfit: String?
    for path in toolPaths where FileManager.default.isExecutableFile(atPath: path) {
      let found = installation(path)
      // Espressif's installer puts nothing else there; but the first releases for Xtensa have no ESP32-S3.
      if chip != .esp32s3 { return .found(found) }
      if try await found.hasBoard(sandbox: sandbox) { return .found(found) }
      unfit = unfit ?? path
    }
    if let path = HelperExecutable.search(chip.emulatorProgram, path: environment["PATH"]) {
      if try await installation(path).hasBoard(sandbox: sandbox) { return .found(installation(path)) }
      unfit = unfit ?? path
    }
    return unfit.map { .unfit($0) } ?? .nothing
  }

  /// What the set-up has downloaded and tried.
  func downloaded(in folder: String) -> EmulatorInstallation? {
    let path = "\(folder)/\(chip.espressifTool)/qemu/bin/\(chip.emulatorProgram)"
    return FileManager.default.isExecutableFile(atPath: path) ? installation(path) : nil
  }

  /// Where `idf_tools.py install` puts the emulator, the newest version first.
  var toolPaths: [String] {
    let tools = environment["IDF_TOOLS_PATH"].flatMap { $0.isEmpty ? nil : $0 }
    guard let root = tools ?? environment["HOME"].map({ $0 + "/.espressif" }), root.hasPrefix("/") else { return [] }
    let folder = "\(root)/tools/\(chip.espressifTool)"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
      .map { "\(folder)/\($0)/qemu/bin/\(chip.emulatorProgram)" }
  }

  /// What `LAB_QEMU` names: the program itself, its sibling for the other kind of chips, or a folder that has it, or `bin` with it.
  private func named(_ wish: String) async throws -> EmulatorInstallation {
    let path = URL(fileURLWithPath: wish).standardizedFileURL.path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let program = chip.emulatorProgram
    let candidates =
      isFolder.boolValue ? ["\(path)/\(program)", "\(path)/bin/\(program)"] : [path, "\(folder)/\(program)"]
    for candidate in candidates where exists {
      let found = installation(candidate)
      if try await found.hasBoard(sandbox: sandbox) { return found }
    }
    // One for the other kind of chips is right for those, and there is none for these.
    if URL(fileURLWithPath: path).lastPathComponent != program, let other = otherChip(than: program),
      try await EmulatorInstallation(kind: .espressif, executable: path, chip: other).hasBoard(sandbox: sandbox)
    {
      throw LabError(
        code: "emulator.chip",
        message: "LAB_QEMU names Espressif's QEMU for the \(other.title), beside which there is no \(program) for the "
          + chip.title,
        remedy: "put \(program) into \(folder); or unset LAB_QEMU, and \(installation)", isUsage: true)
    }
    throw LabError(
      code: "emulator.wrong",
      message: isFolder.boolValue
        ? "LAB_QEMU names \(path), in which there is no \(program) with the machine \(chip.rawValue)"
        : "LAB_QEMU names \(path), which is not a QEMU with the machine \(chip.rawValue)",
      remedy: "set it to Espressif's \(program) or to its folder, or unset it", isUsage: true)
  }

  /// A chip of the other kind, whose emulator is another program.
  private func otherChip(than program: String) -> Chip? { Chip.allCases.first { $0.emulatorProgram != program } }

  private func installation(_ path: String) -> EmulatorInstallation {
    EmulatorInstallation(kind: .espressif, executable: path, chip: chip)
  }
}
