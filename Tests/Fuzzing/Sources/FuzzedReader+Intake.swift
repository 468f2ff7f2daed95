// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

@testable import LabBatch

extension FuzzedReader {
  /// What an archive holds, as the lab sees it: no path that it would write leads out.
  static func readTar(_ bytes: [UInt8]) {
    do {
      let tree = try ArchiveTree(Data(bytes), limits: UnpackLimits(), isWhole: true)
      for path in tree.files.keys {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        precondition(parts.allSatisfy { !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }, path)
      }
      precondition(tree.program.isEmpty || tree.program.hasPrefix("/"))
    } catch let refusal as SubmissionRefusal {
      precondition(!refusal.reason.isEmpty && !refusal.hint.isEmpty)
    } catch {
      precondition(error is LabError, "\(error)")
    }
  }

  /// A roster, and what a file of the class is called.
  static func readRoster(_ bytes: [UInt8]) {
    let text = text(bytes)
    _ = StudentResult.fileName(for: text)
    guard let roster = try? RosterFile(text, path: "roster.csv") else { return }
    precondition(Set(roster.entries.map { $0.student.lowercased() }).count == roster.entries.count)
    let matcher = RosterMatcher(roster.entries)
    for entry in roster.entries { precondition(matcher.match(SubmissionName(entry.student)) != .unknown) }
  }
}
