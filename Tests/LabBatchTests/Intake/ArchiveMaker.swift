// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Makes archives with Python's own modules.
enum ArchiveMaker {
  /// Runs a script in a folder, with `tar` and `zip` at hand: each takes the archive's name and a list of entries, and an entry
  /// is a name with contents or, for `tar`, with `dict(type=…, linkname=…, mode=…)`.
  static func run(_ script: String, in folder: ClassFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", prelude + script]
    process.currentDirectoryURL = folder.url
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let message = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(String(decoding: message, as: UTF8.self))")
  }

  private static let prelude = """
    import gzip, io, os, struct, subprocess, tarfile, zipfile
    from tarfile import SYMTYPE, LNKTYPE, CHRTYPE, FIFOTYPE, DIRTYPE

    def tar(name, entries, mode='w'):
        with tarfile.open(name, mode) as archive:
            for path, what in entries:
                info = tarfile.TarInfo(path)
                if isinstance(what, dict):
                    for key, value in what.items(): setattr(info, key, value)
                    archive.addfile(info)
                else:
                    info.size = len(what)
                    archive.addfile(info, io.BytesIO(what))

    def zip(name, entries):
        with zipfile.ZipFile(name, 'w', zipfile.ZIP_DEFLATED) as archive:
            for path, what in entries: archive.writestr(path, what)

    def link(path):
        info = zipfile.ZipInfo(path)
        info.create_system, info.external_attr = 3, 0o120777 << 16
        return info

    """
}
