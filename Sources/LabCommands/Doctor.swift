// SPDX-License-Identifier: Apache-2.0
import Foundation
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
    var setup: LabSetup?
    do {
      setup = try LabSetup.load(root: checkout.root.path)
      findings.append(DoctorFinding(topic: "Set-up", state: .used, summary: "up to date"))
    } catch {
      findings.append(Self.missing("Set-up", error))
    }
    if let sandbox {
      let search = ToolSearch(
        wish: ToolWish(), checkout: checkout, setup: setup, sandbox: sandbox, environment: console.environment)
      findings += await ToolExamination(search: search, console: console).findings()
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
      let version = await ToolExamination.firstLine(sandbox.bubblewrapPath, try? Sandbox(isolation: .none))
      return (
        sandbox,
        DoctorFinding(
          topic: "Sandbox", state: .used, summary: version ?? "bubblewrap", details: [sandbox.bubblewrapPath])
      )
    } catch {
      return (nil, Self.missing("Sandbox", error))
    }
  }

  private func network() -> DoctorFinding {
    do {
      let path = try HelperExecutable.path(named: "lab-network")
      return DoctorFinding(topic: "Network", state: .used, summary: "lab-network", details: [path])
    } catch {
      return Self.missing("Network", error)
    }
  }

  /// A thing that a run needs and that is not there.
  static func missing(_ topic: String, _ error: any Error) -> DoctorFinding {
    guard let error = error as? LabError else {
      return DoctorFinding(topic: topic, state: .missing, summary: "\(error)")
    }
    return DoctorFinding(topic: topic, state: .missing, summary: error.message, remedy: error.remedy)
  }
}
