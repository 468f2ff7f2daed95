// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Testing

@testable import LabFirmware

@Suite struct ForeignFileTests {
  private func problem(_ path: String, in fixture: Fixture, limit: Int = 100) -> ForeignFile.Problem? {
    do throws(ForeignFile.Problem) {
      _ = try ForeignFile.contents(of: path, in: fixture.path, limit: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test func readsRegularFilesOnly() throws {
    let fixture = try Fixture([
      "a/b/file": "text", "link": "->a/b/file", "up": "->..", "a/inner": "->b", "loop": "->loop", "big": "1234567890",
    ])
    mkfifo(fixture.path + "/pipe", 0o600)
    #expect(try ForeignFile.contents(of: "a/b/file", in: fixture.path, limit: 4) == Array("text".utf8))
    #expect(problem("link", in: fixture) == .otherKind("a link"))
    #expect(problem("loop", in: fixture) == .otherKind("a link"))
    #expect(problem("a/inner/file", in: fixture) == .otherKind("a link or a file in place of a folder"))
    #expect(problem("up/\(fixture.path.split(separator: "/").last ?? "")/big", in: fixture) != nil)
    #expect(problem("pipe", in: fixture) == .otherKind("a pipe"))
    #expect(problem("a", in: fixture) == .otherKind("a folder"))
    #expect(problem("none", in: fixture) == .missing)
    #expect(problem("big", in: fixture, limit: 9) == .tooBig(limit: 9))
    for path in ["../x", "a/../big", "/etc/passwd", "a//b/file", "./big", "", "a/b/"] {
      #expect(problem(path, in: fixture) == .unreadable("its path leads out of the folder"), "\(path)")
    }
  }

  @Test func copiesWhatWasOpened() throws {
    let fixture = try Fixture(["file": "text", "other": "another text"])
    let file = try ForeignFile("file", in: fixture.path, limit: 100)
    #expect(rename(fixture.path + "/other", fixture.path + "/file") == 0)
    #expect(try file.copy(to: fixture.path + "/copy") == nil)
    #expect(try String(contentsOfFile: fixture.path + "/copy", encoding: .utf8) == "text")
    #expect(try file.copy(to: fixture.path + "/no/folder") == ENOENT)
  }

  @Test func aFileThatGrowsMeanwhileIsNotReadBeyondItsLimit() throws {
    let fixture = try Fixture(["file": "text"])
    let file = try ForeignFile("file", in: fixture.path, limit: 100)
    try fixture.write("file", String(repeating: "x", count: 200))
    #expect(throws: ForeignFile.Problem.tooBig(limit: 100)) { _ = try file.contents() }
  }
}

@Suite struct FolderRemovalTests {
  @Test func removesWhatCannotBeNamedOrEntered() throws {
    let fixture = try Fixture(["tree/closed/inner/file": "", "tree/link": "->..", "kept": "", "tree/out": "->../kept"])
    let tree = fixture.path + "/tree"
    mkfifo(tree + "/pipe", 0o600)
    // A path of 20,000 bytes.
    var parent = open(tree, O_RDONLY | O_DIRECTORY)
    for _ in 0..<2000 {
      #expect(mkdirat(parent, "0123456789", 0o700) == 0)
      let next = openat(parent, "0123456789", O_RDONLY | O_DIRECTORY)
      close(parent)
      parent = next
    }
    close(parent)
    for number in 0..<3000 { close(open("\(tree)/closed/inner/\(number)", O_CREAT | O_WRONLY, 0)) }
    chmod(tree + "/closed/inner", 0)
    chmod(tree + "/closed", 0)
    chmod(tree, 0)
    FolderRemoval.remove(tree)
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.path) == ["kept"])
  }

  @Test func aLinkIsRemovedAndNotFollowed() throws {
    let fixture = try Fixture(["kept/file": "", "link": "->kept"])
    FolderRemoval.remove(fixture.path + "/link")
    #expect(FileManager.default.fileExists(atPath: fixture.path + "/kept/file"))
  }
}

@Suite struct FolderUsageTests {
  private let usage = FolderUsage(bytes: 1 << 20, entries: 100, reserve: 0)

  private func excess(_ fixture: Fixture, _ usage: FolderUsage) -> FolderUsage.Excess? {
    do throws(FolderUsage.Excess) {
      try usage.check(fixture.path)
      return nil
    } catch {
      return error
    }
  }

  @Test func countsWhatLiesThere() throws {
    let fixture = try Fixture(["a/b": "x", "c": "->/", "d": "->d"])
    #expect(excess(fixture, usage) == nil)
    // A hole takes no room.
    truncate(fixture.path + "/a/b", 1 << 40)
    #expect(excess(fixture, usage) == nil)
    try fixture.write("big", String(repeating: "x", count: 1 << 20))
    #expect(excess(fixture, usage) == .folder)
  }

  @Test func countsFilesAndDepth() throws {
    let fixture = try Fixture()
    for number in 0..<100 { try fixture.write("\(number)", "") }
    #expect(excess(fixture, usage) == nil)
    try fixture.write("one-more", "")
    #expect(excess(fixture, usage) == .folder)
    let deep = try Fixture([String(repeating: "d/", count: 45): ""])
    #expect(excess(deep, usage) == .folder)
    #expect(excess(deep, FolderUsage(bytes: 1, entries: 1, reserve: 0)) == .folder)
  }

  /// A build removes and makes folders while they are counted.
  @Test func whatIsGoneHoldsNothing() throws {
    let fixture = try Fixture()
    #expect(throws: Never.self) { try usage.check(fixture.path + "/none") }
    #expect(throws: FolderUsage.Excess.folder) { try usage.check("/dev/null") }
  }

  @Test func asksForRoomOnTheDisk() throws {
    #expect(excess(try Fixture(), FolderUsage(bytes: 1, entries: 1, reserve: .max)) == .disk)
  }
}
