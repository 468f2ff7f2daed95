// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabFirmware
import LabModel
import LabSandbox

/// Opens what a student handed in.
///
/// An archive is hostile twice: to the program that reads it, and in what it would have that program write. So libarchive's
/// `bsdtar` runs in the sandbox, sees nothing but the archive, and may write to one file of bounded size: it turns the archive,
/// whatever its kind, into a plain tar. The lab itself reads that and writes the files, and only files: no link, no device, no
/// mode, no owner, and no name that leads out ever reaches the file system.
public struct SubmissionUnpacker: Sendable {
  /// Where archives are read.
  public var sandbox: Sandbox
  /// How much an archive may hold.
  public var limits: UnpackLimits

  /// - Parameters: as the properties of the same names.
  public init(sandbox: Sandbox, limits: UnpackLimits = UnpackLimits()) {
    self.sandbox = sandbox
    self.limits = limits
  }

  /// Opens a submission.
  /// - Parameters:
  ///   - submission: the submission.
  ///   - folder: where an archive is unpacked to: a folder that does not exist yet. It is the caller's to remove, and is gone
  ///     already if this throws. What is no archive stays where it is.
  /// - Returns: the path of what is to be built.
  /// - Throws: `SubmissionRefusal` if the submission is at fault, `LabError` if the lab is.
  public func unpack(_ submission: ClassSubmission, into folder: URL) async throws -> String {
    switch submission.form {
    case .plain: return ProgramFolder.path(in: submission.path)
    case .refused(let refusal): throw refusal
    case .archive: return try await unpack(archive: submission.path, into: folder)
    }
  }

  /// Whether a file is an archive by its name.
  /// - Parameter path: its path.
  public static func isArchive(_ path: String) -> Bool {
    ArchiveName.isArchive(URL(fileURLWithPath: path).lastPathComponent)
  }

  /// Unpacks an archive.
  /// - Parameters:
  ///   - archive: its absolute path.
  ///   - folder: a folder that does not exist yet, as above.
  /// - Returns: the path of what is to be built: where in the folder the program is.
  /// - Throws: `SubmissionRefusal` if the archive is at fault, `LabError` if the lab is.
  public func unpack(archive: String, into folder: URL) async throws -> String {
    try ArchiveFile.examine(archive, limits: limits)
    let work = try PrivateDirectory()
    let tar = work.path + "/archive.tar"
    guard FileManager.default.createFile(atPath: tar, contents: nil) else {
      throw LabError(
        code: "output.unwritable", message: "cannot write to \(work.path)", remedy: "set TMPDIR to a folder with room")
    }
    let readable = try Sandbox.readable(archive, in: work)
    let conversion = try await ArchiveConversion(sandbox: sandbox, limits: limits).convert(readable, to: tar)
    let data = try Data(contentsOf: URL(fileURLWithPath: tar), options: .alwaysMapped)
    let tree = try ArchiveTree(data, limits: limits, isWhole: conversion.isWhole)
    // What the entries show comes first: it says more than how the conversion ended.
    if let refusal = conversion.refusal { throw refusal }
    do {
      try tree.write(to: folder)
      try Task.checkCancellation()
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
    // The mapping must outlive the tree, which holds slices of it, and the file the mapping.
    withExtendedLifetime(work) {}
    return folder.path + tree.program
  }
}
