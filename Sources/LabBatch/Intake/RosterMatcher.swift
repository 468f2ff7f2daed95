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
  /// Whom something may stand for, as places in the roster: ids, ids in lower case, all that stands for one student in lower case, the words of a name in
  /// alphabetical order, and these run together.
  private var students: [String: [Int]] = [:]
  private var lowered: [String: [Int]] = [:]
  private var handles: [String: [Int]] = [:]
  private var names: [[String]: [Int]] = [:]
  private var runTogether: [String: [Int]] = [:]

  /// - Parameter roster: the students; their ids differ.
  init(_ roster: [RosterEntry]) {
    self.roster = roster
    for (index, entry) in roster.enumerated() {
      students[entry.student, default: []].append(index)
      lowered[entry.student.lowercased(), default: []].append(index)
      for handle in Set(entry.handles) { handles[handle, default: []].append(index) }
      let words = SubmissionName.words(of: entry.name ?? "")
      guard !words.isEmpty else { continue }
      names[words.sorted(), default: []].append(index)
      for name in Set(Self.rotations(words).map { $0.joined() }) { runTogether[name, default: []].append(index) }
    }
  }

  /// - Parameter name: the name of what was handed in.
  func match(_ name: SubmissionName) -> Match {
    let stem = name.stem
    if let found = one(students[stem]) ?? one(lowered[stem.lowercased()]) ?? one(handles[stem.lowercased()]) {
      return found
    }
    guard let platform = name.platform else { return .unknown }
    // A number and a name that are two students' say nothing at all.
    let byNumber = handles[platform.number] ?? []
    let given = SubmissionName.words(of: platform.person)
    let byName = (platform.isRunTogether ? runTogether[given.joined()] : names[given.sorted()]) ?? []
    switch (byNumber.count, byName.count) {
    case (0, 0): return .unknown
    case (1, 0): return .student(roster[byNumber[0]])
    case (0, 1): return .student(roster[byName[0]])
    case (1, _) where byName.contains(byNumber[0]): return .student(roster[byNumber[0]])
    default:
      let numbered = Set(byNumber)
      return .ambiguous((byNumber + byName.filter { !numbered.contains($0) }).map { roster[$0] })
    }
  }

  private func one(_ found: [Int]?) -> Match? {
    guard let found, let first = found.first else { return nil }
    return found.count == 1 ? .student(roster[first]) : .ambiguous(found.map { roster[$0] })
  }

  /// The words of a name as a platform may put them. Where the last name begins is not known, but it goes first: "Jo van Dyk" is "vandykjo", "dykjovan" or as
  /// it is. Nobody's name has many words.
  private static func rotations(_ words: [String]) -> [[String]] {
    guard words.count <= 16 else { return [words] }
    return words.indices.map { Array(words[$0...] + words[..<$0]) }
  }
}

extension RosterEntry {
  /// What stands for this student and no other, in lower case.
  fileprivate var handles: [String] {
    ([student] + identifiers + [email].compactMap(\.self)).map { $0.lowercased() }
  }
}

extension SubmissionName {
  /// The words of a student's name without case, accents and punctuation.
  fileprivate static func words(of name: String) -> [String] {
    name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
