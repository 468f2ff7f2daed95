// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabModel

@Suite struct LabLibraryTests {
  private let library = LabLibrary(
    root: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL)

  @Test func readsTheLabsThatAreHere() throws {
    let labs = try library.labs()
    #expect(labs.contains { $0.id == "3" && $0.name == "command-server" && $0.points == 100 })
  }

  @Test(arguments: ["3", "command-server", "03-command-server"]) func findsALab(name: String) throws {
    #expect(try library.lab(named: name).id == "3")
  }

  @Test func listsWhatThereIsForAnUnknownLab() throws {
    let error = #expect(throws: LabError.self) { try library.lab(named: "comand-server") }
    #expect(error?.code == "lab.unknown")
    #expect(error?.remedy?.hasPrefix("Did you mean 'command-server'?") == true)
    #expect(error?.remedy?.contains("3  command-server") == true)
  }

  /// One broken file beside a good one.
  @Test func oneThatCannotBeReadHidesNoOther() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: root) }
    for name in ["labs", "labs/mistakes", "labs/01-broken", "labs/02-twin"] {
      try FileManager.default.createDirectory(at: root.appending(path: name), withIntermediateDirectories: true)
    }
    let good = try #require(try library.file(expectedOf: "3")).deletingLastPathComponent()
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "labs/03-command-server"), withDestinationURL: good)
    for entry in try FileManager.default.contentsOfDirectory(atPath: library.mistakesFolder.path) {
      try FileManager.default.copyItem(
        at: library.mistakesFolder.appending(path: entry), to: root.appending(path: "labs/mistakes/" + entry))
    }
    try Data("lab: [".utf8).write(to: root.appending(path: "labs/01-broken/lab.yaml"))
    try FileManager.default.copyItem(
      at: good.appending(path: "lab.yaml"), to: root.appending(path: "labs/02-twin/lab.yaml"))

    let broken = LabLibrary(root: root)
    let (labs, problems) = try broken.readableLabs()
    #expect(labs.map(\.id) == ["3"])
    #expect(problems.count == 2 && problems[0].message.hasPrefix("labs/01-broken/lab.yaml"), "\(problems)")
    #expect(problems.last?.message.contains("another lab is called '3'") == true)
    #expect(throws: problems[0]) { try broken.labs() }
    #expect(try broken.lab(named: "command-server").id == "3")
    // The one that is meant says what is wrong with it; one that is not there says which cannot be read.
    #expect(throws: problems[0]) { try broken.lab(named: "1") }
    let unknown = #expect(throws: LabError.self) { try broken.lab(named: "none") }
    #expect(unknown?.remedy?.contains("not readable: labs/01-broken/lab.yaml") == true)
    #expect(LabError(all: problems)?.message.split(separator: "\n").count == 2)
    #expect(LabError(all: []) == nil)
  }

  @Test func saysThatThereAreNone() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    #expect(throws: LabError.self) { try LabLibrary(root: empty).labs() }
  }
}
