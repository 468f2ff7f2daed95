// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Objects by the hash of all that went into them, each with what the compiler printed.
///
/// Several labs may use it at a time: a file appears under its name whole or not at all.
struct ObjectCache: Sendable {
  /// The folder.
  let folder: String

  /// How many objects are kept before the oldest are removed.
  private static let capacity = 4000

  /// - Parameter cache: the lab's cache folder; created if it is not there.
  init(cache: String) throws {
    folder = cache + "/objects"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw LabError(
        code: "cache.unwritable", message: "cannot write to \(folder): \(error.localizedDescription)",
        remedy: "set XDG_CACHE_HOME to a folder with room")
    }
  }

  /// The path of an object, whether it is there or not.
  func object(_ key: String) -> String { "\(folder)/\(key).o" }

  /// What the compiler printed when it made an object; `nil` if there is no such object.
  func log(_ key: String) -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: object(key)),
      let log = FileManager.default.contents(atPath: "\(folder)/\(key).log")
    else { return nil }
    return Array(log)
  }

  /// Takes up an object.
  /// - Parameters:
  ///   - path: where the compiler left it; it is moved or copied away.
  ///   - key: the hash of all that went into it.
  ///   - log: what the compiler printed.
  func store(_ path: String, as key: String, log: [UInt8]) throws {
    let draft = "\(folder)/.\(UUID().uuidString)"
    do {
      // The log first: an object without one does not count.
      try Data(log).write(to: URL(fileURLWithPath: draft))
      try replace("\(folder)/\(key).log", with: draft)
      try FileManager.default.copyItem(atPath: path, toPath: draft)
      try replace(object(key), with: draft)
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw LabError(
        code: "cache.unwritable", message: "cannot write to \(folder): \(error.localizedDescription)",
        remedy: "free some room on the disk, or set XDG_CACHE_HOME to a folder with room")
    }
  }

  private func replace(_ path: String, with draft: String) throws {
    guard rename(draft, path) == 0 else { throw LabError(systemCall: "rename") }
  }

  /// Removes the objects that were made longest ago, if there are too many.
  func prune() {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), names.count > 2 * Self.capacity
    else {
      return
    }
    let dated = names.map { name -> (String, Int) in
      var status = stat()
      return (name, lstat("\(folder)/\(name)", &status) == 0 ? status.st_mtim.tv_sec : 0)
    }
    for (name, _) in dated.sorted(by: { $0.1 < $1.1 }).prefix(names.count / 2) {
      unlink("\(folder)/\(name)")
    }
  }
}
