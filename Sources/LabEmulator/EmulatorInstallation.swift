// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Which of the two emulators: both take the same command line and boot the same flash image.
public enum EmulatorKind: String, CaseIterable, Codable, Sendable {
  /// Espressif's QEMU fork, which also boots images that real ESP-IDF built.
  case espressif
  /// The machine that comes with the lab.
  case bundled
}

/// An emulator found on this computer.
public struct EmulatorInstallation: Hashable, Sendable {
  /// Which one it is.
  public var kind: EmulatorKind
  /// The absolute path of `qemu-system-riscv32`.
  public var executable: String
  /// The folder in which it looks for its ROM (`-L`); only the bundled one needs to be told.
  public var dataDirectory: String?

  /// - Parameters: as the properties of the same names.
  public init(kind: EmulatorKind, executable: String, dataDirectory: String? = nil) {
    self.kind = kind
    self.executable = executable
    self.dataDirectory = dataDirectory
  }

  /// What of the host it has to see: libraries and ROMs lie beside the folder `bin`, or in `pc-bios` where it was built.
  var folders: [String] {
    let binaries = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    if binaries.lastPathComponent == "bin" {
      return [binaries.deletingLastPathComponent().path] + (dataDirectory.map { [$0] } ?? [])
    }
    let built = [binaries.appendingPathComponent("pc-bios"), binaries.appendingPathComponent("qemu-bundle")]
    guard built.contains(where: { FileManager.default.fileExists(atPath: $0.path) }) else { return [] }
    return [binaries.path, binaries.deletingLastPathComponent().appendingPathComponent("pc-bios").path]
  }
}

extension EmulatorInstallation {
  /// The file name of both emulators.
  static let executableName = "qemu-system-riscv32"

  /// Looks for an emulator: `LAB_QEMU`, Espressif's tools folder, `PATH`, then the bundled one.
  /// - Parameters:
  ///   - kind: the only kind to look for; `nil` prefers Espressif's wherever it is found.
  ///   - bundledDirectory: the folder of the bundled emulator, from the set-up, if there is one.
  ///   - environment: the variables to look at.
  ///   - sandbox: where a found emulator is asked for its machines.
  /// - Throws: `LabError` if there is none, or if `LAB_QEMU` names something else.
  public static func discover(
    _ kind: EmulatorKind? = nil, bundledDirectory: String?,
    environment: [String: String] = ProcessInfo.processInfo.environment, sandbox: Sandbox
  ) async throws -> EmulatorInstallation {
    if kind != .bundled, let found = try await espressif(environment: environment, sandbox: sandbox) { return found }
    if kind != .espressif, let found = bundledDirectory.flatMap({ bundled(in: $0) }) { return found }
    let isEspressif = kind == .espressif
    throw LabError(
      code: "emulator.missing",
      message: isEspressif ? "Espressif's QEMU is not on this computer" : "there is no emulator on this computer",
      remedy: isEspressif
        ? "put its qemu-system-riscv32 on the PATH, or set LAB_QEMU to it" : "run ./setup, which builds one")
  }

  /// The emulator that the set-up built.
  /// - Parameter directory: its folder.
  /// - Returns: `nil` if it is not there.
  public static func bundled(in directory: String) -> EmulatorInstallation? {
    let executable = "\(directory)/bin/\(executableName)"
    guard FileManager.default.isExecutableFile(atPath: executable) else { return nil }
    return EmulatorInstallation(kind: .bundled, executable: executable, dataDirectory: "\(directory)/share")
  }

  private static func espressif(
    environment: [String: String], sandbox: Sandbox
  ) async throws -> EmulatorInstallation? {
    if let wish = environment["LAB_QEMU"], !wish.isEmpty {
      let path = URL(fileURLWithPath: wish).standardizedFileURL.path
      guard try await hasBoard(path, sandbox: sandbox) else {
        throw LabError(
          code: "emulator.wrong", message: "LAB_QEMU names \(path), which is not a QEMU with the machine esp32c3",
          remedy: "set it to the qemu-system-riscv32 of Espressif's QEMU, or unset it", isUsage: true)
      }
      return EmulatorInstallation(kind: .espressif, executable: path)
    }
    // Espressif's installer puts nothing else there.
    for path in toolPaths(home: environment["HOME"]) where FileManager.default.isExecutableFile(atPath: path) {
      return EmulatorInstallation(kind: .espressif, executable: path)
    }
    guard let path = HelperExecutable.search(executableName, path: environment["PATH"]),
      try await hasBoard(path, sandbox: sandbox)
    else { return nil }
    return EmulatorInstallation(kind: .espressif, executable: path)
  }

  /// Where `idf_tools.py install qemu-riscv32` puts it, the newest version first.
  static func toolPaths(home: String?) -> [String] {
    guard let home, home.hasPrefix("/") else { return [] }
    let folder = "\(home)/.espressif/tools/qemu-riscv32"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return versions.sorted { $0.compare($1, options: .numeric) == .orderedDescending }
      .map { "\(folder)/\($0)/qemu/bin/\(executableName)" }
  }

  /// Whether it lists the board among its machines, which the QEMU of a distribution does not.
  private static func hasBoard(_ path: String, sandbox: Sandbox) async throws -> Bool {
    guard FileManager.default.isExecutableFile(atPath: path) else { return false }
    let installation = EmulatorInstallation(kind: .espressif, executable: path)
    let command = SandboxedCommand(path, ["-M", "help"], binds: installation.folders.map { .readOnly($0) })
    let result = try await sandbox.run(command, timeout: .seconds(20))
    guard result.isSuccess else { return false }
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").contains { $0.hasPrefix("esp32c3 ") }
  }
}
