// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabCommands

@Suite struct RunFolderTests {
  private let fixture: Fixture
  private var root: URL { fixture.root }

  init() throws {
    fixture = try Fixture()
  }

  @Test func numbersRunsOfTheSameSecond() throws {
    let date = Date(timeIntervalSince1970: 1_790_000_000)
    let names = try (1...3).map { _ in try RunFolder(below: root, lab: "3", date: date).url.lastPathComponent }
    #expect(Set(names).count == 3)
    #expect(names[0].wholeMatch(of: /3-\d{8}-\d{6}-001/) != nil)
    #expect(names[2].hasSuffix("-003"))
  }

  @Test func givesRunsThatStartTogetherTheirOwnFolders() async throws {
    let date = Date(timeIntervalSince1970: 1_790_000_000)
    let root = root
    let names = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<20 {
        group.addTask { try RunFolder(below: root, lab: "3", date: date).url.path }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(names.count == 20)
  }

  @Test func keepsTheLabsNameInsideTheFolder() throws {
    let folder = try RunFolder(below: root, lab: "../../x y", date: Date())
    #expect(folder.url.deletingLastPathComponent().standardizedFileURL.path == root.path + "/runs")
    #expect(folder.url.lastPathComponent.hasPrefix("------x-y-"))
  }

  @Test func takesANewOrEmptyFolderOnly() throws {
    let new = root.appending(path: "a/b/c")
    _ = try RunFolder(at: new, shown: "a/b/c")
    // Empty as it is, it does.
    let folder = try RunFolder(at: new, shown: "a/b/c")
    try folder.write("{}", to: "result.json")
    #expect { try RunFolder(at: new, shown: "a/b/c") } throws: {
      ($0 as? LabError)?.code == "output.exists" && ($0 as? LabError)?.isUsage == true
    }
    #expect { try RunFolder(at: root.appending(path: "Package.swift"), shown: "x") } throws: {
      ($0 as? LabError)?.code == "output.exists"
    }
    #expect { try RunFolder(at: root.appending(path: "Package.swift/x"), shown: "x") } throws: {
      ($0 as? LabError)?.isUsage == true
    }
  }

  @Test func writesWholeFiles() throws {
    let folder = try RunFolder(at: root.appending(path: "run"), shown: "run")
    try folder.write("one", to: "result.json")
    try folder.write("two", to: "result.json")
    #expect(try String(contentsOf: folder.url.appending(path: "result.json"), encoding: .utf8) == "two")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["result.json"])
  }

  @Test func leavesNothingBehindAWriteThatFails() throws {
    let folder = try RunFolder(at: root.appending(path: "run"), shown: "run")
    // A folder in the file's place lets the last step fail.
    try fixture.write("", to: "run/result.json/x")
    #expect(throws: LabError.self) { try folder.write("text", to: "result.json") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["result.json"])
  }

  @Test func namesAFullDisk() {
    let error = LabError(systemCall: "write result.json", code: ENOSPC)
    #expect(error.code == "disk.full")
    #expect(error.message == "cannot write result.json: the disk is full")
    #expect(!error.isUsage)
  }

  @Test func goesOnlyWhenItIsEmpty() throws {
    let folder = try RunFolder(at: root.appending(path: "run"), shown: "run")
    try folder.write("text", to: "build.log")
    #expect(!folder.discardIfEmpty())
    let empty = try RunFolder(at: root.appending(path: "empty"), shown: "empty")
    #expect(empty.discardIfEmpty())
  }

  @Test func saysThatItHasGone() throws {
    let url = root.appending(path: "run")
    let folder = try RunFolder(at: url, shown: "my/run")
    #expect(folder.loss == nil)
    try FileManager.default.moveItem(at: url, to: root.appending(path: "other"))
    #expect(folder.loss?.message.hasPrefix("the run folder my/run was removed") == true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    #expect(folder.loss?.code == "output.gone")
    try FileManager.default.removeItem(at: url)
    try FileManager.default.moveItem(at: root.appending(path: "other"), to: url)
    #expect(folder.loss == nil)
  }
}
