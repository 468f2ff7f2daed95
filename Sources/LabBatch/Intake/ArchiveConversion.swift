// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabSandbox

/// Turns an archive of any kind into a plain tar, in the sandbox.
struct ArchiveConversion {
  let sandbox: Sandbox
  let limits: UnpackLimits

  /// How it ended.
  struct Outcome {
    /// Whether the tar holds all that the archive does.
    var isWhole: Bool
    /// Why the archive is refused, if it is.
    var refusal: SubmissionRefusal?
  }

  /// - Parameters:
  ///   - archive: its absolute path.
  ///   - tar: an existing, empty file.
  /// - Throws: `LabError` if the lab failed.
  func convert(_ archive: String, to tar: String) async throws -> Outcome {
    guard let bsdtar = HelperExecutable.search("bsdtar") else {
      throw LabError(
        code: "archive.noReader", message: "there is an archive, and bsdtar, which opens it, is not installed",
        remedy: "run ./setup, or install the package libarchive-tools")
    }
    let skipped = (Submission.generatedFolders.sorted() + [".git", "__MACOSX"]).flatMap { ["--exclude", $0] }
    func run(
      _ options: [String], _ operand: String, writing: [SandboxedCommand.Bind] = []
    ) async throws -> CommandResult {
      let command = SandboxedCommand(
        bsdtar, options + skipped + [operand], binds: [.readOnly(archive)] + writing,
        seesProcesses: false,
        limits: ResourceLimits(
          addressSpace: limits.memory, memory: limits.memory, cpuSeconds: limits.processorSeconds,
          fileSize: UInt64(limits.totalSize),
          processes: 16, temporaryStorage: 1 << 20))
      return try await sandbox.run(command, timeout: limits.timeout, outputLimit: 16 << 10)
    }
    let name = quoted(URL(fileURLWithPath: archive).lastPathComponent)
    if let refusal = Self.refusal(of: try await run(["-tvvv"], "--file=" + archive), name: name) {
      return Outcome(isWhole: false, refusal: refusal)
    }
    let result = try await run(["-c", "-f", tar, "--format", "pax"], "@" + archive, writing: [.readWrite(tar)])
    let outcome = try outcome(result, archive: archive, name: name, tar: tar)
    let hasSums = [".zip", ".7z"].contains(where: archive.lowercased().hasSuffix)
    guard hasSums, outcome.refusal == nil else { return outcome }
    // Converting takes a file whose sum is wrong for a whole one. Reading everything once more, to nowhere, does not.
    return try self.outcome(await run(["-x", "-O"], "--file=" + archive), archive: archive, name: name, tar: tar)
  }

  /// Refuses a list (mtree(5)) in place of an archive: the files that it names are the host's. The last line of a listing tells the kind; an archive that cannot
  /// be listed cannot be unpacked, and that tells more.
  private static func refusal(of listing: CommandResult, name: String) -> SubmissionRefusal? {
    let kind = listing.output.split(separator: UInt8(ascii: "\n")).last.map { String(decoding: $0, as: UTF8.self) }
    guard listing.termination == .exited(0), let kind, kind.hasPrefix("Archive Format: "),
      kind.lowercased().contains("mtree")
    else { return nil }
    return SubmissionRefusal("\(name) is a list of files, and holds none", hint: SubmissionRefusal.anew)
  }

  private func outcome(_ result: CommandResult, archive: String, name: String, tar: String) throws -> Outcome {
    func refused(_ reason: String, hint: String) -> Outcome {
      Outcome(isWhole: false, refusal: SubmissionRefusal("\(name) \(reason)", hint: hint))
    }
    let tooMuchMemory = refused(
      "takes more than \(limits.memory >> 20) MiB of memory to unpack", hint: "make a .zip of it")
    var status = stat()
    let size = stat(tar, &status) == 0 ? Int(status.st_size) : 0
    // What is said of a submission does not depend on where it lies.
    let messages = String(decoding: result.errors, as: UTF8.self)
      .replacing(archive, with: URL(fileURLWithPath: archive).lastPathComponent).replacing(tar, with: "archive.tar")
    switch result.termination {
    case .exited(0):
      return Outcome(isWhole: true)
    case _ where size >= limits.totalSize:
      return refused("unpacks to more than \(limits.totalSize >> 20) MiB", hint: SubmissionRefusal.sourcesAlone)
    case .signalled(SIGXCPU):
      return refused("takes more than \(limits.processorSeconds) s to unpack", hint: SubmissionRefusal.sourcesAlone)
    case .timedOut:
      throw LabError(
        code: "archive.timeout", message: "\(name) was not unpacked within \(limits.timeout)",
        remedy: "the computer is busy: grade it again")
    case .outOfMemory: return tooMuchMemory
    case .signalled(SIGKILL), .lost, .notStarted:
      throw LabError(
        code: "archive.killed", message: "the program that unpacks \(name) was killed",
        remedy: "the computer may be out of memory: grade it again")
    case .signalled(let signal):
      return refused("cannot be unpacked (signal \(signal))", hint: SubmissionRefusal.anew)
    case .exited:
      try checkRoom(messages, folder: URL(fileURLWithPath: tar).deletingLastPathComponent().path)
      if messages.localizedStandardContains("passphrase") || messages.localizedStandardContains("encrypt") {
        return refused("is locked with a password", hint: "make the archive without one")
      }
      if messages.contains("Cannot allocate memory") || messages.contains("Can't allocate") {
        return tooMuchMemory
      }
      return refused("cannot be unpacked (\(Self.reason(messages)))", hint: SubmissionRefusal.anew)
    }
  }

  /// The first of the reader's messages.
  private static func reason(_ messages: String) -> String {
    let line = messages.prefix { !$0.isNewline }
    let text = String(line.hasPrefix("bsdtar: ") ? line.dropFirst(8) : line)
    return text.isEmpty ? "it says no more" : quoted(text)
  }

  /// Tells a full disk, which is not the student's fault, from a damaged archive. Names in the archive can make the reader say
  /// anything, so the disk is asked as well.
  private func checkRoom(_ messages: String, folder: String) throws {
    var status = statvfs()
    guard messages.contains("No space left on device"), statvfs(folder, &status) == 0,
      UInt64(status.f_bavail) * UInt64(status.f_frsize) < UInt64(limits.totalSize)
    else { return }
    throw LabError(archiveDiskFull: folder)
  }
}

extension LabError {
  /// There is no room to unpack.
  init(archiveDiskFull folder: String) {
    self.init(
      code: "disk.full", message: "there is no room left in \(folder)",
      remedy: "free some room, or set TMPDIR to a folder with room")
  }
}
