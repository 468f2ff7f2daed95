// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// What a new lab begins with: the files of `labs/template/`, in which the lab's names are filled in.
struct LabTemplate: Sendable {
  /// Where labs and firmware lie.
  let checkout: Checkout

  /// How a new lab is called, made from its folder's name.
  struct Names: Equatable, Sendable {
    /// The folder below `labs/` and `firmware/`.
    var folder: String
    /// What `lab run` takes: the number at the beginning of the folder's name, or all of it.
    var id: String
    /// The short name: the folder's without its number.
    var name: String
    /// The title, for people.
    var title: String

    /// - Parameters:
    ///   - folder: the folder's name, such as `08-greeter` or `greeter`.
    ///   - title: the title; made from the name where nil.
    /// - Throws: `LabError` if no folder can be called so.
    init(folder: String, title: String?) throws {
      guard folder.count <= 40, let match = Self.pattern.wholeMatch(in: folder), let name = match[2].map(String.init)
      else {
        throw LabError(
          code: "lab.name", message: "a lab cannot be called '\(folder)'",
          remedy:
            "Take small letters, digits and single hyphens, with or without a number before them: greeter, 08-greeter.",
          isUsage: true)
      }
      self.folder = folder
      self.name = name
      id = match[1].map(String.init) ?? name
      let words = name.replacing("-", with: " ")
      let title = title ?? words.prefix(1).uppercased() + words.dropFirst()
      guard !title.isEmpty, !title.contains(where: { $0.isNewline || $0 == "\"" || $0 == "\\" }) else {
        throw LabError(
          code: "lab.name", message: "a title is one line without quotes and backslashes", isUsage: true)
      }
      self.title = title
    }

    private static let pattern = Pattern("(?:0*([1-9][0-9]*)-)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")

    /// Fills the names into a file's text.
    func filled(into text: String) -> String {
      [
        "@FOLDER@": folder, "@ID@": id, "@NAME@": name, "@TITLE@": title,
        "@PROJECT@": name.replacing("-", with: "_"),
      ].reduce(text) { $0.replacing($1.key, with: $1.value) }
    }
  }

  /// Makes the folders of a new lab.
  /// - Returns: those folders.
  /// - Throws: `LabError` if there is such a lab already, or the folders cannot be written; nothing is left of them then.
  func make(_ names: Names) throws -> [URL] {
    try refuseTwin(of: names)
    let template = checkout.root.appending(path: "labs/template")
    let targets = [
      (template.appending(path: "lab"), checkout.root.appending(path: "labs").appending(path: names.folder)),
      (template.appending(path: "firmware"), checkout.root.appending(path: "firmware").appending(path: names.folder)),
    ]
    for (source, target) in targets {
      guard FileManager.default.isFolder(source) else {
        throw LabError(code: "lab.template", message: "the template is not there: \(source.path)")
      }
      guard !FileManager.default.fileExists(atPath: target.path) else {
        throw LabError(
          code: "lab.exists", message: "\(target.path) is there already", remedy: "Take another name.", isUsage: true)
      }
    }
    do {
      for (source, target) in targets { try copy(source, to: target, names) }
    } catch {
      for (_, target) in targets { try? FileManager.default.removeItem(at: target) }
      throw LabError(code: "lab.template", message: "the lab cannot be written: \(error.localizedDescription)")
    }
    return targets.map(\.1)
  }

  private func refuseTwin(of names: Names) throws {
    // Where a lab file cannot be read it has no names that could be taken.
    let labs = ((try? checkout.library.files()) ?? []).compactMap { try? checkout.library.lab(at: $0) }
    guard
      let twin = labs.first(where: { [$0.id, $0.name].contains(names.id) || [$0.id, $0.name].contains(names.name) })
    else { return }
    throw LabError(
      code: "lab.exists", message: "there is a lab '\(twin.id)' already: \(twin.name), \(twin.title)",
      remedy: "Take another number or name.", isUsage: true)
  }

  private func copy(_ source: URL, to target: URL, _ names: Names) throws {
    let manager = FileManager.default
    try manager.createDirectory(at: target, withIntermediateDirectories: true)
    for entry in try manager.contentsOfDirectory(at: source, includingPropertiesForKeys: nil) {
      let place = target.appending(path: entry.lastPathComponent)
      if manager.isFolder(entry) {
        try copy(entry, to: place, names)
      } else {
        try Data(names.filled(into: try String(contentsOf: entry, encoding: .utf8)).utf8).write(to: place)
      }
    }
  }
}
