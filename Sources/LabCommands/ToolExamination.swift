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

  /// The chip that a run would be for.
  var chip: Chip { search.wish.chip ?? .esp32c3 }

  /// What a run of a program in a language would take, found as a run finds it.
  struct Choice: Sendable {
    var language: FirmwareLanguage
    var tools: Result<RunTools, LabError>
  }

  /// - Returns: what a run would take, for each language.
  func choices() async -> [Choice] {
    var choices: [Choice] = []
    for language in FirmwareLanguage.allCases {
      do {
        let tools = try await search.tools(for: language)
        try tools.builder.check(for: language)
        choices.append(Choice(language: language, tools: .success(tools)))
      } catch {
        choices.append(Choice(language: language, tools: .failure(LabError(examining: error))))
      }
    }
    return choices
  }

  /// - Returns: the SDKs, the emulators and, unless one chip was asked for, the others.
  func findings(_ choices: [Choice]) async -> [DoctorFinding] {
    let used = choices.compactMap { try? $0.tools.get() }
    let idf = search.findIDF(for: chip)
    return [
      self.idf(idf, isUsed: used.contains { $0.sdk == .idf }),
      await bundledSDK(isUsed: used.contains { $0.sdk == .bundled }),
      await espressifsEmulator(isUsed: used.contains { $0.emulator.kind == .espressif }),
      await bundledEmulator(isUsed: used.contains { $0.emulator.kind == .bundled }),
    ] + (search.wish.chip == nil ? await otherChips(idf: idf) : [])
  }

  private func idf(_ found: Result<IDFInstallation, LabError>, isUsed: Bool) -> DoctorFinding {
    let topic = "ESP-IDF"
    switch found {
    case .failure(let error):
      return Self.unused(topic, error)
    case .success(let installation):
      let tools = try? installation.tools(for: chip)
      let ccache = tools.map {
        $0.ccache.map { "ccache: \($0)" } ?? "no ccache on the PATH: with it, new projects build faster"
      }
      return DoctorFinding(
        topic: topic, state: isUsed ? .used : .unused, summary: "\(installation.version) in \(installation.path)",
        details: [tools.map { "compiler: \($0.compiler)" }, ccache].compactMap { $0 })
    }
  }

  private func bundledSDK(isUsed: Bool) async -> DoctorFinding {
    let topic = "Bundled SDK"
    do {
      let setup = try search.verified(.sdk)
      let builder = FirmwareBuilder(sdk: setup.sdk, sandbox: search.sandbox)
      try builder.check(for: .c)
      let swift: String
      do {
        try builder.check(for: .swift)
        swift = "Swift: " + (setup.swiftToolchain ?? "")
      } catch {
        swift = "no Swift: " + LabError(examining: error).message
      }
      let compiler = "riscv64-unknown-elf-gcc"
      let path = HelperExecutable.search(compiler, path: console.environment["PATH"]) ?? compiler
      let version = await Self.firstLine(path, try? Sandbox(isolation: .none))
      return DoctorFinding(
        topic: topic, state: isUsed ? .used : .unused, summary: "up to date, in \(setup.sdk)",
        details: ["compiler: \(version ?? path)", swift])
    } catch {
      return Self.unused(topic, LabError(examining: error))
    }
  }

  private func espressifsEmulator(isUsed: Bool) async -> DoctorFinding {
    let topic = "Espressif's QEMU"
    do {
      return await finding(topic, try await search.findEmulator(for: chip).get(), isUsed)
    } catch {
      return Self.unused(topic, LabError(examining: error))
    }
  }

  private func bundledEmulator(isUsed: Bool) async -> DoctorFinding {
    let topic = "Bundled emulator"
    do {
      let setup = try search.verified(.qemu)
      guard let folder = setup.qemu else {
        return DoctorFinding(
          topic: topic, state: .unused, summary: "the set-up was told to do without it",
          remedy: "run ./setup --emulator bundled")
      }
      guard let installation = EmulatorInstallation.bundled(in: folder) else {
        throw LabError(code: "setup.gone", message: "it is gone from \(folder)", remedy: "run ./setup")
      }
      return await finding(topic, installation, isUsed)
    } catch {
      return Self.unused(topic, LabError(examining: error))
    }
  }

  private func finding(_ topic: String, _ installation: EmulatorInstallation, _ isUsed: Bool) async -> DoctorFinding {
    let version = await version(of: installation)
    return DoctorFinding(
      topic: topic, state: isUsed ? .used : .unused,
      summary: "\(version ?? "it does not tell its version"), \(installation.executable)")
  }

  /// An emulator's version as it tells it, without the words around.
  func version(of installation: EmulatorInstallation) async -> String? {
    await installation.version(sandbox: search.sandbox)?.replacing("QEMU emulator version ", with: "")
  }

  /// A thing that a run does without, and what mends that. Where a run cannot, its own line says so.
  private static func unused(_ topic: String, _ error: LabError) -> DoctorFinding {
    DoctorFinding(topic: topic, state: .unused, summary: error.message, remedy: error.remedy)
  }

  /// What a program says first when it is asked for its version.
  /// - Parameter sandbox: where it runs.
  static func firstLine(_ program: String, _ sandbox: Sandbox?) async -> String? {
    guard let result = try? await sandbox?.ask(SandboxedCommand(program, ["--version"])),
      result.isSuccess
    else { return nil }
    return String(decoding: result.output, as: UTF8.self).displayableLines.first
  }
}
