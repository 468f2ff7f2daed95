// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Checks lab files and what belongs to them.
struct LabValidator: Sendable {
  /// What is wrong with one lab file; nothing if it is valid.
  struct Finding: Encodable, Sendable {
    var file: String
    var problems: [LabError]
  }

  /// Where the firmware lies.
  let checkout: Checkout

  /// - Parameters:
  ///   - files: the lab files.
  ///   - shown: a path as the caller knows it.
  func validate(_ files: [URL], shown: (URL) -> String) -> [Finding] {
    var seen: [String: String] = [:]
    return files.map { file in
      let name = shown(file)
      do {
        let lab = try checkout.library.lab(at: file)
        var problems = missing(lab, file, name)
        do { _ = try checkout.library.equalMutants(of: lab) } catch let error as LabError { problems.append(error) }
        for word in Set([lab.id, lab.name]) {
          if let other = seen.updateValue(name, forKey: word) {
            problems.append(problem(name, "the lab '\(word)' is in \(other) as well"))
          }
        }
        return Finding(file: name, problems: problems)
      } catch let error as LabError {
        return Finding(file: name, problems: [error])
      } catch {
        return Finding(file: name, problems: [problem(name, "\(error)")])
      }
    }
  }

  private func missing(_ lab: Lab, _ file: URL, _ name: String) -> [LabError] {
    let folder = file.deletingLastPathComponent()
    let manager = FileManager.default
    var problems: [LabError] = []
    if !manager.fileExists(atPath: folder.appending(path: "README.md").path) {
      problems.append(problem(name, "the exercise's text, README.md, is not beside it"))
    }
    let firmware = checkout.root.appending(path: "firmware").appending(path: lab.firmware)
    if !manager.isFolder(firmware) {
      problems.append(problem(name, "there is no folder firmware/\(lab.firmware)"))
    } else if !manager.fileExists(atPath: firmware.appending(path: "CMakeLists.txt").path) {
      problems.append(problem(name, "firmware/\(lab.firmware) is not an ESP-IDF project: it has no CMakeLists.txt"))
    }
    let starter = folder.appending(path: "starter")
    if !manager.isFolder(starter) {
      problems.append(problem(name, "there is no starter: the folder 'starter' is not beside it"))
    }
    return problems
  }

  func problem(_ name: String, _ text: String) -> LabError {
    LabError(code: "lab.incomplete", message: "\(name): \(text)", isUsage: true)
  }
}
