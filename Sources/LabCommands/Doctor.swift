// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabEmulator
import LabFirmware
import LabModel
import LabReports
import LabSandbox

/// Looks for everything that a run needs, in the order in which a run needs it, and with the code that a run uses.
struct Doctor: Sendable {
  /// What surrounds the command.
  let console: Console

  /// - Returns: one finding for each thing.
  func examine() async -> [DoctorFinding] {
    var findings: [DoctorFinding] = []
    let checkout: Checkout
    do {
      checkout = try Checkout(console)
    } catch {
      return [Self.missing("Labs", error)]
    }
    findings.append(labs(checkout))

    let (sandbox, finding) = await sandbox()
    findings.append(finding)
    do {
      let setup = try LabSetup.load(root: checkout.root.path)
      findings.append(DoctorFinding(topic: "Set-up", state: .used, summary: "up to date"))
      findings += await sdks(setup, sandbox)
      findings += await emulators(setup, sandbox)
    } catch {
      findings.append(Self.missing("Set-up", error))
      // Without a set-up the bundled emulator is missing as a matter of course; Espressif's may be there all the same.
      findings += await emulators(nil, sandbox).filter { $0.state == .used }
    }
    findings.append(network())
    return findings
  }

  private func labs(_ checkout: Checkout) -> DoctorFinding {
    do {
      let labs = try checkout.library.labs()
      return DoctorFinding(
        topic: "Labs", state: .used, summary: "\(labs.count) in \(checkout.root.appending(path: "labs").path)")
    } catch {
      return Self.missing("Labs", error)
    }
  }

  /// - Returns: the sandbox in which versions are asked for, if any can be had, and what was found of it.
  private func sandbox() async -> (Sandbox?, DoctorFinding) {
    do {
      if let problem = try await Sandbox.availability() {
        return (try? Sandbox(isolation: .none), Self.missing("Sandbox", problem.labError))
      }
      let sandbox = try Sandbox()
      let version = await firstLine(sandbox.bubblewrapPath, unconfined: true)
      return (
        sandbox,
        DoctorFinding(
          topic: "Sandbox", state: .used, summary: version ?? "bubblewrap", details: [sandbox.bubblewrapPath])
      )
    } catch {
      return (nil, Self.missing("Sandbox", error))
    }
  }

  private func sdks(_ setup: LabSetup, _ sandbox: Sandbox?) async -> [DoctorFinding] {
    let compiler = "riscv64-unknown-elf-gcc"
    guard let path = HelperExecutable.search(compiler, path: console.environment["PATH"]) else {
      let error = LabError(
        code: "compiler.missing", message: "the compiler \(compiler) is not installed", remedy: "run ./setup")
      return [Self.missing("SDK", error)]
    }
    var details = [setup.sdk, "compiler: \(await firstLine(path, unconfined: true) ?? path)"]
    details.append(
      setup.swiftToolchain.map { "firmware in Swift: built with \($0)" }
        ?? "firmware in Swift: the SDK was built without a Swift toolchain that has Embedded Swift for riscv32")
    if let idf = console.environment["IDF_PATH"], !idf.isEmpty {
      details.append("IDF_PATH is set (\(idf)): this version of the lab does not build with it")
    }
    return [DoctorFinding(topic: "SDK", state: .used, summary: "bundled", details: details)]
  }

  private func emulators(_ setup: LabSetup?, _ sandbox: Sandbox?) async -> [DoctorFinding] {
    guard let sandbox else { return [] }
    func find(_ kind: EmulatorKind?) async -> Result<EmulatorInstallation, any Error> {
      do {
        return .success(
          try await EmulatorInstallation.discover(
            kind, bundledDirectory: setup?.qemu, downloadedDirectory: setup?.espressifQEMU,
            environment: console.environment, sandbox: sandbox))
      } catch {
        return .failure(error)
      }
    }
    let chosen = await find(nil)
    var findings: [DoctorFinding] = []
    switch chosen {
    case .failure(let error): findings.append(Self.missing("Emulator", error))
    case .success(let installation):
      let why = installation.kind == .espressif ? "preferred wherever it is found" : "Espressif's QEMU was not found"
      findings.append(await finding(installation, state: .used, why: why))
      // Which other one --emulator could ask for.
      let other: EmulatorKind = installation.kind == .espressif ? .bundled : .espressif
      switch await find(other) {
      case .success(let installation):
        findings.append(
          await finding(installation, state: .unused, why: "take it with --emulator \(installation.kind.rawValue)"))
      case .failure(let error):
        var missing = Self.missing("Emulator", error)
        missing.state = .unused
        findings.append(missing)
      }
    }
    return findings
  }

  private func finding(
    _ installation: EmulatorInstallation, state: DoctorFinding.State, why: String
  ) async -> DoctorFinding {
    let version = await firstLine(installation.executable, unconfined: false)
    return DoctorFinding(
      topic: "Emulator", state: state, summary: "\(installation.kind.rawValue): \(why)",
      details: [version, installation.executable].compactMap { $0 })
  }

  private func network() -> DoctorFinding {
    do {
      let path = try HelperExecutable.path(named: "lab-network")
      return DoctorFinding(topic: "Network", state: .used, summary: "lab-network", details: [path])
    } catch {
      return Self.missing("Network", error)
    }
  }

  /// What a program says first when it is asked for its version.
  /// - Parameter unconfined: whether it is one of the system's own programs, which need no sandbox.
  private func firstLine(_ program: String, unconfined: Bool) async -> String? {
    let folder = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
    let root = folder.lastPathComponent == "bin" ? folder.deletingLastPathComponent() : folder
    guard let sandbox = try? Sandbox(isolation: unconfined ? .none : .bubblewrap) else { return nil }
    let command = SandboxedCommand(program, ["--version"], binds: unconfined ? [] : [.readOnly(root.path)])
    guard let result = try? await sandbox.run(command, timeout: .seconds(10)), result.isSuccess else { return nil }
    return String(decoding: result.output, as: UTF8.self).displayableLines.first
  }

  private static func missing(_ topic: String, _ error: any Error) -> DoctorFinding {
    guard let error = error as? LabError else {
      return DoctorFinding(topic: topic, state: .missing, summary: "\(error)")
    }
    return DoctorFinding(topic: topic, state: .missing, summary: error.message, remedy: error.remedy)
  }
}
