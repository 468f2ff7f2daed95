// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import LabBatch

@Suite struct SubmissionDigestTests {
  private let folder: ClassFolder

  init() throws {
    folder = try ClassFolder()
  }

  private func digest(
    _ name: String, limits: SubmissionDigest.Limits = .init()
  ) throws -> (digest: String, refusal: SubmissionRefusal?) {
    let descriptor = open(folder.url.path, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    let entries = try #require(ClassFolderEntry.list(descriptor, limit: 1000)).entries
    return SubmissionDigest.of(try #require(entries.first { $0.name == name }), in: descriptor, limits: limits)
  }

  @Test func contentsAndRelativeNamesDecide() throws {
    try folder.write("ann/main.c", "a")
    try folder.write("bob/main.c", "a")
    try folder.write("eve/main.c", "b")
    try folder.write("tim/other.c", "a")
    try folder.write("zoe/main.c", "a")
    try folder.write("zoe/.DS_Store", "x")
    let digests = try ["ann", "bob", "eve", "tim", "zoe"].map { try digest($0).digest }
    #expect(digests[0] == digests[1] && digests[0] == digests[4])
    #expect(Set(digests).count == 3 && digests[0].count == 64)
  }

  @Test func bordersBetweenNamesAndContentsCount() throws {
    try folder.write("ann/a", "bc")
    try folder.write("bob/ab", "c")
    try folder.write("eve/a/b", "c")
    #expect(try Set(["ann", "bob", "eve"].map { try digest($0).digest }).count == 3)
  }

  @Test func anEnormousFileIsNotReadWhole() throws {
    // A hole of 500 GB: reading it would not end.
    let file = try folder.write("ann.c")
    try #require(truncate(file.path, 500 << 30) == 0)
    let (first, refusal) = try digest("ann.c")
    #expect(refusal == nil)
    #expect(try digest("ann.c").digest == first)
    try #require(truncate(file.path, (500 << 30) + 1) == 0)
    #expect(try digest("ann.c").digest != first)
  }

  @Test func aTreeBeyondTheLimitIsRefused() throws {
    for index in 0..<40 { try folder.write("ann/\(index).c") }
    var limits = SubmissionDigest.Limits()
    limits.entries = 30
    #expect(try digest("ann", limits: limits).refusal?.reason == "it has more than 30 files")
    limits.entries = 40
    #expect(try digest("ann", limits: limits).refusal == nil)
    try folder.write("eve/" + String(repeating: "d/", count: 40) + "main.c")
    #expect(try digest("eve").refusal?.reason == "it has folders more than 32 deep")
  }

  @Test func linksAndPipesInAFolderAreNotOpened() throws {
    try folder.write("ann/main.c")
    let plain = try digest("ann").digest
    try FileManager.default.createSymbolicLink(atPath: folder.path("ann/up"), withDestinationPath: "/")
    try #require(mkfifo(folder.path("ann/pipe"), 0o600) == 0)
    let (digest, refusal) = try digest("ann")
    #expect(refusal == nil && digest != plain)
  }

  @Test func tellsThatASubmissionIsNotWhatItWas() throws {
    let folder = try ClassFolder()
    try folder.write("ann.c")
    try folder.write("bob/main.c")
    try folder.write("-Ω ::x\n\u{202e}/main.c")
    symlink("ann.c", folder.path("link.c"))
    let all = try ClassIntake(folder: folder.url, roster: nil).submissions
    #expect(all.count == 4)
    for submission in all { #expect(submission.change(in: folder.url) == nil) }
    try folder.write("ann.c", "int other;\n")
    try folder.write("bob/more.c")
    try FileManager.default.removeItem(atPath: folder.path("-Ω ::x\n\u{202e}"))
    try FileManager.default.removeItem(atPath: folder.path("link.c"))
    let changes = Dictionary(uniqueKeysWithValues: all.map { ($0.student, $0.change(in: folder.url)?.message) })
    #expect(changes["ann"] == "\"ann.c\" has changed since the class was looked through")
    #expect(changes["bob"] == "\"bob\" has changed since the class was looked through")
    #expect(changes["-Ω ::x\n\u{202e}"]??.hasSuffix("is gone since the class was looked through") == true)
    // What is not opened anyhow has not been built either.
    #expect(changes["link"] == .some(nil))
    try FileManager.default.removeItem(at: folder.url)
    #expect(all[1].change(in: folder.url)?.message.contains("is gone, with the folder of the class") == true)
  }
}
