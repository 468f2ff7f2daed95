// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabCommands

@Suite struct ResultsFolderTests {
  private let fixture: Fixture
  private let results: ResultsFolder
  private var url: URL { fixture.root.appending(path: "grades") }

  init() throws {
    fixture = try Fixture()
    results = try ResultsFolder(
      at: fixture.root.appending(path: "grades"), shown: "grades", besides: fixture.root.appending(path: "class"))
  }

  @Test func nothingIsMadeWhereItHasGone() throws {
    try results.check()
    _ = try results.makeRunFolder("runs/ann/1")
    try FileManager.default.moveItem(at: url, to: fixture.root.appending(path: "moved"))
    #expect { try results.check() } throws: { ($0 as? LabError)?.code == "output.gone" }
    #expect { try results.makeRunFolder("runs/ann/2") } throws: { ($0 as? LabError)?.code == "output.gone" }
    #expect(!FileManager.default.fileExists(atPath: url.path))
    try Data().write(to: url)
    #expect { try results.check() } throws: { ($0 as? LabError)?.code == "output.gone" }
    try FileManager.default.removeItem(at: url)
    try FileManager.default.moveItem(at: fixture.root.appending(path: "moved"), to: url)
    try results.check()
  }

  @Test(.enabled(if: geteuid() != 0, "root may write anywhere")) func oneThatCannotBeWrittenToIsNamed() throws {
    chmod(url.path, 0o555)
    defer { chmod(url.path, 0o755) }
    #expect { try results.check() } throws: {
      let error = $0 as? LabError
      return error?.code == "file.denied" && error?.isUsage == false
    }
  }
}
