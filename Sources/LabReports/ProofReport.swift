// SPDX-License-Identifier: Apache-2.0
import LabModel
import LabMutation

/// Renders what became of the mutants of a lab's solution, for people.
public struct ProofReport: Sendable {
  private let style: TerminalStyle

  /// - Parameter style: where the lines go.
  public init(style: TerminalStyle) {
    self.style = style
  }

  /// The lines of a mutant that no check sees.
  public func survivor(_ entry: ProofResult.Entry) -> Printout {
    let place = "\(entry.file):\(entry.line)\(entry.function.map { ", \($0)()" } ?? "")"
    return Printout(lines: [
      "survived: \(entry.operator.rawValue) in \(place.displayable)",
      "    - \(entry.before.displayable)", "    + \(entry.after.displayable)",
    ])
  }

  /// The counts of all mutants, and what each check has found.
  /// - Parameter folder: where `prove.json` is, as the caller knows it.
  public func summary(_ result: ProofResult, folder: String) -> Printout {
    let killed = result.count(.killed)
    let survived = result.count(.survived)
    var lines: [Printout] = [
      "",
      """
      Mutants: \(result.mutants.count). \(result.count(.unbuilt)) do not build, \(result.count(.same)) are \
      the same program as another, \(result.count(.equal)) equal
      """,
    ]
    let share = result.killedShare.map {
      ", \(Int(($0 * 1000).rounded(.down)) / 10).\(Int(($0 * 1000).rounded(.down)) % 10) %"
    }
    lines.append("Killed: \(killed) of the other \(killed + survived)\(share ?? "")")
    if result.count(.error) > 0 {
      lines.append("The lab failed for \(result.count(.error)): the same command tries them again")
    }
    lines += ["", style.paint(" Killed  Alone  Points  Check", .faint)]
    lines += result.checks.map { check in
      let numbers = [(check.killed, 7), (check.alone, 7), (check.points, 8)].map {
        ("\($0.0)" as Printout).indented(to: $0.1)
      }
      return "\(numbers[0])\(numbers[1])\(numbers[2])  \(check.id.displayable)"
    }
    lines += [
      "", "Time: \(Quantity.duration(seconds: result.seconds)). All mutants are in \(folder.displayable)/prove.json",
    ]
    return Printout(lines: lines)
  }
}
