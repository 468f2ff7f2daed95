// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// The folder that a run leaves its evidence in. It belongs to one run only.
struct RunFolder: Sendable {
  /// The folder.
  let url: URL
  /// Its path as the caller knows it.
  private let shown: String
  private let identity: FileIdentity?

  /// Makes the folder that the caller asked for.
  /// - Parameter url: a folder that does not exist yet, or is empty: nothing is ever written over.
  init(at url: URL, shown: String) throws {
    try Self.makeFolder(url.deletingLastPathComponent(), shown: shown)
    if let code = Self.makeNewFolder(url) {
      let contents = try? FileManager.default.contentsOfDirectory(atPath: url.path)
      guard code == EEXIST, contents?.isEmpty == true else {
        guard code == EEXIST else { throw Self.error(shown, code: code, isUsage: true) }
        throw LabError(
          code: "output.exists", message: "\(shown) is there already\(contents == nil ? "" : " and is not empty")",
          remedy: "Name a folder that does not exist yet; a run writes over nothing.", isUsage: true)
      }
    }
    self.url = url
    self.shown = shown
    identity = FileIdentity(url.path)
  }

  /// Makes a folder of its own below `runs`: `<lab>-<local date and time>-<nnn>`. Runs that start together get different numbers.
  /// - Parameters:
  ///   - parent: the folder that holds `runs`.
  ///   - lab: the lab's id.
  ///   - date: when the run starts.
  init(below parent: URL, lab: String, date: Date) throws {
    let runs = parent.appending(path: "runs")
    try Self.makeFolder(runs, shown: runs.path)
    let stem = "\(Self.fileName(lab))-\(Self.timestamp(date))"
    for number in 1...999 {
      let digits = String(number)
      let url = runs.appending(path: "\(stem)-\(String(repeating: "0", count: 3 - digits.count))\(digits)")
      switch Self.makeNewFolder(url) {
      case nil:
        self.url = url
        shown = url.path
        identity = FileIdentity(url.path)
        return
      case EEXIST: continue
      case let code?: throw Self.error(url.path, code: code, isUsage: false)
      }
    }
    throw LabError(code: "output.exists", message: "\(runs.path) has 999 runs of this second already")
  }

  /// What has happened to the folder, if it has gone: that says more than whatever failed for it.
  var loss: LabError? {
    guard identity == nil || FileIdentity(url.path) != identity else { return nil }
    return LabError(
      code: "output.gone",
      message: "the run folder \(shown) was removed, moved or replaced while the lab was writing to it",
      remedy: "run it again, and leave the folder alone meanwhile")
  }

  /// Takes the folder away if nothing was recorded in it.
  /// - Returns: whether it did.
  func discardIfEmpty() -> Bool {
    rmdir(url.path) == 0
  }

  /// Writes a file whole or not at all.
  /// - Throws: `LabError`, with code `disk.full` where that is the reason.
  func write(_ text: String, to name: String) throws {
    try WholeFile.write(text, to: url.appending(path: name))
  }

  /// - Returns: the error number; `EEXIST` if there is anything at the place.
  private static func makeNewFolder(_ url: URL) -> Int32? {
    mkdir(url.path, 0o755) == 0 ? nil : errno
  }

  private static func makeFolder(_ url: URL, shown: String) throws {
    guard !FileManager.default.isFolder(url) else { return }
    try makeFolder(url.deletingLastPathComponent(), shown: shown)
    if let code = makeNewFolder(url), code != EEXIST || !FileManager.default.isFolder(url) {
      throw error(shown, code: code, isUsage: true)
    }
  }

  private static func error(_ shown: String, code: Int32, isUsage: Bool) -> LabError {
    let isDiskFull = code == ENOSPC || code == EDQUOT
    return LabError(systemCall: "make the run folder \(shown)", code: code, isUsage: isUsage && !isDiskFull)
  }

  private static func fileName(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "-" }.prefix(40))
  }

  private static func timestamp(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    strftime(&buffer, buffer.count, "%Y%m%d-%H%M%S", &parts)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
