// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Writes `transcript.txt` line by line, and says which line an entry became.
///
/// What a device prints or sends without end must not fill the disk: past `limit` lines an entry is only counted.
final class TranscriptWriter {
  private let file: FileHandle?
  private let limit: Int
  private var pending = Data()
  private(set) var lines = 0
  private(set) var leftOut = 0
  /// Why writing stopped, if it did: a full disk, most likely.
  private(set) var failure: String?

  /// - Parameters:
  ///   - file: the file to write; nil to only count.
  ///   - limit: the number of lines written at the most.
  init(file: FileHandle?, limit: Int = 200_000) {
    self.file = file
    self.limit = limit
  }

  /// Takes up an entry.
  /// - Returns: the entry with its line number; the last line's number where it was left out.
  func add(_ entry: TranscriptEntry) -> Evidence {
    guard lines < limit else { return leaveOut(entry) }
    lines += 1
    pending.append(contentsOf: entry.line.utf8)
    pending.append(UInt8(ascii: "\n"))
    if pending.count > 1 << 16 { flush() }
    return Evidence(line: lines, entry: entry)
  }

  /// Only counts an entry.
  /// - Returns: the entry with the last line's number.
  func leaveOut(_ entry: TranscriptEntry) -> Evidence {
    leftOut += 1
    return Evidence(line: lines, entry: entry)
  }

  /// Writes what has been taken up so far.
  func flush() {
    guard failure == nil, let file, !pending.isEmpty else { return }
    do {
      try file.write(contentsOf: pending)
    } catch {
      failure = "\(error.localizedDescription)"
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes the rest and closes the file.
  func finish() {
    if leftOut > 0 { pending.append(contentsOf: "… \(leftOut) lines left out\n".utf8) }
    flush()
    do {
      try file?.close()
    } catch {
      failure = failure ?? error.localizedDescription
    }
  }
}
