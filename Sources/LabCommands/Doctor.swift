// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabReports
import LabSandbox

/// Looks for everything that a run needs, with the code that a run uses.
struct Doctor: Sendable {
  /// What surrounds the command.
  let console: Console
  /// What a run is to be for.
  var wish = ToolWish()

  /// - Returns: what all runs share, what a run takes by language, and the labs.
  func examine() async -> DoctorExamination {
    let checkout: Checkout
    do {
      checkout = try Checkout(console)
    } catch {
      return DoctorExamination(findings: [Self.missing("Labs", error)])
    }
    var examination = DoctorExamination(labs: labs(checkout))
    if examination.labs.isEmpty { examination.findings.append(noLabs(checkout)) }
    let (sandbox, finding) = await sandbox()
    examination.findings += [finding, network()]
    guard let sandbox else { return examination }
    let search = ToolSearch(
      wish: wish, checkout: checkout, setup: try? LabSetup.record(root: checkout.root.path), sandbox: sandbox,
      environment: console.environment)
    let tools = ToolExamination(search: search, console: console)
    let choices = await tools.choices()
    examination.findings += await tools.findings(choices)
    examination.choices = await tools.descriptions(of: choices)
    return examination
  }

  /// The labs, each by itself: one that cannot be read keeps nobody from running the others.
  private func labs(_ checkout: Checkout) -> [DoctorLab] {
    ((try? checkout.library.files()) ?? []).map { file in
      do {
        let lab = try checkout.library.lab(at: file)
        return DoctorLab(lab: lab.id, solutions: checkout.solutions(of: lab))
      } catch {
        return DoctorLab(
          lab: file.deletingLastPathComponent().lastPathComponent, problem: LabError(examining: error))
      }
    }
  }

  private func noLabs(_ checkout: Checkout) -> DoctorFinding {
    do {
      _ = try checkout.library.files()
      return DoctorFinding(topic: "Labs", state: .missing, summary: "there are none")
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
      let summary = "\(version ?? "bubblewrap"), \(sandbox.bubblewrapPath)"
      return (sandbox, DoctorFinding(topic: "Sandbox", state: .used, summary: summary))
    } catch {
      return (nil, Self.missing("Sandbox", error))
    }
  }

  private func network() -> DoctorFinding {
    do {
      return DoctorFinding(
        topic: "Network", state: .used, summary: try HelperExecutable.path(named: "lab-network"))
    } catch {
      return Self.missing("Network", error)
    }
  }

  /// A thing that a run needs and that is not there.
  private static func missing(_ topic: String, _ error: any Error) -> DoctorFinding {
    let error = LabError(examining: error)
    return DoctorFinding(topic: topic, state: .missing, summary: error.message, remedy: error.remedy)
  }
}

extension LabError {
  /// What kept the examination from going on.
  init(examining error: any Error) {
    self = error as? LabError ?? LabError(code: "internal", message: "\(error)")
  }
}
