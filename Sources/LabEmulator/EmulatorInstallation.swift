// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Which of the two emulators: both take the same command line, and boot the same flash image where it is one of the bundled SDK's.
public enum EmulatorKind: String, CaseIterable, Codable, Sendable {
  /// Espressif's QEMU fork, which also boots images that real ESP-IDF built, and has the other chips.
  case espressif
  /// The machine that comes with the lab, an ESP32-C3.
  case bundled
}

/// An emulator found on this computer.
public struct EmulatorInstallation: Hashable, Sendable {
  /// Which one it is.
  public var kind: EmulatorKind
  /// The absolute path of the program.
  public var executable: String
  /// The folder in which it looks for its ROM (`-L`); only the bundled one needs to be told.
  public var dataDirectory: String?
  /// The chip that it was looked for.
  public var chip: Chip

  /// - Parameters: as the properties of the same names.
  public init(kind: EmulatorKind, executable: String, dataDirectory: String? = nil, chip: Chip = .esp32c3) {
    self.kind = kind
    self.executable = executable
    self.dataDirectory = dataDirectory
    self.chip = chip
  }

  /// What of the host it has to see: libraries and ROMs lie beside the folder `bin`, or in `pc-bios` where it was built.
  var folders: [String] {
    let binaries = URL(fileURLWithPath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    if binaries.lastPathComponent == "bin" {
      return [binaries.deletingLastPathComponent().path] + (dataDirectory.map { [$0] } ?? [])
    }
    let manager = FileManager.default
    let built = ["pc-bios", "qemu-bundle"].map { binaries.appendingPathComponent($0) }
    guard built.contains(where: { manager.fileExists(atPath: $0.path) }) else { return [] }
    // Where it was built, ROMs are links to those of its sources, which may lie anywhere.
    let files = built.flatMap { manager.enumerator(at: $0, includingPropertiesForKeys: nil)?.allObjects ?? [] }
    let targets = files.compactMap { ($0 as? URL)?.resolvingSymlinksInPath().deletingLastPathComponent().path }
    return [binaries.path] + Set(targets).filter { !($0 + "/").hasPrefix(binaries.path + "/") }.sorted()
  }

  /// Asks it for its version.
  /// - Returns: the first line that it says, such as `QEMU emulator version 9.2.2 (esp_develop_9.2.2_20260417)`; nil if it does not run.
  public func version(sandbox: Sandbox) async -> String? {
    let command = SandboxedCommand(executable, ["--version"], binds: folders.map { .readOnly($0) })
    guard let result = try? await sandbox.ask(command), result.isSuccess else { return nil }
    return String(decoding: result.output, as: UTF8.self).split(whereSeparator: \.isNewline).first
      .map { displayable(Array($0.utf8)) }
  }

  /// Asks it for its boards, by which Espressif's QEMU is told from a distribution's.
  /// - Returns: whether the chip's is among them.
  /// - Throws: `LabError` if it does not answer: that is no reason to take another one.
  func hasBoard(sandbox: Sandbox) async throws -> Bool {
    guard FileManager.default.isExecutableFile(atPath: executable) else { return false }
    let command = SandboxedCommand(executable, ["-M", "help"], binds: folders.map { .readOnly($0) })
    let result = try await sandbox.ask(command)
    guard !result.termination.isByHost else {
      throw LabError(
        code: "emulator.unanswered",
        message: "\(executable) does not say which boards it has: \(result.termination)",
        remedy: "try again when the computer is less busy, or choose with --emulator bundled")
    }
    guard result.isSuccess else { return false }
    return String(decoding: result.output, as: UTF8.self).split(whereSeparator: \.isNewline)
      .contains { $0.split(separator: " ").first == Substring(chip.rawValue) }
  }
}
