// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabModel

/// Looks at the host, as Linux shows it under `/proc` (proc(5), and Documentation/accounting/psi.rst of the kernel).
public struct HostProbe {
  private var swapIns: (count: Double, at: UInt64)?

  /// A probe that has seen nothing yet.
  public init() {}

  /// How busy the host is now.
  public mutating func read() -> HostReading {
    var loads = [0.0]
    if getloadavg(&loads, 1) < 1 { loads = [0] }
    return HostReading(
      cores: ProcessInfo.processInfo.activeProcessorCount, load: loads[0],
      processorPressure: Self.pressure("cpu", of: "some"), memoryPressure: Self.pressure("memory", of: "full"),
      swapIns: swapInsPerSecond())
  }

  /// Bytes of memory that programs can have without swapping; nil where the system does not tell.
  public static var availableMemory: UInt64? {
    number(after: "MemAvailable:", in: contents("/proc/meminfo")).map { UInt64($0) * 1024 }
  }

  private mutating func swapInsPerSecond() -> Double {
    guard let count = Self.number(after: "pswpin", in: Self.contents("/proc/vmstat")) else { return 0 }
    let now = MonotonicClock.now
    defer { swapIns = (count, now) }
    guard let swapIns, now > swapIns.at else { return 0 }
    return max(0, count - swapIns.count) / (Double(now - swapIns.at) / 1e9)
  }

  private static func pressure(_ resource: String, of kind: String) -> Double? {
    let lines = contents("/proc/pressure/\(resource)").split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix(kind + " ") }) else { return nil }
    return line.split(separator: " ").first { $0.hasPrefix("avg10=") }.flatMap { Double($0.dropFirst(6)) }
  }

  private static func number(after name: String, in text: String) -> Double? {
    let line = text.split(separator: "\n").first { $0.split(separator: " ").first == name[...] }
    return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Double($0) }
  }

  private static func contents(_ path: String) -> String {
    let data = try? FileHandle(forReadingAtPath: path)?.readToEnd()
    return String(decoding: data ?? Data(), as: UTF8.self)
  }
}
