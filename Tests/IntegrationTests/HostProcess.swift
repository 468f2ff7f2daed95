// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A process of this machine, as `/proc` shows it.
struct HostProcess {
  var id: pid_t
  var executable: String
  var commandLine: String

  /// The process that started it, or took it over; 0 where it has ended (proc(5), `stat`).
  var parent: pid_t {
    let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    // The name, in parentheses, may hold anything.
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 1 ? (pid_t(fields[1]) ?? 0) : 0
  }

  /// Whether its command line contains a text.
  func mentions(_ text: String) -> Bool { commandLine.contains(text) }

  /// Bytes of memory that it has in use (proc(5), `statm`); 0 where it has ended.
  var residentMemory: Int {
    let fields = (try? String(contentsOfFile: "/proc/\(id)/statm", encoding: .utf8))?.split(separator: " ") ?? []
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }

  /// All processes that can be looked at, but for this one.
  static func all() -> [HostProcess] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap(pid_t.init).filter { $0 != getpid() }.compactMap { id in
      guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/exe"),
        let data = try? FileHandle(forReadingAtPath: "/proc/\(id)/cmdline")?.readToEnd()
      else { return nil }
      return HostProcess(
        id: id, executable: (path as NSString).lastPathComponent, commandLine: String(decoding: data, as: UTF8.self))
    }
  }

  /// All that a process has started, directly and through others.
  static func descendants(of root: pid_t) -> [HostProcess] {
    let children = Dictionary(grouping: all()) { $0.parent }
    var found: [HostProcess] = []
    var next = [root]
    while let parent = next.popLast() {
      found += children[parent] ?? []
      next += (children[parent] ?? []).map(\.id)
    }
    return found
  }

  /// Waits for a process.
  static func find(deadline: Duration, _ condition: (HostProcess) -> Bool) async throws -> HostProcess? {
    let end = ContinuousClock.now + deadline
    while ContinuousClock.now < end {
      if let found = all().first(where: condition) { return found }
      try await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  /// Waits until there is no such process.
  /// - Returns: whether that came about before the deadline.
  static func allGone(deadline: Duration, _ condition: (HostProcess) -> Bool) async -> Bool {
    let end = ContinuousClock.now + deadline
    while all().contains(where: condition) {
      guard ContinuousClock.now < end else { return false }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return true
  }
}
