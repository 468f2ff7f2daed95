// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Processor time and memory of processes, as Linux tells them under `/proc` (proc(5)).
struct ProcessUsage {
  /// Seconds of processor time, user and system.
  var processorSeconds = 0.0
  /// Bytes of memory, pages that are shared counted in parts (`Pss`).
  var memory = 0

  /// What this process uses.
  static func ofThisProcess() -> ProcessUsage { usage(of: getpid()) }

  /// What the processes use that this one has started, and those that they have started.
  static func ofDescendants() -> ProcessUsage {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let parents = entries.compactMap(Int32.init).compactMap { process in
      fields(of: process).flatMap { Int32($0[1]) }.map { (process, $0) }
    }
    var family: Set<Int32> = [getpid()]
    var grown = true
    while grown {
      let children = parents.filter { family.contains($0.1) && !family.contains($0.0) }
      family.formUnion(children.map(\.0))
      grown = !children.isEmpty
    }
    family.remove(getpid())
    return family.map(usage).reduce(into: ProcessUsage()) { sum, one in
      sum.processorSeconds += one.processorSeconds
      sum.memory += one.memory
    }
  }

  private static func usage(of process: Int32) -> ProcessUsage {
    var usage = ProcessUsage()
    // Fields 14 and 15 of the whole line: user and system time in clock ticks.
    if let fields = fields(of: process), fields.count > 12, let user = Double(fields[11]),
      let system = Double(fields[12])
    {
      usage.processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
    let sizes = read("/proc/\(process)/smaps_rollup").split(separator: "\n")
    if let line = sizes.first(where: { $0.hasPrefix("Pss:") }), let size = Int(line.split(separator: " ")[1]) {
      usage.memory = size * 1024
    }
    return usage
  }

  /// The fields of a process's `stat` after its name, which may hold anything: state, parent, and so on.
  private static func fields(of process: Int32) -> [Substring]? {
    let line = read("/proc/\(process)/stat")
    guard let end = line.lastIndex(of: ")") else { return nil }
    return line[line.index(after: end)...].split(separator: " ")
  }

  private static func read(_ path: String) -> String {
    let data = try? FileHandle(forReadingAtPath: path)?.readToEnd()
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}

/// The machine that figures were measured on.
enum Machine {
  /// Processor, cores and memory.
  static var description: String {
    let data = try? FileHandle(forReadingAtPath: "/proc/cpuinfo")?.readToEnd()
    let lines = String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last?
      .trimmingCharacters(in: .whitespaces)
    let info = ProcessInfo.processInfo
    return "\(model ?? "unknown processor"), \(info.activeProcessorCount) cores, \(info.physicalMemory >> 30) GiB"
  }
}
