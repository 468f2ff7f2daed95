// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

/// A lab of the checkout, as its submissions are tested.
///
/// The environment variable `LAB_TEST_LABS` names the only labs to test, by number, name or folder, with commas: `LAB_TEST_LABS=3,echo-server`.
struct TestedLab: CustomTestStringConvertible, Sendable {
  /// The lab's folder below `labs/`.
  var folder: String
  /// What `lab run` takes.
  var id: String
  /// The lab; nil where its file cannot be read, which a test of its own tells.
  var definition: Lab?

  var testDescription: String { folder }

  /// The labs to test.
  static let all: [TestedLab] = {
    let library = LabLibrary(root: LabProcess.checkout)
    let wanted = ProcessInfo.processInfo.environment["LAB_TEST_LABS"]?.split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    return ((try? library.files()) ?? []).compactMap { file in
      let folder = file.deletingLastPathComponent().lastPathComponent
      let lab = try? library.lab(at: file)
      guard wanted?.isEmpty != false || wanted?.contains(where: [folder, lab?.id, lab?.name].contains) == true else {
        return nil
      }
      return TestedLab(folder: folder, id: lab?.id ?? folder, definition: lab)
    }
  }()

  /// The course's own solutions there are.
  static let references: [Reference] = all.flatMap { lab in
    [("c", ""), ("swift", "-swift")].compactMap { language, suffix in
      guard let firmware = lab.definition?.firmware, exists("firmware/\(firmware)\(suffix)") else { return nil }
      return Reference(lab: lab, language: language)
    }
  }

  /// The programs that students begin with.
  static let starters: [Starter] = all.flatMap { lab in
    ["starter", "starter-swift"].map { "labs/\(lab.folder)/\($0)" }.filter(exists).map { Starter(lab: lab, path: $0) }
  }

  /// The submissions of all labs in one of their folders (`correct`, `wrong`, `refused`), in C and in Swift.
  static func submissions(_ kind: String) -> [DeclaredSubmission] {
    all.flatMap { lab in
      ["submissions", "submissions-swift"].flatMap { folder in
        let root = "labs/\(lab.folder)/\(folder)/\(kind)"
        let path = LabProcess.checkout.path + "/" + root
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return entries.filter { !$0.hasPrefix(".") }.sorted().map {
          DeclaredSubmission(lab: lab, path: "\(root)/\($0)")
        }
      }
    }
  }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: LabProcess.checkout.path + "/" + path)
  }

  /// Runs the lab.
  /// - Parameter arguments: the submission and options.
  func run(_ arguments: [String]) async throws -> (result: RunResult, status: Int32) {
    let folder = try LabProcess.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let call = ["run", id] + arguments + ["--format", "json", "--output", folder.path + "/run"]
    let outcome = try await GuestLimiter.shared.run { try await LabProcess.run(call) }
    do {
      return (try JSONDecoder().decode(RunResult.self, from: Data(outcome.output.utf8)), outcome.status)
    } catch {
      Issue.record("no result: \(outcome)")
      throw error
    }
  }

  /// The course's own solution in one language.
  struct Reference: CustomTestStringConvertible, Sendable {
    var lab: TestedLab
    var language: String
    var testDescription: String { "\(lab.folder) (\(language))" }
  }

  /// A program that students begin with.
  struct Starter: CustomTestStringConvertible, Sendable {
    var lab: TestedLab
    var path: String
    var testDescription: String { path }
  }
}
