// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The host's processes, as /proc shows them.
enum ProcessTable {
  struct Timeout: Error {}

  static func commandLines(containing text: String) -> [String] {
    pids.compactMap { pid in
      guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return nil }
      let line = String(decoding: data.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
      return line.contains(text) ? line : nil
    }
  }

  /// The user whose process has this command line and no other, seen from the host; nil if there is none.
  static func owner(ofCommand line: String) -> UInt32? {
    for pid in pids {
      guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"),
        String(decoding: data.map { $0 == 0 ? 32 : $0 }, as: UTF8.self) == line + " "
      else { continue }
      var status = stat()
      if stat("/proc/\(pid)", &status) == 0 { return status.st_uid }
    }
    return nil
  }

  static func children(of parent: Int32) -> [Int32] {
    pids.filter { pid in
      guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
      let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ")
      return fields.map { $0.count > 1 && Int32($0[1]) == parent } ?? false
    }
  }

  /// The processor time of a process's descendants that live, in seconds.
  static func processorTime(below parent: Int32) -> Double {
    children(of: parent).reduce(0) { sum, pid in
      let text = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
      let fields = String(decoding: text, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
      let ticks = fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
      return sum + ticks / Double(sysconf(Int32(_SC_CLK_TCK))) + processorTime(below: pid)
    }
  }

  /// Waits until a condition holds.
  static func wait(_ condition: () -> Bool) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(600)
    while !condition() {
      guard clock.now < deadline else { throw Timeout() }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  private static var pids: [Int32] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
  }
}
