// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What has to be known of a journal's lines to take in those of another one, beside what they say.
struct JournalIndex {
  /// The line of a result in force.
  struct Latest {
    /// What it is known by.
    var identity: String
    /// When the result came about.
    var at: Date
  }

  /// The run folder that each retried and graded line is about, by the line's identity.
  private(set) var runFolders: [String: String] = [:]
  /// The line of each student's result in force.
  private(set) var latest: [String: Latest] = [:]

  /// Takes in the next line.
  mutating func take(_ line: JournalLine, bytes: some Sequence<UInt8>) {
    switch line.event {
    case .retried(let run):
      runFolders[line.identity(of: bytes)] = run.attempt.runFolder
    case .graded(let graded):
      let identity = line.identity(of: bytes)
      runFolders[identity] = graded.result.runFolder ?? ""
      latest[graded.result.student] = Latest(identity: identity, at: line.at)
    case .lab, .began, .started, .finished: break
    }
  }
}
