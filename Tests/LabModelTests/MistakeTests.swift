// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabModel

@Suite struct MistakeTests {
  private static let yaml = """
    mistake: sample
    title: A sample
    wire: On the wire.
    uart: On the console.
    hint: What to think of.
    shown: {lab: "3", submission: wrong/sample.c}
    """

  @Test func readsAMistake() throws {
    let mistake = try Mistake(yaml: Self.yaml + "\nchapter: 2", file: "m.yaml")
    #expect(mistake.id == "sample")
    #expect(mistake.chapter == "2")
    #expect(mistake.hint.words(in: .swift) == "What to think of.")
    #expect(mistake.shown == .init(lab: "3", submission: "wrong/sample.c"))
  }

  @Test func aHintMayHaveItsOwnWordsForSwift() throws {
    let hint = try Mistake(yaml: Self.yaml + "\nhint_swift: What to think of in Swift.", file: "m.yaml").hint
    #expect(hint.words(in: .swift) == "What to think of in Swift.")
    #expect(hint.words(in: .c) == "What to think of.")
    #expect(hint.words(in: nil) == "What to think of.")
  }

  @Test(arguments: [
    ("hint: What to think of.", "hnit: x", "m.yaml:5:1: unknown key 'hnit'"),
    ("title: A sample\n", "", "m.yaml:1:1: a mistake needs 'title'"),
    ("submission: wrong/sample.c", "submision: x", "m.yaml:6:19: unknown key 'submision'"),
  ]) func refusesWhatIsNoMistake(text: String, replacement: String, message: String) throws {
    let yaml = Self.yaml.replacingOccurrences(of: text, with: replacement)
    let error = #expect(throws: LabError.self) { try Mistake(yaml: yaml, file: "m.yaml") }
    #expect(error?.message == message)
  }

  @Test func theIdIsTheFilesName() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mistakes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(Self.yaml.utf8).write(to: folder.appending(path: "sample.yaml"))
    #expect(try MistakeCatalogue(folder: folder) { $0.lastPathComponent }["sample"]?.title == "A sample")
    try Data(Self.yaml.utf8).write(to: folder.appending(path: "other.yaml"))
    let error = #expect(throws: LabError.self) { try MistakeCatalogue(folder: folder) { $0.lastPathComponent } }
    #expect(error?.message == "other.yaml: the mistake is called 'sample', its file 'other'")
  }

  @Test func theCatalogueOfTheLabsCanBeRead() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    let catalogue = try LabLibrary(root: root).mistakes()
    for id in ["port-byte-order", "stack-overflow", "busy-loop", "task-returns"] { #expect(catalogue[id] != nil) }
  }
}
