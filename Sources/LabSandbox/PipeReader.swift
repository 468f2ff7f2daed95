// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel
import Synchronization

/// Reads a pipe to its end on a thread of its own and keeps a bounded part, so that the writer never has to wait.
final class PipeReader: Sendable {
  private let kept: Mutex<BoundedBytes>
  private let ended = OneShot<Void>()

  private init(limit: Int) {
    kept = Mutex(BoundedBytes(limit: limit))
  }

  /// Makes a pipe and begins to read it; that goes on until its last writer is gone.
  /// - Parameter limit: how many bytes are kept.
  /// - Returns: the reader and the writing end, which the caller closes.
  static func make(limit: Int) throws -> (PipeReader, writeEnd: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw LabError(systemCall: "pipe") }
    // Not at once with pipe(), and it need not be: Subprocess closes all descriptors in what it starts.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let reader = PipeReader(limit: limit)
    let readEnd = ends[0]
    Thread.detachNewThread { reader.readToEnd(readEnd) }
    return (reader, ends[1])
  }

  /// What was kept.
  var bytes: [UInt8] { kept.withLock { $0.bytes } }

  /// The end of what was kept.
  func suffix(_ count: Int) -> [UInt8] { kept.withLock { $0.suffix(count) } }

  /// Waits until the pipe has been read to its end. All its writers have to be gone already.
  func finish() async {
    try? await ended.value
  }

  private func readToEnd(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        kept.withLock { $0.append(buffer[..<count]) }
      } else if count == 0 || errno != EINTR {
        break
      }
    }
    close(descriptor)
    ended.resolve(.success(()))
  }
}
