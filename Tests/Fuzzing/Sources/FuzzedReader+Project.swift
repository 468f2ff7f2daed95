// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

@testable import LabFirmware

extension FuzzedReader {
  /// A project with one file that is hostile. It is read whole, as it is from a student's folder.
  static func readProject(_ path: String, _ bytes: [UInt8]) {
    do {
      try write(bytes, to: path)
      defer { try? FileManager.default.removeItem(atPath: "\(projectFolder)/\(path)") }
      let submission = try Submission(at: projectFolder)
      precondition(submission.notes.count < 100 && submission.sources.count <= 500)
      precondition(submission.notes.allSatisfy { $0.utf8.count < 4096 })
      _ = ApplicationDescription.name(of: submission)
      _ = BuildFailure.hostedImports(in: submission)
      _ = submission.withEmbeddedFilesAsSource
    } catch let problem as SubmissionProblem {
      precondition(problem.description.utf8.count < 4096, problem.description)
    } catch {
      fatalError("\(error)")
    }
  }

  /// One source, with the headers that it includes.
  static func readSource(_ bytes: [UInt8]) {
    for name in ["one.c", "one.swift"] {
      do {
        try write(bytes, to: name)
        let submission = try Submission(at: "\(projectFolder)/\(name)")
        _ = BuildFailure.hostedImports(in: submission)
      } catch let problem as SubmissionProblem {
        precondition(problem.description.utf8.count < 4096, problem.description)
      } catch {
        fatalError("\(error)")
      }
      try? FileManager.default.removeItem(atPath: "\(projectFolder)/\(name)")
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(projectFolder)/\(path)"))
  }

  /// A project that goes with any of the files; it stays for the next run.
  private static let projectFolder: String = {
    let folder = FileManager.default.temporaryDirectory.path + "/lab-fuzz-\(getpid())"
    let files = [
      "CMakeLists.txt": "project(fuzz)", "main/main.c": "#include \"a.h\"\nvoid app_main(void) {}\n",
      "main/a.html": "a",
      "main/a.h": "", "partitions.csv": "", "components/x/x.c": "",
    ]
    for (path, text) in files {
      let file = URL(fileURLWithPath: "\(folder)/\(path)")
      try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? Data(text.utf8).write(to: file)
    }
    return folder
  }()
}
