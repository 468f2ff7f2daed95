// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What a class handed in: one file, folder or archive a student in the class folder. Everything that lies there is either a
/// submission or named among the problems.
///
/// A student who handed in twice gets no grade for either: which one counts is the instructor's to say, and the student's entry
/// names both. Links, pipes, sockets and devices are refused in the same way, and never opened.
public struct ClassIntake: Sendable {
  /// One entry a student, sorted by student.
  public private(set) var submissions: [ClassSubmission] = []
  /// The roster's students without a submission, in the roster's order.
  public private(set) var missing: [RosterEntry] = []
  /// What was found that a person should know of, as sentences. Names in them are quoted with everything written out.
  public private(set) var problems: [String] = []

  /// Looks through a class folder. It reads every submission once, for its digest; it opens no archive.
  /// - Parameters:
  ///   - folder: the class folder.
  ///   - roster: a CSV file with the class's students; `nil` takes the names of the files for the students'.
  /// - Throws: `LabError` if the folder or the roster cannot be read, or there is nothing in it.
  public init(folder: URL, roster: URL?) throws {
    let path = folder.standardizedFileURL.path
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LabError(classFolder: path, errno: errno) }
    defer { close(descriptor) }
    guard let (entries, isComplete) = ClassFolderEntry.list(descriptor, limit: Self.entryLimit) else {
      throw LabError(classFolder: path, errno: errno)
    }
    guard isComplete else {
      throw LabError(
        code: "class.tooLarge", message: "\(path) has more than \(Self.entryLimit) entries",
        remedy: "name the folder with one file, folder or archive a student", isUsage: true)
    }
    let list = try roster.map { try RosterFile(contentsOf: $0) }
    problems += list?.problems ?? []

    let bystanders = entries.filter(\.isBystander)
    if !bystanders.isEmpty {
      problems.append("not graded, being no submission: \(quoted(bystanders.map(\.name)))")
    }
    // The roster may lie beside the submissions.
    let rosterFile = roster.flatMap { FileIdentity($0.path) }
    let found = entries.filter { !$0.isBystander && $0.identity != rosterFile }
    guard !found.isEmpty else {
      throw LabError(
        code: "class.empty", message: "there is no submission in \(path)",
        remedy: "put one file, folder or archive a student into it", isUsage: true)
    }
    collect(found, in: descriptor, path: path, roster: list?.entries)
  }

  /// Leaves out all that is not about some students: what is to be known of the class is not theirs either.
  public mutating func keep(only students: Set<String>) {
    submissions.removeAll { !students.contains($0.student) }
    missing = []
    problems = []
  }

  private static let entryLimit = 20_000

  private mutating func collect(
    _ entries: [ClassFolderEntry], in folder: Int32, path: String, roster: [RosterEntry]?
  ) {
    let matcher = roster.map(RosterMatcher.init)
    var handedIn: [String: [ClassSubmission]] = [:]
    for entry in entries {
      let name = SubmissionName(entry)
      let match = matcher?.match(name) ?? .unknown
      var submission = ClassSubmission(entry, named: name, in: folder, path: path)
      switch match {
      case .student(let student):
        (submission.student, submission.name, submission.email) = (student.student, student.name, student.email)
      case .ambiguous(let students):
        let names = quoted(students.map(\.student))
        problems.append("\(quoted(entry.name)) may be of each of \(names) in the roster; it is graded as nobody's")
      case .unknown where roster != nil:
        let student = quoted(submission.student)
        problems.append("\(quoted(entry.name)) is of nobody in the roster; it is graded as \(student)'s")
      case .unknown:
        break
      }
      if case .refused(let refusal) = submission.form {
        problems.append("\(quoted(entry.name)) is not graded: \(refusal)")
      }
      handedIn[submission.student, default: []].append(submission)
    }
    for (student, all) in handedIn.sorted(by: { $0.key < $1.key }) {
      if all.count > 1 {
        let names = quoted(all.map(\.origin))
        problems.append("\(quoted(student)) handed in \(all.count) times, and none of them is graded: \(names)")
      }
      submissions.append(all.count == 1 ? all[0] : ClassSubmission(ambiguous: all, path: path))
    }
    missing = roster?.filter { handedIn[$0.student] == nil } ?? []
    if !missing.isEmpty {
      problems.append("no submission of \(missing.count) in the roster: \(quoted(missing.map(\.student)))")
    }
  }
}

extension ClassSubmission {
  /// What lies in the class folder under a name.
  fileprivate init(_ entry: ClassFolderEntry, named name: SubmissionName, in folder: Int32, path: String) {
    let (digest, refusal) = SubmissionDigest.of(entry, in: folder)
    var origin = entry.name
    if let archive = entry.onlyArchive(in: folder) { origin += "/" + archive }
    self.init(
      student: name.student, path: "\(path)/\(origin)", origin: origin,
      form: ArchiveName.isArchive(origin) && (entry.kind == .file || origin != entry.name) ? .archive : .plain,
      digest: digest)
    if let refusal = entry.refusal ?? refusal { form = .refused(refusal) }
  }

  /// What a student handed in more than once.
  fileprivate init(ambiguous all: [ClassSubmission], path: String) {
    var hash = ContentHash()
    for one in all { hash.add(one.digest) }
    let names = all.map(\.origin)
    self = all[0]
    self.path = path
    origin = names.joined(separator: ", ")
    form = .refused(
      SubmissionRefusal(
        "there is more than one submission: \(quoted(names))",
        hint: "leave the one that counts and take the others away"))
    digest = hash.finish()
  }
}

extension ClassFolderEntry {
  /// Why it is not even opened.
  fileprivate var refusal: SubmissionRefusal? {
    switch kind {
    case .link:
      SubmissionRefusal("\(quoted(name)) is a symbolic link", hint: "put the file itself where the link is")
    case .special(let kind):
      SubmissionRefusal("\(quoted(name)) is \(kind)", hint: "hand in a file, a folder or an archive")
    case .file, .folder:
      hasTextName
        ? nil : SubmissionRefusal("the name \(quoted(name)) is not UTF-8", hint: "give it another name")
    }
  }

  /// The archive in a folder that holds nothing else: a learning platform's folder of a student.
  fileprivate func onlyArchive(in folder: Int32) -> String? {
    guard kind == .folder, let descriptor = open(in: folder) else { return nil }
    defer { close(descriptor) }
    // Two that count are one too many, so no more has to be read than those and a few bystanders.
    guard let (entries, isComplete) = Self.list(descriptor, limit: 32), isComplete else { return nil }
    let files = entries.filter { !$0.isBystander }
    guard files.count == 1, files[0].kind == .file, files[0].hasTextName, ArchiveName.isArchive(files[0].name) else {
      return nil
    }
    return files[0].name
  }
}

extension LabError {
  /// A class folder that cannot be read.
  fileprivate init(classFolder path: String, errno: Int32) {
    switch errno {
    case ENOENT:
      self.init(code: "class.missing", message: "there is no folder \(path)", remedy: "check the path", isUsage: true)
    case ENOTDIR:
      self.init(
        code: "class.noFolder", message: "\(path) is not a folder",
        remedy: "name the folder with one file, folder or archive a student", isUsage: true)
    default:
      self.init(
        code: "class.unreadable", message: "\(path) cannot be read (\(String(cString: strerror(errno))))",
        remedy: "check its permissions", isUsage: true)
    }
  }
}
