// SPDX-License-Identifier: Apache-2.0
import LabModel

/// What the name of a submission says about who handed it in.
struct SubmissionName: Hashable {
  /// A name as a learning platform makes it up for a download.
  struct Platform: Hashable {
    /// The student's name, as the platform writes it.
    var person: String
    /// The number that the platform has for the student.
    var number: String
    /// Whether ``person`` is one word in lower case, last name first.
    var isRunTogether: Bool
  }

  /// The name without what tells the kind of file.
  let stem: String
  /// What it is made of, if a learning platform made it up.
  let platform: Platform?

  /// - Parameter entry: what lies in the class folder.
  init(_ entry: ClassFolderEntry) {
    self.init(entry.kind == .folder ? entry.name : ArchiveName.stem(of: entry.name))
  }

  /// - Parameter stem: a file's name without what tells its kind, or a folder's.
  init(_ stem: String) {
    self.stem = stem
    platform = Self.moodle(stem) ?? Self.canvas(stem)
  }

  /// Whose it is where there is no roster, or nobody in it: the stem, or the part of it that all of a student's files at
  /// Moodle share.
  var student: String {
    guard let platform, !platform.isRunTogether else { return stem }
    return "\(platform.person)_\(platform.number)"
  }

  /// Moodle: `Full Name_1234567_assignsubmission_file_main`; the last part is missing where each student has a folder. The last part is the student's own
  /// to choose, so the first that looks like a number is the platform's.
  private static func moodle(_ stem: String) -> Platform? {
    guard let match = moodleName.wholeMatch(in: stem), let person = match[1], let number = match[2],
      !numberWithin.isFound(in: person)
    else { return nil }
    return Platform(person: String(person), number: String(number), isRunTogether: false)
  }

  private static let moodleName = Pattern("(.+?)_([0-9]+)_assignsubmission_file(_.*)?")
  private static let numberWithin = Pattern("_[0-9]+_")

  /// Canvas: `surnamename_12345_67890_main` with the student's and the file's number; `_LATE` may stand behind the name.
  private static func canvas(_ stem: String) -> Platform? {
    guard let match = canvasName.wholeMatch(in: stem), let person = match[1], let number = match[2] else { return nil }
    return Platform(person: String(person), number: String(number), isRunTogether: true)
  }

  private static let canvasName = Pattern("([^_]+)(?:_LATE|_late)?_([0-9]+)_([0-9]+)_.+")
}
