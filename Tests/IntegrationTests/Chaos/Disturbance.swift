// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Something that the host does to one process of a run.
struct Disturbance: CustomStringConvertible {
  /// What is done.
  enum Kind: Equatable {
    /// SIGKILL.
    case kill
    /// SIGSTOP, and SIGCONT after so many seconds.
    case stop(Double)
  }

  /// When, as a share of the time that the run takes undisturbed.
  var moment: Double
  var kind: Kind
  /// Decides which of the processes that there are at that moment.
  var draw: UInt64

  /// Makes one at random.
  init(from generator: inout SeededGenerator) {
    moment = Double.random(in: 0...0.95, using: &generator)
    // As many short ones as long ones.
    kind = Bool.random(using: &generator) ? .kill : .stop(0.1 * pow(200, Double.random(in: 0...1, using: &generator)))
    draw = generator.next()
  }

  var description: String {
    switch kind {
    case .kill: "kill"
    case .stop: "stop"
    }
  }

  /// The roles to choose from.
  static let roles: Set<ChaosRole> = {
    let names = ProcessInfo.processInfo.environment["LAB_TEST_CHAOS_ROLES"]?.split(separator: ",") ?? []
    return names.isEmpty ? Set(ChaosRole.allCases) : Set(names.compactMap { ChaosRole(rawValue: String($0)) })
  }()

  /// Does it to one of a lab's processes, as soon as there is one that it may be done to; returns when it is over.
  /// - Parameter run: the lab.
  /// - Returns: what was done to whom, in two words.
  func take(_ run: RunningLab) async -> String {
    let lab = run.process.processIdentifier
    while run.process.isRunning {
      if let (process, role) = choose(among: HostProcess.descendants(of: lab), lab: lab) {
        await take(process.id)
        return "\(self) \(role.rawValue)"
      }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return "too late"
  }

  /// Chooses the process: each role is as likely as another. The lab itself is only stopped.
  private func choose(among processes: [HostProcess], lab: pid_t) -> (process: HostProcess, role: ChaosRole)? {
    var choices = Dictionary(grouping: processes) { ChaosRole(executable: $0.executable) }
    // What is about to become another program is called as the lab is.
    if let starting = choices.removeValue(forKey: .lab) { choices[.tool, default: []] += starting }
    if kind != .kill { choices[.lab] = [HostProcess(id: lab, executable: "lab", commandLine: "")] }
    let roles = ChaosRole.allCases.filter { choices[$0] != nil && Self.roles.contains($0) }
    guard !roles.isEmpty else { return nil }
    let role = roles[Int(draw % UInt64(roles.count))]
    let members = (choices[role] ?? []).sorted { $0.id < $1.id }
    return members.isEmpty ? nil : (members[Int((draw >> 32) % UInt64(members.count))], role)
  }

  private func take(_ process: pid_t) async {
    switch kind {
    case .kill: kill(process, SIGKILL)
    case .stop(let seconds):
      kill(process, SIGSTOP)
      try? await Task.sleep(for: .seconds(seconds))
      kill(process, SIGCONT)
    }
  }
}
