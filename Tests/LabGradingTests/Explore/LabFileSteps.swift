// SPDX-License-Identifier: Apache-2.0
import LabModel

extension [Step] {
  /// Reads steps as they stand in a lab file.
  /// - Parameter lines: `- {client: ann, connect: 3333}` and the like; comments may stand between them.
  init(labFile lines: [String]) throws {
    let lab = try Lab(
      yaml: """
        lab: "9"
        name: sample
        title: Sample
        firmware: 09-sample
        forward: [3333]
        checks:
          - id: only
            title: Only
            points: 5
            steps:
        \(lines.map { "      \($0)" }.joined(separator: "\n"))
        """, file: "lab.yaml")
    guard case .steps(var steps) = lab.checks[0].method else {
      self = []
      return
    }
    for index in steps.indices { steps[index].line = 0 }
    self = steps
  }
}
