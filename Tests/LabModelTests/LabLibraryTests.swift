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

  @Test func saysThatThereAreNone() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    #expect(throws: LabError.self) { try LabLibrary(root: empty).labs() }
  }
}
