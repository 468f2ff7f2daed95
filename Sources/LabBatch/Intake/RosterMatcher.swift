// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Tells whose submission it is by its name: by the roster's ids and addresses, then by what learning platforms put into the
/// names of downloads. Only what can be one student's alone counts.
struct RosterMatcher {
  /// Whose a submission is.
  enum Match: Hashable {
    case student(RosterEntry)
    /// It may be of any of these.
    case ambiguous([RosterEntry])
    case unknown
  }

  private let roster: [RosterEntry]

  /// - Parameter roster: the students; their ids differ.
  init(_ roster: [RosterEntry]) {
    self.roster = roster
  }

  /// - Parameter name: the name of what was handed in.
  func match(_ name: SubmissionName) -> Match {
    let stem = name.stem
    let found =
      one { $0.student == stem }
      ?? one { $0.student.lowercased() == stem.lowercased() }
      ?? one { $0.handles.contains(stem.lowercased()) }
    if let found { return found }
    guard let platform = name.platform else { return .unknown }
    // A number and a name that are two students' say nothing at all.
    let byNumber = roster.filter { $0.handles.contains(platform.number) }
    let byName = roster.filter { $0.isCalled(platform) }
    switch (byNumber.count, byName.count) {
    case (0, 0): return .unknown
    case (1, 0): return .student(byNumber[0])
    case (0, 1): return .student(byName[0])
    case (1, _) where byName.contains(byNumber[0]): return .student(byNumber[0])
    default: return .ambiguous(byNumber + byName.filter { !byNumber.contains($0) })
    }
  }

  private func one(_ isMeant: (RosterEntry) -> Bool) -> Match? {
    let found = roster.filter(isMeant)
    return switch found.count {
    case 0: nil
    case 1: .student(found[0])
    default: .ambiguous(found)
    }
  }
}

extension RosterEntry {
  /// What stands for this student and no other, in lower case.
  fileprivate var handles: [String] {
    ([student] + identifiers + [email].compactMap(\.self)).map { $0.lowercased() }
  }

  /// Whether this may be the student whom a platform names.
  fileprivate func isCalled(_ platform: SubmissionName.Platform) -> Bool {
    let own = Self.words(name ?? "")
    let given = Self.words(platform.person)
    guard !own.isEmpty, !given.isEmpty else { return false }
    guard platform.isRunTogether else { return own.sorted() == given.sorted() }
    // Where the last name begins is not known, but it goes first: "Jo van Dyk" is "vandykjo", "dykjovan" or as it is.
    return own.indices.contains { (own[$0...] + own[..<$0]).joined() == given.joined() }
  }

  /// The words of a name without case, accents and punctuation.
  private static func words(_ text: String) -> [String] {
    text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
