// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabSandbox
import Testing

@testable import LabBatch

@Suite(.timeLimit(.minutes(120))) struct SubmissionUnpackerTests {
  private let folder: ClassFolder
  private let target: URL

  init() throws {
    folder = try ClassFolder()
    target = folder.url.appending(path: "target")
  }

  /// Every path in the folder with what is in it.
  private func contents() -> [String: Data] {
    let paths = FileManager.default.enumerator(atPath: folder.url.path)?.compactMap { $0 as? String } ?? []
    return Dictionary(
      uniqueKeysWithValues: paths.map { ($0, FileManager.default.contents(atPath: folder.path($0)) ?? Data()) })
  }

  private func unpack(_ file: String, limits: UnpackLimits = UnpackLimits()) async throws -> String {
    try await SubmissionUnpacker(sandbox: Sandbox(), limits: limits).unpack(archive: folder.path(file), into: target)
  }

  @Test(arguments: HostileArchive.escapes + HostileArchive.bombs + HostileArchive.broken)
  func whatAnArchiveMustNotDoIsRefusedAndLeavesNoTrace(archive: HostileArchive) async throws {
    try folder.write("canary", "alive")
    try ArchiveMaker.run(archive.script, in: folder)
    let before = contents()
    let refusal = await #expect(throws: SubmissionRefusal.self) { try await unpack(archive.file) }
    #expect(refusal?.reason.contains(archive.reason) == true, "\(refusal?.reason ?? "none")")
    #expect(refusal?.hint.isEmpty == false)
    #expect(contents() == before)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/lab-abs.c"))
  }

  @Test func whatKeepsTheProcessorBusyIsRefused() async throws {
    // 8 GB of zeros that need not even be written: they lie in a folder that is skipped.
    try ArchiveMaker.run(
      """
      info = tarfile.TarInfo('build/zeros.o')
      info.size = (8 << 30) - 512
      piece = gzip.compress(bytes(64 << 20), 9)
      with open('a.tar.gz', 'wb') as out:
          out.write(gzip.compress(info.tobuf()))
          for _ in range(128): out.write(piece)
      """, in: folder)
    var limits = UnpackLimits()
    limits.processorSeconds = 1
    let refusal = await #expect(throws: SubmissionRefusal.self) { try await unpack("a.tar.gz", limits: limits) }
    #expect(refusal?.reason == #""a.tar.gz" takes more than 1 s to unpack"#)

    limits.processorSeconds = 600
    let task = Task { [limits] in try await unpack("a.tar.gz", limits: limits) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(!FileManager.default.fileExists(atPath: target.path))

    limits.timeout = .milliseconds(100)
    let error = await #expect(throws: LabError.self) { try await unpack("a.tar.gz", limits: limits) }
    #expect(error?.code == "archive.timeout")
  }

  @Test(arguments: ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz"])
  func everyKindOfArchiveIsUnpacked(file: String) async throws {
    let entries = "[('main.c', b'int x;'), ('sub/other.h', b'')]"
    let mode = ["gz": "w:gz", "tgz": "w:gz", "bz2": "w:bz2", "xz": "w:xz"][String(file.split(separator: ".").last!)]
    try ArchiveMaker.run(
      file == "a.zip" ? "zip('\(file)', \(entries))" : "tar('\(file)', \(entries), '\(mode ?? "w")')", in: folder)
    #expect(try await unpack(file) == target.path)
    #expect(try String(contentsOfFile: target.path + "/main.c", encoding: .utf8) == "int x;")
    #expect(FileManager.default.fileExists(atPath: target.path + "/sub/other.h"))
  }

  @Test(arguments: [
    (["main.c", "readme.txt"], ""),
    (["lab3/main.c", "lab3/util.h", "__MACOSX/lab3/._main.c", ".DS_Store"], "/lab3"),
    (["CMakeLists.txt", "main/main.c", "main/CMakeLists.txt"], ""),
    (["lab3/CMakeLists.txt", "lab3/main/main.c", "report.pdf"], "/lab3"),
    (["a/b/c/main.c"], "/a/b/c"),
    (["./a/x.c", "./b/y.h"], ""),
    (["main.c", "build/main.o", ".git/config", "managed_components/x/y.c"], ""),
  ])
  func theProgramIsFoundInTheUsualShapes(files: [String], program: String) async throws {
    let entries = files.map { "('\($0)', b'int x;')" }.joined(separator: ", ")
    try ArchiveMaker.run("tar('a.tar', [\(entries)])", in: folder)
    #expect(try await unpack("a.tar") == target.path + program)
    #expect(try Submission(at: target.path + program).sources.count == 1)
    let found = FileManager.default.subpaths(atPath: target.path) ?? []
    #expect(!found.contains { $0.contains("MACOSX") || $0.contains("build") || $0.hasPrefix(".") })
  }

  @Test func linksInsideAreFilesAndModesAreForgotten() async throws {
    try ArchiveMaker.run(
      """
      tar('a.tar', [('main.c', b'int x;'), ('d/s.c', dict(type=SYMTYPE, linkname='../main.c')),
                    ('h.c', dict(type=LNKTYPE, linkname='main.c'))])
      with tarfile.open('a.tar', 'a') as archive:
          info = tarfile.TarInfo('suid.c')
          info.mode = 0o7777
          archive.addfile(info)
      """, in: folder)
    _ = try await unpack("a.tar")
    for name in ["main.c", "d/s.c", "h.c", "suid.c"] {
      var status = stat()
      #expect(lstat(target.path + "/" + name, &status) == 0)
      #expect(status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o7111 == 0 && status.st_nlink == 1)
      #expect(name == "suid.c" ? status.st_size == 0 : status.st_size == 6)
    }
  }

  @Test func oddNamesAreUnpacked() async throws {
    try ArchiveMaker.run(
      """
      names = ['new\\nline.c', 'quote\\"\\'.c', '-rf.c', '%2e%2e.c', '\\u202ec.nna', 'é' * 100 + '.c', 'a*?[]{}~.c']
      tar('a.tar', [(name, b'x') for name in names])
      with tarfile.open('a.tar', 'a', format=tarfile.GNU_FORMAT, encoding='latin-1') as archive:
          archive.addfile(tarfile.TarInfo('caf\\xe9.c'))
      """, in: folder)
    _ = try await unpack("a.tar")
    #expect(FileManager.default.subpaths(atPath: target.path)?.count == 8)
  }

  @Test func whatIsNoArchiveStaysWhereItIs() async throws {
    try folder.write("class/ann/lab3/main.c")
    try folder.write("class/eve.c")
    try FileManager.default.createSymbolicLink(atPath: folder.path("class/tim.c"), withDestinationPath: "/etc/passwd")
    let intake = try ClassIntake(folder: folder.url.appending(path: "class"), roster: nil)
    let unpacker = try SubmissionUnpacker(sandbox: Sandbox())
    #expect(try await unpacker.unpack(intake.submissions[0], into: target) == folder.path("class/ann/lab3"))
    #expect(try await unpacker.unpack(intake.submissions[1], into: target) == folder.path("class/eve.c"))
    await #expect(throws: SubmissionRefusal.self) { try await unpacker.unpack(intake.submissions[2], into: target) }
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }

  @Test func anArchiveThatIsALinkIsNotRead() async throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path("a.zip"), withDestinationPath: "/etc/passwd")
    await #expect(throws: SubmissionRefusal.self) { try await unpack("a.zip") }
  }
}
