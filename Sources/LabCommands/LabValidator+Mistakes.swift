// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

extension LabValidator {
  /// Checks the catalogue of mistakes: each entry can be read, and the submission that it names is there.
  /// - Parameter shown: a path as the caller knows it.
  func validateMistakes(shown: (URL) -> String) -> [Finding] {
    // A lab that cannot be read has been told; its submissions are found by the others' ids.
    let folders = ((try? checkout.library.files()) ?? []).reduce(into: [String: URL]()) { folders, file in
      guard let lab = try? checkout.library.lab(at: file) else { return }
      folders[lab.id] = file.deletingLastPathComponent()
      folders[lab.name] = file.deletingLastPathComponent()
    }
    return MistakeCatalogue.files(in: checkout.library.mistakesFolder).map { file in
      let name = shown(file)
      do {
        let mistake = try MistakeCatalogue.read(file, shown: shown)
        return Finding(file: name, problems: problems(of: mistake.shown, in: folders, name, shown: shown))
      } catch let error as LabError {
        return Finding(file: name, problems: [error])
      } catch {
        return Finding(file: name, problems: [problem(name, "\(error)")])
      }
    }
  }

  private func problems(
    of example: Mistake.Example, in folders: [String: URL], _ name: String, shown: (URL) -> String
  ) -> [LabError] {
    guard let folder = folders[example.lab] else {
      return [problem(name, "there is no lab '\(example.lab)' that could show it")]
    }
    let submission = folder.appending(path: "submissions").appending(path: example.submission)
    guard !FileManager.default.fileExists(atPath: submission.path) else { return [] }
    return [problem(name, "the submission that shows it is not there: \(shown(submission))")]
  }
}
