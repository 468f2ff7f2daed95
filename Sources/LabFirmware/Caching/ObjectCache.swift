// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import LabSandbox

/// Objects by the hash of all that went into them.
///
/// Several labs may use it at a time, and any of them may be killed at any moment: a file appears under its name whole or not at all, and
/// what is taken out is what was put in, or nothing. It spares work and is never needed: where nothing can be stored, nothing is.
struct ObjectCache: Sendable {
  /// The folder.
  let folder: String

  /// How many files are kept, and how many bytes in all, before the oldest are removed.
  var capacity = (files: 8000, bytes: 1 << 30)

  /// - Parameter cache: the lab's cache folder; created if it is not there and can be.
  init(cache: String) {
    folder = cache + "/objects"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Takes out an object.
  /// - Parameter key: the hash of all that went into it.
  /// - Returns: `nil` if there is none. One that is damaged is removed.
  func object(_ key: String) -> CachedObject? {
    read(key + ".object", limit: CachedObject.sizeLimit) { CachedObject($0, key: key) }
  }

  /// Takes out the names of the files that went into the object which was last made of a source.
  ///
  /// They are no more than a hint: an object has its key of the names *and* what is in those files now, and is only there if it was made
  /// of just that.
  /// - Parameter sourceKey: the hash of what is known before a compiler runs.
  func dependencies(_ sourceKey: String) -> [String]? {
    read(sourceKey + ".files", limit: 1 << 20) { text in
      text.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Reads a file, and removes one that is not what it should be.
  private func read<Contents>(_ name: String, limit: Int, as contents: ([UInt8]) -> Contents?) -> Contents? {
    do throws(ForeignFile.Problem) {
      if let contents = contents(try ForeignFile.contents(of: name, in: folder, limit: limit)) { return contents }
    } catch .missing {
      return nil
    } catch {}
    remove(name)
    return nil
  }

  /// Puts in objects, if there is room.
  /// - Parameter objects: what was compiled. Where there is something already, it is replaced.
  func store(_ objects: [CachedObject]) async {
    guard !objects.isEmpty else { return }
    let stored = OneShot<Void>()
    // Waiting for the disk would keep other work from its thread.
    Thread.detachNewThread {
      for object in objects where object.isSmallEnough {
        guard write(object.text, as: object.key + ".object", isDurable: true) else { continue }
        guard let (key, files) = object.dependencies else { continue }
        _ = write(files.flatMap { Array($0.utf8) + [0] }, as: key + ".files", isDurable: false)
      }
      prune(after: objects)
      stored.resolve(.success(()))
    }
    try? await stored.value
  }

  /// Writes a file beside its place and moves it there.
  /// - Parameter isDurable: whether it is to be there after a power cut as well. Without, it may be there and be empty.
  private func write(_ bytes: [UInt8], as name: String, isDurable: Bool) -> Bool {
    let draft = "\(folder)/.\(UUID().uuidString)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    var isWritten = WholeFile.append(bytes, to: descriptor) == nil
    if isDurable { isWritten = fsync(descriptor) == 0 && isWritten }
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten, rename(draft, "\(folder)/\(name)") == 0 else {
      unlink(draft)
      return false
    }
    if isDurable {
      let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      fsync(directory)
      close(directory)
    }
    return true
  }

  private func remove(_ name: String) {
    // Whatever lies there: something else than a file as well.
    try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
  }

  /// Removes the files that were made longest ago, if there are too many. Only their order counts: a clock may be wrong.
  /// - Parameter objects: what has been put in. Small ones can be too many, but not too big.
  private func prune(after objects: [CachedObject]) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    let smallSize = capacity.bytes / capacity.files
    guard names.count > capacity.files || objects.contains(where: { $0.object.count + $0.log.count > smallSize }) else {
      return
    }
    var files = names.map { name -> (name: String, size: Int, time: Int) in
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0 else { return (name, 0, 0) }
      return (name, Int(status.st_size), status.st_mtim.tv_sec)
    }
    var bytes = files.reduce(0) { $0 + $1.size }
    guard files.count > capacity.files || bytes > capacity.bytes else { return }
    files.sort { $0.time > $1.time }
    while let oldest = files.last, files.count > capacity.files / 2 || bytes > capacity.bytes / 2 {
      remove(oldest.name)
      bytes -= oldest.size
      files.removeLast()
    }
  }
}
