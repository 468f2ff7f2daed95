// SPDX-License-Identifier: Apache-2.0
import LabEmulator
import LabFirmware
import LabModel
import LabReports
import LabSandbox

/// Tells which SDK and which emulator a run would use and why, and what the other choices want.
struct ToolExamination: Sendable {
  let search: ToolSearch
  let console: Console

  /// What was found for a chip.
  private struct Espressifs {
    var idf: Result<IDFInstallation, LabError>
    var emulator: Result<EmulatorInstallation, LabError>
  }

  /// - Returns: the SDKs, the emulators and the other chips; of each kind first what a run uses.
  func findings() async -> [DoctorFinding] {
    let own: Espressifs
    let pair: ToolPair
    do {
      own = try await espressifs(.esp32c3)
      pair = try search.wish.pair(language: .c, with: try await search.espressifs(own.idf, own.emulator, .esp32c3))
    } catch {
      return [Doctor.missing("Emulator", error)]
    }
    var sdks = [await idf(own, isUsed: pair.sdk == .idf), await bundledSDK(own, isUsed: pair.sdk == .bundled)]
    var emulators = [
      await espressifEmulator(own, isUsed: pair.emulator == .espressif),
      await bundledEmulator(own, isUsed: pair.emulator == .bundled),
    ]
    if pair.sdk == .bundled { sdks.reverse() }
    if pair.emulator == .bundled { emulators.reverse() }
    var chips: [DoctorFinding] = []
    for chip in Chip.allCases where chip != .esp32c3 { chips.append(await other(chip)) }
    return sdks + emulators + chips
  }

  private func espressifs(_ chip: Chip) async throws -> Espressifs {
    Espressifs(idf: search.findIDF(for: chip), emulator: try await search.findEmulator(for: chip))
  }

  private func idf(_ own: Espressifs, isUsed: Bool) async -> DoctorFinding {
    switch own.idf {
    case .failure(let error):
      return DoctorFinding(topic: "SDK", state: .unused, summary: error.message, remedy: error.remedy)
    case .success(let installation):
      var details = [installation.path]
      if let tools = try? installation.tools(for: .esp32c3) {
        details.append("compiler: \(tools.compiler)")
        details.append("ccache: \(tools.ccache ?? "not on the PATH; with it, a new project builds faster")")
      }
      let why =
        isUsed
        ? "it can be used, and Espressif's QEMU is there"
        : "what it builds boots on Espressif's QEMU only, which is not there"
      return DoctorFinding(
        topic: "SDK", state: isUsed ? .used : .unused, summary: "ESP-IDF \(installation.version): \(why)",
        details: details)
    }
  }

  private func bundledSDK(_ own: Espressifs, isUsed: Bool) async -> DoctorFinding {
    guard let setup = search.setup else {
      return DoctorFinding(
        topic: "SDK", state: isUsed ? .missing : .unused, summary: "the bundled SDK is not built yet",
        remedy: "run ./setup in \(search.checkout.root.path)")
    }
    let compiler = "riscv64-unknown-elf-gcc"
    guard let path = HelperExecutable.search(compiler, path: console.environment["PATH"]) else {
      return DoctorFinding(
        topic: "SDK", state: isUsed ? .missing : .unused, summary: "the compiler \(compiler) is not installed",
        remedy: "run ./setup")
    }
    let unconfined = try? Sandbox(isolation: .none)
    let details = [
      setup.sdk, "compiler: \(await Self.firstLine(path, unconfined) ?? path)",
      setup.swiftToolchain.map { "firmware in Swift: built with \($0)" }
        ?? "firmware in Swift: the SDK was built without a Swift toolchain that has Embedded Swift for riscv32",
    ]
    let why =
      isUsed
      ? (own.idf.problem == nil ? "Espressif's QEMU was not found" : "ESP-IDF cannot be used")
      : "take it with --sdk bundled; programs in Swift take it unless told"
    return DoctorFinding(
      topic: "SDK", state: isUsed ? .used : .unused, summary: "bundled: \(why)", details: details,
      remedy: setup.swiftToolchain == nil
        ? "for the labs in Swift, install Swift 6.2 or newer, then run ./setup" : nil)
  }

  private func espressifEmulator(_ own: Espressifs, isUsed: Bool) async -> DoctorFinding {
    switch own.emulator {
    case .failure(let error):
      return DoctorFinding(topic: "Emulator", state: .unused, summary: error.message, remedy: error.remedy)
    case .success(let installation):
      return await finding(installation, isUsed, isUsed ? "preferred where you have it" : nil)
    }
  }

  private func bundledEmulator(_ own: Espressifs, isUsed: Bool) async -> DoctorFinding {
    guard let installation = search.setup?.qemu.flatMap({ EmulatorInstallation.bundled(in: $0) }) else {
      return DoctorFinding(
        topic: "Emulator", state: isUsed ? .missing : .unused,
        summary: isUsed ? "there is no emulator on this computer" : "the bundled emulator is not built",
        remedy: "run ./setup in \(search.checkout.root.path)")
    }
    return await finding(
      installation, isUsed,
      isUsed
        ? (own.emulator.problem == nil ? "it waits faster than Espressif's QEMU" : "Espressif's QEMU was not found")
        : nil)
  }

  private func finding(_ installation: EmulatorInstallation, _ isUsed: Bool, _ why: String?) async -> DoctorFinding {
    let kind = installation.kind.rawValue
    return DoctorFinding(
      topic: "Emulator", state: isUsed ? .used : .unused,
      summary: "\(kind): \(why ?? "take it with --emulator \(kind)")",
      details: [await installation.version(sandbox: search.sandbox), installation.executable].compactMap { $0 })
  }

  /// What a run for another chip than the usual one wants.
  private func other(_ chip: Chip) async -> DoctorFinding {
    let topic = chip.title
    do {
      let found = try await espressifs(chip)
      let problems = [found.idf.problem, found.emulator.problem].compactMap { $0 }
      guard !problems.isEmpty else {
        return DoctorFinding(
          topic: topic, state: .unused, summary: "can be built for and booted: take it with --target \(chip.rawValue)")
      }
      return DoctorFinding(
        topic: topic, state: .unused, summary: problems.map(\.message).joined(separator: "; "),
        remedy: problems.compactMap(\.remedy).joined(separator: "\n"))
    } catch {
      var finding = Doctor.missing(topic, error)
      finding.state = .unused
      return finding
    }
  }

  /// What a program says first when it is asked for its version.
  /// - Parameter sandbox: where it runs.
  static func firstLine(_ program: String, _ sandbox: Sandbox?) async -> String? {
    guard let result = try? await sandbox?.run(SandboxedCommand(program, ["--version"]), timeout: .seconds(10)),
      result.isSuccess
    else { return nil }
    return String(decoding: result.output, as: UTF8.self).displayableLines.first
  }
}
